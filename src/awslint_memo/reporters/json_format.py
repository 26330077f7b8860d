"""The JSON format: a documented and versioned structure for programs (docs/json.md, report.schema.json)."""

from __future__ import annotations

import json
from typing import Any

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import values
from awslint_memo.model.span import Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible_json
from awslint_memo.reporters.coverage import member

VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def report(report: Report, _look: Look) -> str:
    """The report as one JSON object in ASCII, so that control characters are escaped without loss."""
    shape = {
        "version": VERSION,
        "findings": [_finding(finding) for finding in report.findings],
        "errors": [
            {"path": error.path, "line": error.line, "column": error.column, "message": error.message}
            for error in report.errors
        ],
        "summary": {**values(report.summary()), "notices": list(report.notices)},
        **({} if report.coverage is None else {"coverage": member(report.coverage)}),
    }
    return visible_json(json.dumps(shape, indent=2)) + "\n"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        **_place(finding.span),
        "resource": finding.resource,
        **({"generated": finding.generated} if finding.generated else {}),
        **({"resources": [one.resource for one in (finding, *finding.others)]} if finding.others else {}),
        "type": finding.type,
        "related": [{**_place(related.span), "message": related.message} for related in finding.related],
        "deployment": finding.deployment,
        "route": finding.route,
        "root": finding.root,
        "fingerprint": finding.fingerprint,
    }


def _place(span: Span) -> dict[str, str | int]:
    return {
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
