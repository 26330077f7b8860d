"""Helpers for tests of rules: build small templates, and get the findings of one rule in them.

Tests name the position of a finding by the text of the template there, so that they don't depend on line numbers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.registry import rules
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Span
from awslint_memo.readers.recognition import template as read
from awslint_memo.readers.template import Template

Written: TypeAlias = "str | Mapping[str, Any]"
"""A template: its text, or its content, which is converted to JSON with one entry per line."""

_KEY = re.compile(r"""["']?([\w.:/-]+)["']?\s*[:=]\s*$""")
_ENTRY = re.compile(r'"([^"]*)":\s*(.*)')


IMPORTED = {"Fn::ImportValue": "something"}
"""A value that no template says."""


class Found(NamedTuple):
    """A finding without its message."""

    level: str | None
    resource: str
    at: str


def found(
    rule: str,
    template: Written,
    *,
    declared: Declared | None = None,
    options: Mapping[str, Any] | None = None,
) -> list[Found]:
    """The findings of a rule in a template, in the order of the text."""
    findings = lint_with(rule, template, declared=declared, options=options)
    return [Found(one.level, one.resource, at(template, one.span)) for one in findings]


def messages(
    rule: str,
    template: Written,
    *,
    declared: Declared | None = None,
    options: Mapping[str, Any] | None = None,
) -> list[str]:
    """The messages of a rule's findings, for tests of the messages."""
    return [one.message for one in lint_with(rule, template, declared=declared, options=options)]


def lint_with(
    rule: str,
    template: Written,
    *,
    declared: Declared | None = None,
    options: Mapping[str, Any] | None = None,
) -> list[Finding]:
    """The complete findings of a rule, for tests of related positions; fails if the rule raises an exception."""
    made = _read(template)
    chosen = rules()[rule]
    check_options = CheckOptions(
        [chosen],
        options={rule: options or {}},
        declared=declared or Declared(),
    )
    findings, _ = check_template(made, check_options)
    broken = [one.message for one in findings if one.rule == INTERNAL_ERROR]
    assert not broken, broken
    return sorted(findings, key=lambda one: one.order)


def resources(template: Written) -> dict[str, Resource]:
    """The resources of a template's first deployment by name, for tests of relations."""
    return dict(_read(template).deployments(None).deployments[0].resources)


def _read(template: Written) -> Template:
    made = read(Source("template", text(template).encode()))
    assert made is not None, "no template"
    return made


def text(template: Written) -> str:
    """The text of a template."""
    return template if isinstance(template, str) else json.dumps(template, indent=1)


def at(template: Written, span: Span) -> str:
    """A short text for the position of a span.

    For a key, the key (`Orders`); for a value, key and value (`MultiAZ: false`); but not for a list or mapping
    (`Tags`). For an item of a list it is the item (`eu-west-1a`), or a mapping's first entry (`Region: a`).
    """
    lines = text(template).splitlines()
    covered = lines[span.line - 1 : span.end_line]
    covered[-1] = covered[-1][: span.end_column - 1]
    before, first = covered[0][: span.column - 1], covered[0][span.column - 1 :]
    key = _KEY.search(before)
    if key is not None:
        return key[1] if first.startswith(("{", "[")) else f"{key[1]}: {_unquoted(first)}"
    if not first.startswith(("{", "[")):
        return _unquoted(first)
    # A list or mapping in a list is identified by its first entry.
    entry = next((line for line in (one.strip(" \t,[]{}") for one in (first, *covered[1:])) if line), first)
    pair = _ENTRY.match(entry)
    return _unquoted(entry) if pair is None else ": ".join(filter(None, (pair[1], _unquoted(pair[2]))))


def _unquoted(line: str) -> str:
    word = line.strip()
    return word[1:-1] if len(word) > 1 and word[0] == word[-1] and word[0] in "\"'" else word


def resource(type_: str, **properties: Any) -> dict[str, Any]:
    """A CloudFormation resource; `SQS::Queue` is short for `AWS::SQS::Queue`."""
    return {"Type": f"AWS::{type_.removeprefix('AWS::')}", "Properties": properties}


def stack(sections: Mapping[str, Any] | None = None, /, **resources: Mapping[str, Any]) -> dict[str, Any]:
    """A CloudFormation template with these resources by logical id; `sections` are others such as Parameters."""
    return {**(sections or {}), "Resources": resources}


def terraform(sections: Mapping[str, Any] | None = None, /, **types: Mapping[str, Any]) -> dict[str, Any]:
    """A Terraform configuration with these resources by type and name; `sections` are others such as variable."""
    return {**(sections or {}), "resource": types}


def arn(name: str, attribute: str = "Arn") -> dict[str, Any]:
    """The ARN of a resource of the template, or another attribute of it."""
    return {"Fn::GetAtt": [name, attribute]}


def second_places(rule: str, template: Written) -> list[str]:
    """What stands at the places that the only finding of a rule points to beside its own."""
    [finding] = lint_with(rule, template)
    return [at(template, one.span) for one in finding.related]
