// The report of a folder, with its picture, beside the editor.
import { execFile } from "node:child_process";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { secured } from "./page";
import { program } from "./program";
import { startOptions } from "./server";
import { reportArguments, settings } from "./settings";
import { folders, surroundings } from "./surroundings";

/** Bytes of the largest page. */
const LARGEST = 256 * 1024 * 1024;

/** Show the report of the folder that the active file belongs to, as the files are on the disk. */
export async function showReport(output: vscode.OutputChannel, showsAdvice: boolean): Promise<void> {
  const target = targeted();
  if (target === undefined) {
    void vscode.window.showInformationMessage("Open a template, or a folder with templates, whose report is to be shown.");
    return;
  }
  const title = `awslint-memo: ${path.basename(target)}`;
  const progress = { location: vscode.ProgressLocation.Notification, title: `${title} is judged`, cancellable: true };
  try {
    const page = await vscode.window.withProgress(progress, (_, token) => written(target, showsAdvice, token));
    if (page !== undefined) {
      const panel = vscode.window.createWebviewPanel("awslintMemo.report", title, vscode.ViewColumn.Beside, {
        enableScripts: true, // Those of the page, by their hashes.
        enableCommandUris: false,
        localResourceRoots: [],
      });
      panel.webview.html = secured(page);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    output.appendLine(why);
    void vscode.window.showErrorMessage(`The report could not be made: ${why}`);
  }
}

function targeted(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme === "file") {
    return vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(uri.fsPath);
  }
  return folders()[0];
}

async function written(
  target: string,
  showsAdvice: boolean,
  token: vscode.CancellationToken,
): Promise<string | undefined> {
  const wanted = settings();
  const found = program(await surroundings(wanted.path));
  if ("missing" in found) {
    throw new Error(found.missing);
  }
  const words = reportArguments(wanted, showsAdvice, os.homedir(), folders(), target);
  return new Promise((resolve, reject) => {
    const child = execFile(
      found.command,
      words,
      { ...startOptions(), maxBuffer: LARGEST, encoding: "utf-8" },
      (error, page, complaints) => {
        if (token.isCancellationRequested) {
          resolve(undefined);
        } else if (page.trim()) {
          resolve(page); // Also of a run in which not all could be read, which the page says.
        } else {
          reject(new Error(complaints.trim().split("\n").pop() || error?.message || "the program wrote nothing"));
        }
      },
    );
    token.onCancellationRequested(() => child.kill());
  });
}
