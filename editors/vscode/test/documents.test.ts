import assert from "node:assert/strict";
import { test } from "node:test";
import { concerns, SELECTOR } from "../src/documents";

function document(languageId: string, text: string, fileName = "/w/t"): Parameters<typeof concerns>[0] {
  return { languageId, fileName, getText: () => text };
}

test("a template or Terraform starts the server, another file does not", () => {
  assert.ok(concerns(document("yaml", "Resources: {A: {Type: AWS::SQS::Queue}}")));
  assert.ok(concerns(document("json", '{"AWSTemplateFormatVersion": "2010-09-09"}')));
  assert.ok(concerns(document("json", '{"resource": {}}', "/w/main.tf.json")));
  assert.ok(concerns(document("plaintext", "AWS::SQS::Queue", "/w/queue.template")));
  assert.ok(concerns(document("terraform", "")));
  assert.ok(concerns(document("opentofu-vars", "")));
  assert.ok(!concerns(document("yaml", "services: {web: {image: nginx}}")));
  assert.ok(!concerns(document("markdown", "AWS::SQS::Queue")));
});

test("the server is told of files and of what was never saved", () => {
  const languages = SELECTOR.flatMap((one) => ("language" in one && one.scheme === "untitled" ? [one.language] : []));
  assert.deepEqual(new Set(languages).size, 8);
  assert.ok(SELECTOR.every((one) => ["file", "untitled"].includes(one.scheme)));
});
