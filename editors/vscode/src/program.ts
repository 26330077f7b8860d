// Where the program is that serves: that of the settings, of the workspace's Python, or of the PATH.
import * as path from "node:path";

/** What is known of the machine and the workspace. */
export interface Surroundings {
  /** The setting, "" if it is not set. */
  readonly setting: string;
  readonly isTrusted: boolean;
  /** The folders of the workspace. */
  readonly folders: readonly string[];
  /** The interpreters that other extensions have selected. */
  readonly interpreters: readonly string[];
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly searched: string;
  /** Whether a path is a file that can be run. */
  isProgram(file: string): boolean;
  /** The path without links. */
  real(file: string): string;
}

export type Program = { readonly command: string } | { readonly missing: string };

/** The program, or what to do if there is none. A workspace that is not trusted brings no program. */
export function program(around: Surroundings): Program {
  if (around.setting.trim()) {
    return fromSetting(around);
  }
  const own = around.isTrusted ? ofPython(around) : [];
  const command = [...own, ...onPath(around)].find((file) => around.isProgram(file));
  if (command !== undefined) {
    return { command };
  }
  const places = around.isTrusted
    ? "in the selected Python, in .venv or venv of the workspace, or on the PATH"
    : "on the PATH outside of this workspace, which is not trusted";
  return { missing: `The program awslint-memo was not found ${places}. Install it, or name it in the setting awslintMemo.path.` };
}

/** A path of the settings in full; undefined if it is none. */
export function whole(text: string, home: string, folders: readonly string[]): string | undefined {
  const named = text.trim().replace(/^~(?=$|[\\/])/, () => home);
  const folder = folders[0];
  if (named.includes("${workspaceFolder}") && folder === undefined) {
    return undefined;
  }
  const full = named.replaceAll("${workspaceFolder}", () => folder ?? "");
  return path.isAbsolute(full) ? path.normalize(full) : undefined;
}

function fromSetting(around: Surroundings): Program {
  const command = whole(around.setting, around.home, around.folders);
  const named = `The setting awslintMemo.path names ${around.setting.trim()}`;
  if (command === undefined) {
    return { missing: `${named}, which is no absolute path.` };
  }
  if (!around.isTrusted && isInside(command, around)) {
    return { missing: `${named}, which is in this workspace, and the workspace is not trusted.` };
  }
  return around.isProgram(command) ? { command } : { missing: `${named}, which is no program that can be run.` };
}

function names(around: Surroundings): string {
  return around.platform === "win32" ? "awslint-memo.exe" : "awslint-memo";
}

function ofPython(around: Surroundings): string[] {
  const scripts = around.platform === "win32" ? "Scripts" : "bin";
  const selected = around.interpreters.filter(path.isAbsolute).map((file) => path.dirname(file));
  const beside = selected.flatMap((folder) => [folder, path.join(folder, scripts)]);
  const own = around.folders.flatMap((folder) => [".venv", "venv"].map((name) => path.join(folder, name, scripts)));
  return [...beside, ...own].map((folder) => path.join(folder, names(around)));
}

function onPath(around: Surroundings): string[] {
  const folders = around.searched.split(path.delimiter).filter(path.isAbsolute);
  const files = folders.map((folder) => path.join(folder, names(around)));
  return around.isTrusted ? files : files.filter((file) => !isInside(file, around));
}

function isInside(file: string, around: Surroundings): boolean {
  const spellings = [file, around.real(file)];
  const folders = around.folders.flatMap((folder) => [folder, around.real(folder)]);
  return spellings.some((one) => folders.some((folder) => !leaves(path.relative(folder, one))));
}

function leaves(relative: string): boolean {
  return relative === ".." || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}
