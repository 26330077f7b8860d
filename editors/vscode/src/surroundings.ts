// What the extension sees of the machine and the workspace.
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import type { Surroundings } from "./program";

/** The part of the Python extension's interface that is used. */
interface Python {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path?: string } | undefined;
    readonly onDidChangeActiveEnvironmentPath?: vscode.Event<unknown>;
  };
}

const PYTHON = "ms-python.python";

/** The folders of the workspace on the disk. */
export function folders(): string[] {
  return (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === "file")
    .map((folder) => folder.uri.fsPath);
}

export async function surroundings(setting: string): Promise<Surroundings> {
  return {
    setting,
    isTrusted: vscode.workspace.isTrusted,
    folders: folders(),
    interpreters: vscode.workspace.isTrusted && !setting ? await interpreters() : [],
    home: os.homedir(),
    platform: process.platform,
    searched: process.env["PATH"] ?? "",
    isProgram,
    real,
  };
}

/** Calls back when another interpreter is selected, if there is an extension for Python. */
export async function onInterpreter(changed: () => void): Promise<vscode.Disposable | undefined> {
  return (await python())?.environments?.onDidChangeActiveEnvironmentPath?.(changed);
}

async function interpreters(): Promise<string[]> {
  const environments = (await python())?.environments;
  const places = [...(vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri), undefined];
  const paths = places.map((place) => environments?.getActiveEnvironmentPath(place)?.path);
  return [...new Set(paths.filter((one): one is string => typeof one === "string"))];
}

async function python(): Promise<Python | undefined> {
  const extension = vscode.extensions.getExtension<Python>(PYTHON);
  try {
    return await extension?.activate();
  } catch {
    return undefined; // It is broken, which is not ours to tell.
  }
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

function real(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    return file;
  }
}
