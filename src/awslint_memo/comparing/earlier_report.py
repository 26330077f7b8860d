"""Reads an earlier JSON report, to compare a run with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo.comparing.matching import Earlier
from awslint_memo.files.source import Source
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.syntax.node import Node, fields, plain

_TEXTS = ("rule", "path", "resource", "route", "root", "fingerprint")
_AGAIN = "make it again with --format json"


@record(frozen=True)
class EarlierReport:
    """What an earlier report has. findings: suppressed ones included. unread: what could not be read then.

    has_advice: False if advice was left out.
    """

    findings: list[Earlier]
    unread: list[str]
    has_advice: bool


def earlier_report(source: Source) -> EarlierReport:
    """The report in a file. Raises Problem, with the line, if it is none of version 1."""
    from awslint_memo.syntax import json_nodes

    root = json_nodes.parse(source)
    parts = fields(root)
    version = plain(parts["version"]) if "version" in parts else None
    if not {"findings", "summary"} <= parts.keys() or version is None:
        raise Problem(f"this is no JSON report of awslint-memo; {_AGAIN}", source.path)
    if version != 1:
        raise _problem(f"the report has version {version}, not 1; {_AGAIN}", parts["version"])
    said = plain(parts["summary"])
    hidden = said.get("advice_hidden") if isinstance(said, Mapping) else None
    findings = [*_findings(parts["findings"], is_suppressed=False)]
    if "suppressed" in parts:
        findings += _findings(parts["suppressed"], is_suppressed=True)
    errors = plain(parts["errors"]) if "errors" in parts else []
    unread = [str(one.get("path")) for one in errors if isinstance(one, Mapping)] if isinstance(errors, list) else []
    return EarlierReport(findings, unread, has_advice=hidden == 0)


def _findings(listed: Node, *, is_suppressed: bool) -> Iterator[Earlier]:
    if not isinstance(listed.content, list):
        raise _problem(f"the findings are no list; {_AGAIN}", listed)
    for node in listed.content:
        said = plain(node)
        if not isinstance(said, Mapping):
            raise _problem(f"this is no finding; {_AGAIN}", node)
        missing = next((name for name in _TEXTS if not isinstance(said.get(name), str)), None)
        if missing is not None or said.get("level") not in LEVELS:
            raise _problem(f"the finding has no {missing or 'level'}; {_AGAIN}", node)
        yield Earlier(_finding(said), said["fingerprint"], said["root"], is_suppressed)


def _finding(said: Mapping[str, Any]) -> Finding:
    line, column = (said[name] if isinstance(said.get(name), int) else 1 for name in ("line", "column"))
    names, generated = said.get("resources"), said.get("generated")
    span = Span(said["path"], line, column, line, column)
    made = Finding(
        str(said.get("message", "")),
        span,
        said["resource"],
        str(said.get("type", "")),
        said["level"],
        rule=said["rule"],
        route=said["route"],
        root=said["root"],
        generated=generated if isinstance(generated, str) else "",
    )
    others = [one for one in names[1:] if isinstance(one, str)] if isinstance(names, list) else []
    return made if not others else _with(made, others)


def _with(first: Finding, others: list[str]) -> Finding:
    from awslint_memo.model.record import replace

    return replace(first, others=tuple(replace(first, resource=one, generated="") for one in others))


def _problem(message: str, node: Node) -> Problem:
    span = node.span
    return Problem(message, span.path, span.line, span.column)
