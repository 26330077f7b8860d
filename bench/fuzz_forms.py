"""Writes an input of the fuzzing in other forms that deploy the same, and says where the findings differ.

A template: with its keys in another order, with comments and short forms of functions, and given without a file. A
configuration of Terraform: its blocks in the other order, each in a file of its own. Findings may not depend on it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from bench.fuzz_inputs import Input
from bench.fuzz_mutations import plain

from awslint_memo import api
from awslint_memo.judging.report import Report

_TEXTS = {"Ref": "!Ref", "Fn::Sub": "!Sub", "Fn::Base64": "!Base64"}
_LISTS = {
    f"Fn::{name}": f"!{name}" for name in ("If", "Join", "Select", "FindInMap", "Split", "GetAtt", "Equals", "Sub")
}
_ALIAS = re.compile(r"[-:\[,] +\*\w")
_BLOCKS = re.compile(r'[a-z]+ ("[^"]*" )*\{')
_TEMPLATES = ("generated template", "example", "yaml", "json", "sam")


class _Short(yaml.SafeDumper):
    """Writes functions in their short forms."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether a value is written again where it stands twice."""
        return True


def _short(dumper: _Short, data: Mapping[str, Any]) -> yaml.Node:
    if len(data) == 1:
        [(name, value)] = data.items()
        if name in _TEXTS and isinstance(value, str):
            return dumper.represent_scalar(_TEXTS[name], value, style='"')
        if name in _LISTS and isinstance(value, list):
            return dumper.represent_sequence(_LISTS[name], value)
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items())


_Short.add_representer(dict, _short)


def differences(report: Report, made: Input) -> Iterator[str]:
    """The forms in which an input has other findings than in the report, with these.

    What has errors is left out, as they stand at lines, what has comments, which may suppress and explain, and what has
    aliases, as what is wrong with a line is told once however often it is used.
    """
    if report.errors or len(made.named) != 1 or made.named[0] == ".":
        return
    text = made.files[made.named[0]].decode("utf-8", "replace")
    if "#" in text or "//" in text or "/*" in text:
        return
    if made.kind in _TEMPLATES and _ALIAS.search(text) is None:
        data = plain(text)
        if isinstance(data, dict) and "Resources" in data and _has_plain_keys(data) and _is_for_all_forms(data):
            yield from _templates(report, json.loads(json.dumps(data)), made.named[0])
    elif made.kind in (".tf", "generated .tf"):
        yield from _split(report, text)


def _templates(report: Report, data: Mapping[str, Any], original: str) -> Iterator[str]:
    yield from _differs("reordered", report, {"form/t.json": json.dumps(_reversed(data)), original: ""})
    text = yaml.dump(data, Dumper=_Short, sort_keys=False)
    yield from _differs("in short forms", report, {"form/t.yaml": text, original: ""})
    commented = "".join(f"{line} # x\n" if line.endswith(":") else f"{line}\n" for line in text.splitlines())
    before, after = (yaml.serialize(yaml.compose(each, Loader=yaml.SafeLoader)) for each in (text, commented))
    if before == after:  # In a text of several lines it is no comment.
        yield from _differs("with comments", report, {"form/t.yaml": f"# x\n\n{commented}", original: ""})


def _differs(form: str, report: Report, texts: Mapping[str, str]) -> Iterator[str]:
    """Whether a template that is given as a text, the first one, has other findings.

    It stands in place of its original, whose text is empty: what is said of a file may depend on those beside it.
    """
    unsaved = {str(Path(name).resolve()): text for name, text in texts.items()}
    again = api.lint([next(iter(unsaved))], advice=True, profile="all", unsaved=unsaved)
    if _told(report) != _told(again) or len(report.errors) != len(again.errors):
        yield f"different: {form}: {sorted(_changed(report, again))[:3]}"


def _split(report: Report, text: str) -> Iterator[str]:
    """Whether the blocks of a configuration, in files of their own in the other order, have other findings."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        # A line that looks like a block's first one may stand in another block.
        if not blocks or (_BLOCKS.match(line) and blocks[-1].count("{") == blocks[-1].count("}")):
            blocks.append("")
        blocks[-1] += line
    folder = Path("form").resolve()
    unsaved = {str(folder / f"{number}.tf"): block for number, block in enumerate(reversed(blocks))}
    again = api.lint([*unsaved], advice=True, profile="all", unsaved=unsaved)
    if _told(report) != _told(again):
        yield f"different: in files of their own: {sorted(_changed(report, again))[:3]}"


def _reversed(data: Any) -> Any:
    """The same with the keys of all mappings in the other order."""
    if isinstance(data, dict):
        return {key: _reversed(data[key]) for key in reversed(data)}
    return [_reversed(item) for item in data] if isinstance(data, list) else data


def _has_plain_keys(data: Any) -> bool:
    """Whether all keys are texts, as those of CloudFormation are, who reads `Off:` as one."""
    if isinstance(data, dict):
        return all(isinstance(key, str) and _has_plain_keys(value) for key, value in data.items())
    return not isinstance(data, list) or all(map(_has_plain_keys, data))


def _is_for_all_forms(data: Mapping[str, Any]) -> bool:
    """Whether JSON has a word for each number (none for .inf), and YAML for each character (none for half a one),
    and no function gives the resources: in its short form nothing tells a template any more."""
    resources = data.get("Resources")
    if isinstance(resources, dict) and len(resources) == 1 and not resources.keys().isdisjoint({*_TEXTS, *_LISTS}):
        return False
    try:
        json.dumps(data, allow_nan=False, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


def _changed(one: Report, other: Report) -> Counter[tuple[str, str]]:
    return (_told(one) - _told(other)) + (_told(other) - _told(one))


def _told(report: Report) -> Counter[tuple[str, str]]:
    """How many findings of each rule and level there are: of two resources that only together are wrong, the finding
    stands at the first one of the file."""
    every = (single for one in report.findings for single in (one, *one.others))
    return Counter((one.rule, one.level or "") for one in every)
