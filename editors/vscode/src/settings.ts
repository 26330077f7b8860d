// The settings, and the command lines that they make.
import * as vscode from "vscode";
import { whole } from "./program";

export const SECTION = "awslintMemo";

export interface Settings {
  readonly enable: boolean;
  readonly path: string;
  readonly args: readonly string[];
  readonly config: string;
  readonly rules: readonly string[];
  readonly profile: string;
  readonly advice: boolean;
}

/** The settings as they are now. In a workspace that is not trusted VS Code leaves out its restricted ones. */
export function settings(): Settings {
  const read = vscode.workspace.getConfiguration(SECTION);
  return {
    enable: read.get<boolean>("enable", true),
    path: read.get<string>("path", ""),
    args: read.get<string[]>("args", []),
    config: read.get<string>("config", ""),
    rules: read.get<string[]>("rules", []),
    profile: read.get<string>("profile", ""),
    advice: read.get<boolean>("advice", false),
  };
}

/** The options that `server` and `lint` share. */
export function options(wanted: Settings, home: string, folders: readonly string[]): string[] {
  const full = (text: string): string => whole(text, home, folders) ?? text;
  return [
    ...(wanted.config ? ["--config", full(wanted.config)] : []),
    ...(wanted.profile ? ["--profile", wanted.profile] : []),
    ...wanted.rules.flatMap((folder) => ["--rules", full(folder)]),
  ];
}

/** The arguments that start the server. */
export function serverArguments(wanted: Settings, home: string, folders: readonly string[]): string[] {
  return ["server", ...options(wanted, home, folders), ...wanted.args];
}

/** The arguments that write the report of a folder or file to standard output. */
export function reportArguments(
  wanted: Settings,
  shows: boolean,
  home: string,
  folders: readonly string[],
  target: string,
): string[] {
  const advice = shows ? ["--advice"] : [];
  return ["lint", "--format", "html", "--fail-on", "never", ...advice, ...options(wanted, home, folders), "--", target];
}
