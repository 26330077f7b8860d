import assert from "node:assert/strict";
import { test } from "node:test";
import { type Judged, words } from "../src/status";

const CLEAN: Judged = {
  files: 1,
  errors: 0,
  warnings: 0,
  advice: 0,
  advice_hidden: 0,
  suppressed: 0,
  resources_written: 1,
  resources_judged: 1,
  unread: 0,
};

function judged(changes: Partial<Judged>): { text: string; tooltip: string } {
  return words({ kind: "judged", counts: { ...CLEAN, ...changes } });
}

test("it says what was judged, and how much is hidden", () => {
  assert.equal(judged({}).text, "$(check) awslint-memo");
  assert.match(judged({}).tooltip, /^Judged 1 of 1 resource in 1 open template/);
  const more = judged({ files: 2, resources_written: 9, resources_judged: 7, warnings: 2, advice_hidden: 1, suppressed: 3 });
  assert.equal(more.text, "$(warning) awslint-memo 2");
  assert.match(more.tooltip, /Judged 7 of 9 resources in 2 open templates/);
  assert.match(more.tooltip, /0 errors, 2 warnings, 0 pieces of advice\n1 piece of advice hidden\n3 suppressed$/);
});

test("errors, and what can't be read, are marked", () => {
  assert.equal(judged({ errors: 1, warnings: 1 }).text, "$(error) awslint-memo 2");
  assert.match(judged({ unread: 1 }).text, /^\$\(error\)/);
  const failed = words({ kind: "failed", why: "It is not there." });
  assert.deepEqual([failed.tooltip, failed.isError], ["It is not there.", true]);
});
