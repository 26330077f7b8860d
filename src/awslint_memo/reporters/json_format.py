"""The formats json and lines: a versioned structure for programs (docs/json.md, report.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.judging.report import Report
from awslint_memo.manual.confidence import confidence_of
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import values
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look, tool
from awslint_memo.reporters.comparison import members as compared
from awslint_memo.reporters.json_writing import json_text, visible_json
from awslint_memo.reporters.statistics import coverage_member, statistics_member

VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def report(report: Report, look: Look) -> str:
    """The report as one JSON object in ASCII, so that control characters are escaped without loss."""
    shape = {
        "version": VERSION,
        "tool": tool(),
        "findings": (_owned(report, finding) for finding in report.findings),
        "errors": [error(problem, report) for problem in report.errors],
        "summary": {**summary(report), "notices": list(report.notices)},
        **({} if report.coverage is None else {"coverage": coverage_member(report.coverage)}),
        **({"statistics": statistics_member(report)} if look.statistics else {}),
        **compared(report, finding_member),
    }
    return json_text(shape)


def _owned(report: Report, finding: Finding) -> dict[str, Any]:
    """A finding with what mends it, and with who owns its file, if somebody does."""
    owners = report.owners(finding.path)
    return {**finding_member(finding, report.suggest(finding)), **({"owners": [*owners]} if owners else {})}


def finding_member(finding: Finding, suggestion: Suggestion | None = None) -> dict[str, Any]:
    """A finding with the members that docs/json.md describes. suggestion: what mends it, if it has a fix."""
    first = finding.singles[0]
    told = finding.others if finding.joined else (finding, *finding.others)
    return {
        "rule": finding.rule,
        "level": finding.level,
        "confidence": confidence_of(finding.rule),
        "message": finding.message,
        **({"do": finding.do} if finding.do else {}),
        **_place(finding.span),
        **_resource(first),
        **({"resources": [each.resource for each in told]} if finding.others else {}),
        **({"each": [_each(single) for single in finding.joined]} if finding.joined else {}),
        "type": finding.type,
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
        "deployment": finding.deployment,
        **_identity(first),
        **({} if suggestion is None else {"fix": _fix(suggestion)}),
    }


def _each(single: Finding) -> dict[str, Any]:
    """One of the findings that are joined to one."""
    return {"message": single.message, **_place(single.span), **_resource(single), **_identity(single)}


def _resource(finding: Finding) -> dict[str, str]:
    return {
        "resource": finding.resource,
        **({"generated": finding.generated} if finding.generated else {}),
        **({"construct": finding.construct.path} if finding.construct is not None else {}),
    }


def _identity(finding: Finding) -> dict[str, str]:
    return {"route": finding.route, "root": finding.root, "fingerprint": finding.fingerprint}


def _fix(suggestion: Suggestion) -> dict[str, Any]:
    """What mends a finding: edits that are made together, or why there are none."""
    edits = [{**_place(edit.span), "text": edit.text} for edit in suggestion.edits]
    return {
        "title": suggestion.title,
        "safety": suggestion.safety,
        **({"unsafe": suggestion.unsafe} if suggestion.unsafe else {}),
        **({"refused": suggestion.refused} if suggestion.refused else {"edits": edits}),
    }


def error(problem: Problem, report: Report) -> dict[str, Any]:
    """What could not be checked, and whether that is new, if the report is compared with an earlier state."""
    place: dict[str, Any] = {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
    }
    if report.against is not None:
        place["new"] = report.against.is_new(problem)
    if problem.left_out is None:
        return place
    count = {} if problem.left_out.count is None else {"count": problem.left_out.count}
    return {**place, "unjudged": {**count, "resources": list(problem.left_out.names)}}


def summary(report: Report) -> dict[str, Any]:
    """The counts of the run."""
    return values(report.summary())


def _place(span: Span) -> dict[str, str | int]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def lines(report: Report, look: Look) -> str:
    """Each finding, error and notice in a line of its own, in ASCII, and the counts in the last one."""
    compact = (json.dumps(member, separators=(",", ":")) for member in _objects(report, look))
    return "".join(f"{visible_json(line)}\n" for line in compact)


def _objects(report: Report, look: Look) -> Iterator[dict[str, Any]]:
    yield from ({"kind": "finding", **finding_member(finding, report.suggest(finding))} for finding in report.findings)
    yield from ({"kind": "error", **error(problem, report)} for problem in report.errors)
    yield from ({"kind": "notice", "message": notice} for notice in report.notices)
    if look.statistics:
        yield {"kind": "statistics", **statistics_member(report)}
    yield {"kind": "summary", "version": VERSION, **summary(report)}
