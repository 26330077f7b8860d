"""Templates with one departure that has a safe edit: bad examples with all else mended, and files of folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from awslint_memo import api
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules

SUFFIXES = (".yaml", ".yml", ".json", ".template", ".tf")


@dataclass(frozen=True)
class Template:
    """A template with one finding. kind: cloudformation, sam or terraform; origin: where it is from."""

    rule: str
    kind: str
    path: str
    text: str
    resource: str
    origin: str


def of_examples() -> Iterator[Template]:
    """The bad examples of rules with safe fixes; first everything else that is found in them is mended."""
    for rule in rules().values():
        if rule.fix not in ("safe", "both"):
            continue
        for number, example in enumerate(examples(rule, rule.bad)):
            given = {example.path: example.text}
            others = api.fix([example.path], unsafe=True, advice=True, ignore=[rule.id], unsaved=given)
            text = others.texts.get(example.path, example.text)
            yield from _template(example.path, text, f"{rule.id} {number}")


def of_folder(folder: str) -> Iterator[Template]:
    """The files below a folder that have one finding when each is alone."""
    for top, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            if name.endswith(SUFFIXES):
                path = Path(top, name)
                try:
                    text = path.read_bytes().decode()
                except (OSError, ValueError):
                    continue
                suffix = ".yaml" if name.endswith(".yml") else path.suffix
                yield from _template(f"main{suffix}", text, os.path.relpath(path, folder))


def _template(path: str, text: str, origin: str) -> Iterator[Template]:
    report = api.lint([path], advice=True, reports_unknown=False, unsaved={path: text})
    if len(report.findings) != 1 or report.errors:
        return
    (finding,) = report.findings
    fix = report.suggest(finding)
    if fix is not None and not fix.unsafe and not fix.refused and fix.edits:
        is_sam = "AWS::Serverless" in text
        kind = "terraform" if ".tf" in path else "sam" if is_sam else "cloudformation"
        yield Template(finding.rule, kind, path, text, finding.resource, origin)
