import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { secured } from "../src/page";

const PAGE = "<!DOCTYPE html>\n<html lang=\"en\"><head><title>t</title><style>a{}</style></head><body><script>f()</script></body></html>\n";

function hash(code: string): string {
  return `'sha256-${createHash("sha256").update(code).digest("base64")}'`;
}

test("the page may run what it has, and load nothing", () => {
  const made = secured(PAGE);
  const policy = /<head><meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(made)?.[1];
  assert.deepEqual(policy?.split("; "), [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `style-src ${hash("a{}")}`,
    `script-src ${hash("f()")}`,
  ]);
  assert.equal(made.replace(/<meta [^>]+>/, ""), PAGE);
});

test("what is no page, or has more scripts than ours, is refused", () => {
  assert.throws(() => secured("error: no"), /no page/);
  assert.throws(() => secured(PAGE.slice(0, -9)), /no page/);
  assert.throws(() => secured(PAGE.replace("<title>", "<script>g()</script><title>")), /2 elements <script>/);
});
