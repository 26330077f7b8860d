// Which documents the server is told of, and which of them are worth its start.

interface Document {
  readonly languageId: string;
  readonly fileName: string;
  getText(): string;
}

const TERRAFORM = ["terraform", "terraform-vars", "opentofu", "opentofu-vars"];
const TEMPLATES = ["yaml", "cloudformation", "json", "jsonc"];
const MARKS = /AWS::|AWSTemplateFormatVersion|"resource"\s*:/;

export const SELECTOR = [
  ...[...TEMPLATES, ...TERRAFORM].flatMap((language) => [
    { scheme: "file", language },
    { scheme: "untitled", language },
  ]),
  { scheme: "file", pattern: "**/*.template" },
];

/** Whether a document looks like a template or Terraform, so that somebody expects findings in it. */
export function concerns(document: Document): boolean {
  if (TERRAFORM.includes(document.languageId)) {
    return true;
  }
  return (TEMPLATES.includes(document.languageId) || document.fileName.endsWith(".template")) && MARKS.test(document.getText());
}
