// The whole extension, with the real library for the protocol and the real server; only VS Code is a stand-in.
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { ExtensionContext } from "vscode";
import { activate, deactivate } from "../src/extension";
import * as editor from "./vscode";

/** The program that is tried; a path. */
const PROGRAM = process.env["AWSLINT_MEMO"] ?? "";
const QUEUE = `Resources:
  Orders: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}
  Plain: {Type: AWS::SQS::Queue}
`;

const folder = realpathSync(mkdtempSync(join(tmpdir(), "awslint-memo-")));
const context = { subscriptions: [] as { dispose(): unknown }[] };
const file = join(folder, "queue.yaml");
const uri = editor.Uri.file(file).toString();
let document: editor.Document;

const codes = (): string[] =>
  (editor.seen.diagnostics.get(uri) ?? []).map((one) => String((one.code as { value?: unknown }).value ?? one.code));
const item = (): editor.Item => editor.seen.items[0] as editor.Item;
const token = new editor.CancellationTokenSource().token;
const run = (name: string): Promise<unknown> => editor.commands.executeCommand(`awslintMemo.${name}`);

before(() => {
  mkdirSync(join(folder, ".git"));
  writeFileSync(file, QUEUE);
  writeFileSync(join(folder, "compose.yaml"), "services: {}\n");
  editor.workspace.workspaceFolders = [{ uri: editor.Uri.file(folder), name: "w", index: 0 }];
});

after(async () => {
  await deactivate();
  context.subscriptions.forEach((one) => one.dispose());
  rmSync(folder, { recursive: true });
});

test("nothing is started for a file that is no template", () => {
  editor.seen.settings["awslintMemo.path"] = "/no/such/program";
  activate(context as unknown as ExtensionContext);
  editor.open(join(folder, "compose.yaml"), "yaml");
  assert.equal(item().text, "awslint-memo");
  assert.deepEqual(editor.seen.messages, []);
});

test("without the program it says so, and what can be done", async () => {
  document = editor.open(file, "yaml");
  await editor.until(() => editor.seen.messages.length > 0, "a message");
  assert.match(editor.seen.messages[0] ?? "", /names \/no\/such\/program, which is no program/);
  assert.match(item().text, /^\$\(error\)/);
});

test("a program that ends at once is told with its last line, once", async () => {
  const broken = join(folder, "broken");
  writeFileSync(broken, "#!/bin/sh\nsleep 0.5\necho \"the server needs pygls: pip install 'pygls>=2.0'\" >&2\nexit 2\n");
  chmodSync(broken, 0o755);
  editor.seen.messages.length = 0;
  editor.set("awslintMemo.path", broken);
  await editor.until(() => editor.seen.messages.length > 0, "a message");
  assert.deepEqual(editor.seen.messages, ["awslint-memo did not start: the server needs pygls: pip install 'pygls>=2.0'"]);
});

test("with the program there are findings, and what was judged", { skip: !PROGRAM }, async () => {
  editor.seen.messages.length = 0;
  editor.set("awslintMemo.path", PROGRAM);
  await editor.until(() => codes().length > 0 && /\d$/.test(item().text), "findings and their count");
  assert.ok(codes().includes("sqs-long-polling"));
  assert.match(item().tooltip, /^Judged 2 of 2 resources in 1 open template, .*\n0 errors, \d warnings, 0 pieces of advice\n2 pieces of advice hidden$/);
  assert.deepEqual(editor.seen.messages, []);
});

test("advice is shown and hidden", { skip: !PROGRAM }, async () => {
  const few = codes().length;
  await run("toggleAdvice");
  await editor.until(() => codes().length === few + 2, "advice");
  await run("menu"); // whose first entry hides it
  await editor.until(() => codes().length === few, "no advice");
});

test("advice that is asked for while the server starts is shown", { skip: !PROGRAM }, async () => {
  const few = codes().length;
  const started = run("restart");
  await editor.until(() => item().tooltip === "awslint-memo is starting.", "a start");
  await new Promise((resolve) => setTimeout(resolve, 100)); // Now the program was told what it begins with.
  await run("toggleAdvice");
  await started;
  await editor.until(() => codes().length === few + 2, "advice");
  await run("toggleAdvice");
  await editor.until(() => codes().length === few, "no advice");
});

test("over a finding it is explained, with links to the lines", { skip: !PROGRAM }, async () => {
  const found = editor.seen.diagnostics.get(uri)?.[0] as editor.Diagnostic;
  const hover = await editor.seen.hovers[0]?.provideHover(document, found.range.start, token);
  const text = [hover?.contents].flat()[0]?.value ?? "";
  assert.match(text, /What to do: /);
  assert.ok(text.includes(`](${uri}#L2)`), text);
});

test("fixes are offered, and those on saving", { skip: !PROGRAM }, async () => {
  const found = editor.seen.diagnostics.get(uri)?.find((one) => one.message.includes("ReceiveMessageWaitTimeSeconds"));
  const { provider, kinds } = editor.seen.actions[0] as (typeof editor.seen.actions)[number];
  assert.deepEqual(kinds.map((one) => one.value), ["quickfix", "source.fixAll", "source.fixAll.awslintMemo"]);
  const ask = (range: editor.Range, only?: editor.CodeActionKind): Promise<editor.CodeAction[]> =>
    provider.provideCodeActions(document, range, { diagnostics: [], only, triggerKind: 1 }, token);
  const offered = await ask(found?.range as editor.Range);
  assert.ok(offered.some((one) => one.title.startsWith("Set ReceiveMessageWaitTimeSeconds of Orders")));
  const [all] = await ask(new editor.Range(0, 0, 0, 0), new editor.CodeActionKind("source.fixAll.awslintMemo"));
  assert.equal(all?.kind?.value, "source.fixAll.awslintMemo");
  assert.match(all?.edit?.edits.get(uri)?.[0]?.newText ?? "", /ReceiveMessageWaitTimeSeconds: 20/);
  await run("fixAll");
  assert.deepEqual(editor.seen.executed.at(-1), [
    "editor.action.sourceAction",
    { kind: "source.fixAll.awslintMemo", apply: "first" },
  ]);
});

test("the report is shown, and may load nothing", { skip: !PROGRAM }, async () => {
  await run("showReport");
  assert.deepEqual(editor.seen.messages, []);
  const [page] = editor.seen.pages;
  assert.deepEqual([page?.options["localResourceRoots"], page?.options["enableCommandUris"]], [[], false]);
  assert.match(page?.html ?? "", /<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /);
  assert.match(page?.html ?? "", /sqs-long-polling[\s\S]*<svg/);
});

test("a server that was restarted finds the same", { skip: !PROGRAM }, async () => {
  const before_ = codes();
  await run("restart");
  await editor.until(() => codes().length === before_.length && /\d$/.test(item().text), "findings again");
  assert.deepEqual(codes(), before_);
});

test("in a workspace that is not trusted no program of it is started", async () => {
  editor.seen.messages.length = 0;
  editor.workspace.isTrusted = false;
  editor.set("awslintMemo.path", join(folder, "broken"));
  await editor.until(() => editor.seen.messages.length > 0, "a message");
  assert.match(editor.seen.messages[0] ?? "", /in this workspace, and the workspace is not trusted/);
});
