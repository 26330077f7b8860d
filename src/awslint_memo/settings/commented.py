"""The configuration that `init` writes: every setting with what it does, as comments."""

from __future__ import annotations

import json

from awslint_memo.files.packaged import packaged
from awslint_memo.settings.messages import SCHEMA

EXAMPLES = {
    "extends": "./base.yaml",
    "select": "['sqs-*', 'rds-*']",
    "ignore": "[sqs-batch-size]",
    "fail-on": "warning",
    "rules-as-of": "0.1",
    "preview": "true",
    "rules": "\n#   sqs-long-polling: advice # off, error, warning, advice\n#   sqs-visibility-margin: {factor: 3}",
    "suppress": "\n#   - rules: [rds-multi-az]\n#     resources: ['module.sandbox.*']\n"
    "#     reason: rebuilt every night\n"
    "#     until: 2030-12-31",
    "exclude": "[vendor/]",
    "include": "[cdk.out]",
    "gitignore": "true",
    "policy": "\n#   locked: ['rds-*']\n#   suppressions: {of-locked: false, reason: '*OPS-*', longest: 90d}",
    "profile": "memo # core, memo, all",
    "deployments": "{prod: parameters/prod.json, dev: {Environment: dev}}",
    "var-file": "prod.tfvars",
    "baseline": "known.yaml",
    "processing-time": "{orders: 45s}",
    "recovery": "{rpo: 15m, rto: 1h}",
    "production": "[prod, production]",
    "development": "[dev, test]",
}


def commented() -> str:
    """The text of a configuration in which every setting is a comment, so that nothing changes by it."""
    schema = json.loads(packaged(SCHEMA).text)
    parts = [
        f"# yaml-language-server: $schema={schema['$id']}\n"
        "# The configuration of awslint-memo. What is a comment here has its default; `show-settings` shows it.\n"
    ]
    for key, setting in schema["properties"].items():
        written = EXAMPLES[key]
        said = f"# {key}:{written if written.startswith(chr(10)) else f' {written}'}"
        parts.append(f"# {setting['description']}\n{said}\n")
    return "\n".join(parts)


def uncommented() -> str:
    """The same with its settings in force, to prove that each of them can be read."""
    lines = commented().split("\n")
    settings = [line for line in lines if _is_setting(line)]
    return "\n".join(line.removeprefix("# ").removeprefix("#") for line in settings) + "\n"


def _is_setting(line: str) -> bool:
    said = line.removeprefix("#").removeprefix(" ")
    return line.startswith("#  ") or said.partition(":")[0] in EXAMPLES
