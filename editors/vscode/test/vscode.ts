// A stand-in for VS Code: what the extension and its library for the protocol use of it, and what a test does in its place.
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

type Listener = (event: unknown) => unknown;

export class Disposable {
  constructor(private readonly work: () => unknown = () => undefined) {}
  static from(...all: Disposable[]): Disposable {
    return new Disposable(() => all.forEach((one) => one.dispose()));
  }
  dispose(): void {
    this.work();
  }
}

export class EventEmitter {
  private readonly listeners = new Set<Listener>();
  readonly event = (listener: Listener, self?: unknown): Disposable => {
    const bound = self === undefined ? listener : listener.bind(self);
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(event?: unknown): void {
    [...this.listeners].forEach((listener) => listener(event));
  }
  dispose(): void {
    this.listeners.clear();
  }
}

export class Uri {
  private constructor(
    readonly scheme: string,
    readonly path: string,
    private readonly text: string,
  ) {}
  static parse(text: string): Uri {
    const scheme = text.slice(0, text.indexOf(":"));
    return new Uri(scheme, decodeURIComponent(text.slice(scheme.length + 1).replace(/^\/\//, "")), text);
  }
  static file(path: string): Uri {
    return Uri.parse(pathToFileURL(path).href);
  }
  get fsPath(): string {
    return this.scheme === "file" ? fileURLToPath(this.text) : this.path;
  }
  toString(): string {
    return this.text;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  readonly start: Position;
  readonly end: Position;
  constructor(...at: [Position, Position] | [number, number, number, number]) {
    [this.start, this.end] = at.length === 2 ? at : [new Position(at[0], at[1]), new Position(at[2], at[3])];
  }
}

export class Location {
  constructor(
    readonly uri: Uri,
    readonly range: Range,
  ) {}
}

export class Diagnostic {
  source?: string;
  code?: unknown;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}
export class DiagnosticRelatedInformation {
  constructor(
    readonly location: Location,
    readonly message: string,
  ) {}
}
export class CodeAction {
  edit?: WorkspaceEdit;
  constructor(
    readonly title: string,
    readonly kind?: CodeActionKind,
  ) {}
}
export class CodeActionKind {
  static readonly Empty = new CodeActionKind("");
  static readonly QuickFix = new CodeActionKind("quickfix");
  static readonly Refactor = new CodeActionKind("refactor");
  static readonly RefactorExtract = new CodeActionKind("refactor.extract");
  static readonly RefactorInline = new CodeActionKind("refactor.inline");
  static readonly RefactorRewrite = new CodeActionKind("refactor.rewrite");
  static readonly Source = new CodeActionKind("source");
  static readonly SourceOrganizeImports = new CodeActionKind("source.organizeImports");
  constructor(readonly value: string) {}
  append(more: string): CodeActionKind {
    return new CodeActionKind(this.value ? `${this.value}.${more}` : more);
  }
}
export class MarkdownString {
  isTrusted?: boolean;
  supportHtml?: boolean;
  constructor(public value = "") {}
  appendMarkdown(text: string): void {
    this.value += text;
  }
}
export class Hover {
  constructor(
    readonly contents: MarkdownString,
    readonly range?: Range,
  ) {}
}
export class TextEdit {
  constructor(
    readonly range: Range,
    readonly newText: string,
  ) {}
}
export class WorkspaceEdit {
  readonly edits = new Map<string, TextEdit[]>();
  replace(uri: Uri, range: Range, text: string): void {
    this.edits.set(uri.toString(), [...(this.edits.get(uri.toString()) ?? []), new TextEdit(range, text)]);
  }
}
export class CancellationError extends Error {}
export class CancellationTokenSource {
  readonly emitter = new EventEmitter();
  readonly token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel(): void {
    this.token.isCancellationRequested = true;
    this.emitter.fire();
  }
  dispose(): void {}
}
export class ThemeColor {
  constructor(readonly id: string) {}
}
export class RelativePattern {}
export class CodeLens {}
export class CompletionItem {}
export class DocumentLink {}
export class InlayHint {}
export class SymbolInformation {}
export class TypeHierarchyItem {}
export class CallHierarchyItem {}
export class FileSystemError extends Error {}

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const DiagnosticTag = { Unnecessary: 1, Deprecated: 2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ViewColumn = { Beside: -2 };
export const ProgressLocation = { Window: 10, Notification: 15 };
export const CodeActionTriggerKind = { Invoke: 1, Automatic: 2 };
export const CompletionItemKind = {};
export const SymbolKind = {};
export const TextDocumentChangeReason = {};
export const TextDocumentSaveReason = {};
export const version = "1.91.0";
export const env = { language: "en", appName: "test", openExternal: async () => true };

export interface Document {
  readonly uri: Uri;
  readonly fileName: string;
  readonly languageId: string;
  version: number;
  text: string;
  isClosed: boolean;
  getText(): string;
}

export interface Item {
  text: string;
  tooltip: string;
  command: string;
  show(): void;
  dispose(): void;
}

/** What the extension made, and what a test sets. */
export const seen = {
  settings: {} as Record<string, unknown>,
  messages: [] as string[],
  output: [] as string[],
  items: [] as Item[],
  pages: [] as { title: string; options: Record<string, unknown>; html: string }[],
  commands: new Map<string, (...words: unknown[]) => unknown>(),
  executed: [] as unknown[][],
  diagnostics: new Map<string, readonly Diagnostic[]>(),
  hovers: [] as { provideHover(document: Document, at: Position, token: unknown): Promise<Hover | undefined> }[],
  actions: [] as {
    provider: { provideCodeActions(document: Document, range: Range, context: unknown, token: unknown): Promise<CodeAction[]> };
    kinds: readonly CodeActionKind[];
  }[],
  changed: new EventEmitter(),
};

const events: Record<string, EventEmitter> = {};
const event = (name: string): EventEmitter["event"] => (events[name] ??= new EventEmitter()).event;

const settingsChanged = event("onDidChangeConfiguration");

export const workspace = {
  isTrusted: true,
  workspaceFolders: undefined as undefined | { uri: Uri; name: string; index: number }[],
  textDocuments: [] as Document[],
  notebookDocuments: [],
  onDidChangeConfiguration: settingsChanged,
  onDidGrantWorkspaceTrust: event("onDidGrantWorkspaceTrust"),
  onDidOpenTextDocument: event("onDidOpenTextDocument"),
  onDidChangeTextDocument: event("onDidChangeTextDocument"),
  onDidCloseTextDocument: event("onDidCloseTextDocument"),
  onDidSaveTextDocument: event("onDidSaveTextDocument"),
  onWillSaveTextDocument: event("onWillSaveTextDocument"),
  onDidChangeWorkspaceFolders: event("onDidChangeWorkspaceFolders"),
  onDidCreateFiles: event("onDidCreateFiles"),
  onDidRenameFiles: event("onDidRenameFiles"),
  onDidDeleteFiles: event("onDidDeleteFiles"),
  onDidOpenNotebookDocument: event("onDidOpenNotebookDocument"),
  onDidChangeNotebookDocument: event("onDidChangeNotebookDocument"),
  onDidSaveNotebookDocument: event("onDidSaveNotebookDocument"),
  onDidCloseNotebookDocument: event("onDidCloseNotebookDocument"),
  getConfiguration: (section?: string) => ({
    get: (name: string, otherwise?: unknown) => seen.settings[section ? `${section}.${name}` : name] ?? otherwise,
  }),
  getWorkspaceFolder: (uri: Uri) =>
    workspace.workspaceFolders?.find((folder) => uri.toString().startsWith(folder.uri.toString())),
  createFileSystemWatcher: () => ({
    onDidCreate: new EventEmitter().event,
    onDidChange: new EventEmitter().event,
    onDidDelete: new EventEmitter().event,
    dispose: () => undefined,
  }),
  applyEdit: async () => true,
  asRelativePath: (uri: Uri) => uri.fsPath,
};

const channel = {
  name: "awslint-memo",
  append: (text: string) => seen.output.push(text),
  appendLine: (text: string) => seen.output.push(text),
  clear: () => undefined,
  show: () => undefined,
  hide: () => undefined,
  replace: () => undefined,
  dispose: () => undefined,
};

const message = async (text: string): Promise<undefined> => {
  seen.messages.push(text);
  seen.changed.fire();
  return undefined;
};

export const window = {
  activeTextEditor: undefined as undefined | { document: Document },
  visibleTextEditors: [],
  tabGroups: { all: [], onDidChangeTabs: event("onDidChangeTabs"), onDidChangeTabGroups: event("onDidChangeTabGroups") },
  onDidChangeActiveTextEditor: event("onDidChangeActiveTextEditor"),
  createOutputChannel: () => channel,
  createStatusBarItem: () => {
    let text = "";
    const item = {
      get text() {
        return text;
      },
      set text(value: string) {
        text = value;
        queueMicrotask(() => seen.changed.fire());
      },
      tooltip: "",
      command: "",
      show: () => undefined,
      dispose: () => undefined,
    };
    seen.items.push(item);
    return item;
  },
  createWebviewPanel: (_: string, title: string, __: unknown, options: Record<string, unknown>) => {
    const page = { title, options, html: "" };
    seen.pages.push(page);
    return { webview: page };
  },
  showErrorMessage: message,
  showWarningMessage: message,
  showInformationMessage: message,
  showQuickPick: async (entries: { label: string }[]) => entries[0],
  withProgress: (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, new CancellationTokenSource().token),
};

export const commands = {
  registerCommand: (name: string, work: (...words: unknown[]) => unknown) => {
    seen.commands.set(name, work);
    return new Disposable(() => seen.commands.delete(name));
  },
  executeCommand: async (name: string, ...words: unknown[]) => {
    seen.executed.push([name, ...words]);
    return seen.commands.get(name)?.(...words);
  },
};

export const extensions = { getExtension: (): unknown => undefined, onDidChange: event("onDidChangeExtensions"), all: [] };

interface Filter {
  language?: string;
  scheme?: string;
  pattern?: string;
}

export const languages = {
  match: (filters: Filter[], document: Document) =>
    filters.some(
      (one) =>
        (one.language === undefined || one.language === document.languageId) &&
        (one.scheme === undefined || one.scheme === document.uri.scheme) &&
        (one.pattern === undefined || document.fileName.endsWith(".template")),
    )
      ? 10
      : 0,
  createDiagnosticCollection: () => ({
    set: (uri: Uri, all?: Diagnostic[]) => {
      seen.diagnostics.set(uri.toString(), all ?? []);
      seen.changed.fire();
    },
    delete: (uri: Uri) => seen.diagnostics.delete(uri.toString()),
    clear: () => seen.diagnostics.clear(),
    dispose: () => seen.diagnostics.clear(),
  }),
  registerHoverProvider: (_: unknown, provider: (typeof seen.hovers)[number]) => {
    seen.hovers.push(provider);
    return new Disposable(() => seen.hovers.splice(seen.hovers.indexOf(provider), 1));
  },
  registerCodeActionsProvider: (
    _: unknown,
    provider: (typeof seen.actions)[number]["provider"],
    { providedCodeActionKinds = [] as CodeActionKind[] } = {},
  ) => {
    const entry = { provider, kinds: providedCodeActionKinds };
    seen.actions.push(entry);
    return new Disposable(() => seen.actions.splice(seen.actions.indexOf(entry), 1));
  },
};

/** Fire one of the workspace's events. */
export function fire(name: string, value?: unknown): void {
  events[name]?.fire(value);
}

/** Set a setting as a person does. */
export function set(name: string, value: unknown): void {
  seen.settings[name] = value;
  fire("onDidChangeConfiguration", { affectsConfiguration: (section: string) => name.startsWith(section) });
}

/** Open a file. */
export function open(path: string, languageId: string): Document {
  const text = readFileSync(path, "utf-8");
  const document: Document = {
    uri: Uri.file(path),
    fileName: path,
    languageId,
    version: 1,
    text,
    isClosed: false,
    getText: () => document.text,
  };
  workspace.textDocuments.push(document);
  window.activeTextEditor = { document };
  fire("onDidOpenTextDocument", document);
  return document;
}

/** Wait until something holds, which is looked at when the extension showed something. */
export function until(holds: () => boolean, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not in time: ${what}; ${seen.output.join("\n").slice(-2000)}`)), 60_000);
    const look = (): void => {
      if (holds()) {
        clearTimeout(late);
        listening.dispose();
        resolve();
      }
    };
    const listening = seen.changed.event(look);
    look();
  });
}
