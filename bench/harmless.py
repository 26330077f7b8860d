"""Prove on examples and templates that fixes do no harm beyond what they say.

usage: python -m bench.harmless [--most N] [--cfn-lint] [FOLDER]…
FOLDER: CloudFormation and SAM templates below it are mended, each by itself, in memory; else the rules' examples are

After all fixes of a file, safe ones and then unsafe ones too:
- no finding of any rule at any level that was not there, but those that need a person, which are told apart: about what
  a fix adds, or kept silent so far by the finding that is gone;
- no property changed whose change replaces the resource (createOnlyProperties of the schemas), unless the fix says so;
  Terraform's ForceNew is in no schema that can be read offline, so its arguments are judged by the properties;
- receives times visibility below the retention of every queue with plain numbers;
- what SAM makes of a template differs in what fixes name only;
- with --cfn-lint, which is slow, no more of its errors and warnings.
Exits with 1 if something of this does not hold.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from awslint_memo import api
from awslint_memo.fixes.fixing import Fixed, each
from awslint_memo.fixes.naming import added_names
from awslint_memo.judging.examples import examples
from awslint_memo.judging.registry import rules
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Addition, Fix, steps_of

_NAMES = ("*.yaml", "*.yml", "*.json", "*.template")


def main() -> None:
    """Check examples, or templates of folders."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=200, help="templates that fixes change")
    parser.add_argument("--cfn-lint", action="store_true")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    harms: Counter[str] = Counter()
    changed = looked = 0
    for label, files in inputs(options.folders):
        looked += 1
        for unsafe in (False, True):
            fixed = api.fix(list(files), unsafe=unsafe, advice=True, unsaved=files, reports_unknown=False)
            if not fixed.texts:
                continue
            changed += not unsafe
            for kind, what in harm(files, fixed, cfn_lint=options.cfn_lint):
                harms[kind] += 1
                sys.stdout.write(f"{label}{' (unsafe)' * unsafe}: {kind}: {what}\n")
        if options.folders and changed >= options.most:
            break
    sys.stdout.write(f"{looked} inputs, {changed} changed by safe fixes: {dict(harms)}\n")
    sys.exit(bool(harms.total() - harms["needs a person"]))


def inputs(folders: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The files of each input, with a name for it."""
    if not folders:
        for rule in rules().values():
            for number, example in enumerate(examples(rule, rule.bad) if rule.fix else ()):
                yield f"{rule.id} {number}", example.files
        return
    for folder in folders:
        for pattern in _NAMES:
            for path in sorted(Path(folder).rglob(pattern)):
                text = path.read_text(encoding="utf-8", errors="replace")
                if "AWS::" in text and len(text) < 100_000:
                    yield str(path), {str(path): text}


def harm(files: Mapping[str, str], fixed: Fixed, *, cfn_lint: bool) -> Iterator[tuple[str, str]]:
    """Each harm that fixes do: its kind, and what it is."""
    fixes = [finding.fix for finding in fixed.made if finding.fix is not None]
    before = api.lint(list(files), advice=True, unsaved=files, reports_unknown=False)
    yield from came(before, fixed.report, fixes, {finding.rule for finding in fixed.made})
    for fix in fixes:
        yield from (("replaces", what) for what in replacing(fix))
    for path, text in fixed.texts.items():
        was = fixed.sources[path].text  # A nested template that was found beside it may be the one that is mended.
        yield from (("expires", what) for what in sorted(set(expiring(text)) - set(expiring(was))))
        if "AWS::Serverless" in was:
            yield from (("translates otherwise", what) for what in translated_otherwise(was, text, fixes))
        if cfn_lint:
            yield from (("cfn-lint", f"{path}: {rule}") for rule in sorted(told(text) - told(was)))


def came(before: Report, after: Report, fixes: Iterable[Fix], fixed_rules: set[str]) -> Iterator[tuple[str, str]]:
    """Findings of any level that were not there; those about what fixes add, or hidden so far, need a person."""
    had = Counter(map(_key, each((*before.findings, *before.unshown))))
    added = {name for fix in fixes for name in added_names(fix)}
    for finding in each((*after.findings, *after.unshown)):
        had[_key(finding)] -= 1
        if had[_key(finding)] < 0:
            yields_to = rules()[finding.rule].yields_to if finding.rule in rules() else ()
            is_added = finding.level == "advice" and any(finding.resource.startswith(name) for name in added)
            is_hidden = finding.level == "advice" and not fixed_rules.isdisjoint(yields_to)
            yield (
                ("needs a person" if is_added or is_hidden else "brings"),
                f"{finding.level} {finding.rule} of {finding.name}",
            )


def _key(finding: Finding) -> str:
    return f"{finding.rule} {finding.name}"


@cache
def create_only(type_: str) -> frozenset[str]:
    """The properties of a type whose change replaces the resource."""
    from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", type_).schema
    except Exception:  # A type without a schema.
        return frozenset()
    paths = [path.split("/")[2:] for path in schema.get("createOnlyProperties", ())]
    return frozenset(path[0] for path in paths if len(path) == 1)


def replacing(fix: Fix) -> Iterator[str]:
    """The properties that a fix changes and whose change replaces the resource, unless it says so."""
    for change in fix.changes:
        if isinstance(change, Addition) or "replaces" in fix.unsafe.replace("replaces a number", ""):
            continue
        name = str(steps_of(change.path)[0])
        if name in create_only(change.target.type):
            yield f"{name} of {change.target.type} ({change.target.written})"


def expiring(text: str) -> Iterator[str]:
    """The queues of a template, with plain numbers, whose messages expire before all receives."""
    try:
        template = decoded(text)
    except Exception:  # Terraform, or a part of a template.
        return
    resources = template.get("Resources", {}) if isinstance(template, dict) else {}
    for name, resource in resources.items() if isinstance(resources, dict) else ():
        if not isinstance(resource, dict) or resource.get("Type") != "AWS::SQS::Queue":
            continue
        properties = resource.get("Properties") or {}
        policy = properties.get("RedrivePolicy") or {}
        numbers = [
            properties.get("VisibilityTimeout", 30),
            policy.get("maxReceiveCount", 1) if isinstance(policy, dict) else "",
            properties.get("MessageRetentionPeriod", 345_600),
        ]
        if all(str(number).isdigit() for number in numbers):
            seconds, receives, kept = map(int, numbers)
            if seconds * receives >= kept:
                yield f"{name}: {receives} x {seconds} s >= {kept} s"


def decoded(text: str) -> Any:
    """A template as plain data, as cfn-lint reads it."""
    from cfnlint.decode import decode_str

    return json.loads(json.dumps(decode_str(text)[0]))


def translated_otherwise(was: str, text: str, fixes: Sequence[Fix]) -> Iterator[str]:
    """What SAM makes otherwise of a template, outside of the resources that fixes change or add."""
    before, after = translated(was), translated(text)
    if before is None or after is None:
        if before is not None:
            yield "SAM refuses it now"
        return
    names = {change.target.written for fix in fixes for change in fix.changes}
    names |= {name for fix in fixes for name in added_names(fix)}
    for name in sorted(before.keys() | after.keys()):
        is_named = any(name.startswith(each) for each in names) or "Deployment" in name  # Which has a digest.
        if before.get(name) != after.get(name) and not is_named:
            yield name


def translated(text: str) -> dict[str, Any] | None:
    """The resources that SAM makes of a template; None where it refuses it."""
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    try:
        made = Translator({}, Parser()).translate(decoded(text), {})
    except Exception:  # SAM has many reasons.
        return None
    resources: dict[str, Any] = made["Resources"]
    return resources


def told(text: str) -> Counter[str]:
    """What cfn-lint says of a template, by rule."""
    from cfnlint.api import lint
    from cfnlint.core import get_rules

    return Counter(match.rule.id for match in lint(text, rules=get_rules([], [], ["E", "W"])))


if __name__ == "__main__":
    main()
