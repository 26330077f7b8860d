// The extension: what it does when it is activated, and its commands.
import * as vscode from "vscode";
import { concerns } from "./documents";
import { showReport } from "./report";
import { Server } from "./server";
import { SECTION, settings } from "./settings";
import { type State, words } from "./status";
import { onInterpreter } from "./surroundings";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("awslint-memo");
  const item = vscode.window.createStatusBarItem("awslintMemo.status", vscode.StatusBarAlignment.Right, 50);
  item.name = "awslint-memo";
  item.command = `${SECTION}.menu`;
  const running = new Server(output, (state) => show(item, state));
  server = running;
  show(item, { kind: "idle" });
  item.show();
  const start = new Starter(running, context);
  context.subscriptions.push(
    output,
    item,
    ...commands(running, output),
    vscode.workspace.onDidOpenTextDocument((document) => start.seen(document)),
    vscode.workspace.onDidChangeTextDocument((event) => start.seen(event.document)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => start.again()),
    vscode.workspace.onDidChangeConfiguration((event) => configured(event, running, start)),
  );
  vscode.workspace.textDocuments.forEach((document) => start.seen(document));
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Starts the server with the first document that concerns it, and again when it would be another one. */
class Starter {
  private isWanted = false;

  constructor(
    private readonly server: Server,
    private readonly context: vscode.ExtensionContext,
  ) {}

  seen(document: vscode.TextDocument): void {
    if (!this.isWanted && concerns(document)) {
      this.isWanted = true;
      void this.server.restart();
      void onInterpreter(() => this.again()).then((listener) => {
        if (listener !== undefined) {
          this.context.subscriptions.push(listener);
        }
      });
    }
  }

  again(): void {
    if (this.isWanted) {
      void this.server.restart();
    }
  }
}

function show(item: vscode.StatusBarItem, state: State): void {
  const shown = words(state);
  item.text = shown.text;
  item.tooltip = shown.tooltip;
  item.backgroundColor = shown.isError ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
}

function configured(event: vscode.ConfigurationChangeEvent, running: Server, start: Starter): void {
  if (event.affectsConfiguration(`${SECTION}.advice`)) {
    void running.prefer(settings().advice);
  }
  const others = ["enable", "path", "args", "config", "rules", "profile"];
  if (others.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) {
    start.again();
  }
}

function commands(running: Server, output: vscode.OutputChannel): vscode.Disposable[] {
  const register = (name: string, work: () => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`${SECTION}.${name}`, work);
  return [
    register("toggleAdvice", () => running.prefer(!running.showsAdvice)),
    register("fixAll", fixAll),
    register("showReport", () => showReport(output, running.showsAdvice)),
    register("restart", () => running.restart()),
    register("showOutput", () => output.show()),
    register("menu", () => menu(running)),
  ];
}

function fixAll(): Thenable<unknown> {
  const wanted = { kind: "source.fixAll.awslintMemo", apply: "first" };
  return vscode.commands.executeCommand("editor.action.sourceAction", wanted);
}

async function menu(running: Server): Promise<void> {
  const entries = [
    { label: running.showsAdvice ? "Hide advice" : "Show advice", command: "toggleAdvice" },
    { label: "Make all safe fixes of this file", command: "fixAll" },
    { label: "Show the report with the picture of this folder", command: "showReport" },
    { label: "Restart the server", command: "restart" },
    { label: "Show the output", command: "showOutput" },
  ];
  const chosen = await vscode.window.showQuickPick(entries, { placeHolder: "awslint-memo" });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(`${SECTION}.${chosen.command}`);
  }
}
