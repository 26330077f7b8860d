// Starts and ends the server, and keeps what it says of its end.
import { type ChildProcess, spawn } from "node:child_process";
import * as os from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions, State } from "vscode-languageclient/node";
import { SELECTOR } from "./documents";
import { program } from "./program";
import { SECTION, serverArguments, settings } from "./settings";
import type { Judged, State as Shown } from "./status";
import { folders, surroundings } from "./surroundings";

const JUDGED = "awslint-memo/judged";
/** Ends after which the server is not started again by itself, within so many milliseconds. */
const MOST_ENDS = 3;
const WITHIN = 180_000;
/** Characters that are kept of what the program writes to standard error. */
const KEPT = 4_000;
/** Milliseconds that a program which doesn't start has for its last words. */
const PATIENCE = 1_000;

/** Writes what it complains of to the output alone, since what the user needs to know is told here, once. */
class Client extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** If the program ends meanwhile, the library's own start ends well, and only the promise that it keeps tells. */
  override async start(): Promise<void> {
    const begun = super.start();
    await Promise.all([begun, this["_onStart"]]);
  }

  /** The library also stops what never ran, and doesn't expect that this fails. */
  override async stop(timeout?: number): Promise<void> {
    await super.stop(timeout).catch((error: unknown) => this.error("It could not be stopped", error));
  }
}

export class Server {
  private client: Client | undefined;
  private advice = settings().advice;
  private ends: number[] = [];
  private written = "";
  private ended: Promise<unknown> = Promise.resolve();
  private turn: Promise<void> = Promise.resolve();

  constructor(
    private readonly output: vscode.OutputChannel,
    private readonly show: (state: Shown) => void,
  ) {}

  get showsAdvice(): boolean {
    return this.advice;
  }

  /** Show or hide advice, without another check. */
  async prefer(advice: boolean): Promise<void> {
    this.advice = advice;
    if (this.client?.state === State.Running) {
      await this.client.sendNotification("workspace/didChangeConfiguration", { settings: { advice } });
    }
  }

  /** Start the server, or end it and start it again. Starts and ends wait for each other. */
  restart(): Promise<void> {
    this.ends = [];
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  private next(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work, work);
    return this.turn;
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch {
      // It did not run any more.
    }
  }

  private async begin(): Promise<void> {
    const wanted = settings();
    if (!wanted.enable) {
      this.show({ kind: "off" });
      return;
    }
    this.show({ kind: "starting" });
    const found = program(await surroundings(wanted.path));
    if ("missing" in found) {
      await this.fail(found.missing);
      return;
    }
    const words = serverArguments(wanted, os.homedir(), folders());
    this.output.appendLine(`Starting ${[found.command, ...words].join(" ")}`);
    const told = this.advice;
    const client = new Client(SECTION, "awslint-memo", () => this.spawned(found.command, words), this.options());
    this.client = client;
    client.onNotification(JUDGED, (counts: Judged) => this.show({ kind: "judged", counts }));
    try {
      await client.start();
      if (this.advice !== told) {
        await this.prefer(this.advice); // It was changed meanwhile.
      }
    } catch (error) {
      if (this.client === client) {
        this.client = undefined;
        await Promise.race([this.ended, delay(PATIENCE)]);
        await this.fail(`awslint-memo did not start: ${this.lastWords(error)}`);
      }
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: SELECTOR,
      outputChannel: this.output,
      initializationOptions: { advice: this.advice, judged: true },
      initializationFailedHandler: () => false,
      markdown: { isTrusted: false, supportHtml: false },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => this.closed(),
      },
    };
  }

  private spawned(command: string, words: readonly string[]): Promise<ChildProcess> {
    this.written = "";
    const child = spawn(command, words, startOptions());
    child.stderr?.on("data", (data: Buffer) => {
      this.written = (this.written + data.toString("utf-8")).slice(-KEPT);
    });
    this.ended = new Promise((resolve) => child.once("close", resolve));
    return new Promise((resolve, reject) => {
      child.once("spawn", () => resolve(child));
      child.once("error", reject);
    });
  }

  private closed(): { action: CloseAction; handled: boolean } {
    const now = Date.now();
    this.ends = [...this.ends.filter((at) => now - at < WITHIN), now];
    if (this.client?.state === State.Running && this.ends.length <= MOST_ENDS) {
      this.output.appendLine("The server ended and is started again.");
      return { action: CloseAction.Restart, handled: true };
    }
    if (this.client?.state === State.Running) {
      void this.fail(`awslint-memo ended ${this.ends.length} times: ${this.lastWords()}`);
    }
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private lastWords(error?: unknown): string {
    const lines = this.written.trim().split("\n");
    return lines[lines.length - 1]?.trim() || (error instanceof Error ? error.message : "it wrote nothing about why");
  }

  /** Say why there is no server, and what can be done. Nobody waits for the answer. */
  private async fail(why: string): Promise<void> {
    this.output.appendLine(why);
    this.show({ kind: "failed", why });
    void vscode.window
      .showErrorMessage(why, "How to Install", "Open the Setting", "Show the Output")
      .then((answer) => this.answered(answer));
  }

  private async answered(answer: string | undefined): Promise<void> {
    if (answer === "How to Install") {
      await vscode.env.openExternal(vscode.Uri.parse("https://OWNER.github.io/awslint-memo/editors.html"));
    } else if (answer === "Open the Setting") {
      await vscode.commands.executeCommand("workbench.action.openSettings", `${SECTION}.path`);
    } else if (answer === "Show the Output") {
      this.output.show();
    }
  }
}

/** How programs are started: without a shell, and where no folder that is not trusted is searched for others. */
export function startOptions(): { cwd: string; env: NodeJS.ProcessEnv; shell: false } {
  const first = vscode.workspace.isTrusted ? folders()[0] : undefined;
  const env = { ...process.env, NoDefaultCurrentDirectoryInExePath: "1", PYTHONSAFEPATH: "1", PYTHONUTF8: "1" };
  return { cwd: first ?? os.homedir(), env, shell: false };
}
