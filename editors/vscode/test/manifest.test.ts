import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { SELECTOR } from "../src/documents";

declare const __EXTENSION__: string;

const manifest = JSON.parse(readFileSync(join(__EXTENSION__, "package.json"), "utf-8"));
const names = readdirSync(join(__EXTENSION__, "src"));
const sources = names.map((name) => readFileSync(join(__EXTENSION__, "src", name), "utf-8")).join("\n");

test("each command of the manifest is registered, and each that is registered is in it", () => {
  const contributed = manifest.contributes.commands.map((one: { command: string }) => one.command).sort();
  const registered = [...sources.matchAll(/register\("(\w+)"/g)].map((match) => `awslintMemo.${match[1]}`).sort();
  assert.deepEqual(registered, contributed);
});

test("it is activated where there is a document that the server is told of", () => {
  const events = SELECTOR.map((one) => ("pattern" in one ? `workspaceContains:${one.pattern}` : `onLanguage:${one.language}`));
  assert.deepEqual(manifest.activationEvents.sort(), [...new Set(events)].sort());
});

test("each setting is read with the default that the manifest shows", () => {
  const read = Object.fromEntries(
    [...sources.matchAll(/read\.get<[^>]+>\("(\w+)", (.+)\)/g)].map((match) => [match[1], JSON.parse(match[2] ?? "")]),
  );
  const shown = Object.entries<{ default: unknown }>(manifest.contributes.configuration.properties)
    .map(([name, property]) => [name.replace("awslintMemo.", ""), property.default])
    .filter(([name]) => name !== "trace.server"); // which the library reads
  assert.deepEqual(read, Object.fromEntries(shown));
});

test("a workspace that is not trusted sets nothing that is started or run", () => {
  const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
  assert.equal(supported, "limited");
  assert.deepEqual(restrictedConfigurations.sort(), ["args", "config", "path", "rules"].map((name) => `awslintMemo.${name}`));
  assert.equal(manifest.contributes.configuration.properties["awslintMemo.advice"].default, false);
});

test("nothing is told to anybody", () => {
  assert.doesNotMatch(sources, /telemetry|fetch\(|node:https?|node:net/i);
  assert.equal(manifest.dependencies, undefined);
});
