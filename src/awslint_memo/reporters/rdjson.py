"""The Reviewdog Diagnostic Format: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import Any

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.judging.report import Lines, Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible, visible_json
from awslint_memo.reporters.gravity import level_of, told
from awslint_memo.reporters.indented import indented
from awslint_memo.reporters.repeats import once

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}

UNREAD = "could-not-be-read"
"""The code of a file or part that could not be read."""


def report(report: Report, _look: Look) -> str:
    """The report as one DiagnosticResult in ASCII. Paths are from the working folder, as reviewdog wants them."""
    report = once(report)
    urls = {rule.id: rule.url for rule in report.rules if rule.aws}
    lines = cache(report.lines)
    diagnostics = chain(
        (_unread(one, lines) for one in report.errors),
        (
            {**_diagnostic(one, urls.get(one.rule), lines), **_suggestions(report.suggest(one), one, lines)}
            for one in report.findings
        ),
    )
    result = {"source": {"name": "awslint-memo"}, "diagnostics": diagnostics}
    return visible_json(indented(result)) + "\n"


def _diagnostic(finding: Finding, url: str | None, lines: Lines) -> dict[str, Any]:
    code = {"value": visible(finding.rule), **({} if url is None else {"url": visible(url)})}
    related = [{"message": visible(one.message), "location": _location(one.span, lines)} for one in finding.related]
    return {
        "message": visible(told(finding)),
        "location": _location(finding.span, lines),
        "severity": _SEVERITIES[level_of(finding)],
        "code": code,
        **({"related_locations": related} if related else {}),
    }


def _suggestions(suggestion: Suggestion | None, finding: Finding, lines: Lines) -> dict[str, Any]:
    """What mends it, if that is safe and a single edit of its file: reviewdog offers each suggestion by itself."""
    edits = [] if suggestion is None or suggestion.unsafe else suggestion.edits
    if len(edits) != 1 or edits[0].span.path != finding.path:
        return {}
    edit = edits[0]
    return {"suggestions": [{"range": _range(edit.span, lines(edit.span.path)), "text": edit.text}]}


def _unread(problem: Problem, lines: Lines) -> dict[str, Any]:
    place = Span(problem.path, problem.line, problem.column, problem.line, problem.column)
    return {
        "message": visible(problem.message),
        "location": _location(place, lines),
        "severity": "ERROR",
        "code": {"value": UNREAD},
    }


def _location(span: Span, lines: Lines) -> dict[str, Any]:
    return {"path": visible(span.path), "range": _range(span, lines(span.path))}


def _range(span: Span, lines: Sequence[str]) -> dict[str, Any]:
    """The range of a span in reviewdog's columns, which count the bytes of UTF-8; the end is one past the last.

    Without the file's text there are no columns, and the range is one of whole lines.
    """
    if not 0 < span.line <= span.end_line <= len(lines):
        return {"start": {"line": span.line}, "end": {"line": span.end_line}}
    return {
        "start": {"line": span.line, "column": _column(lines[span.line - 1], span.column)},
        "end": {"line": span.end_line, "column": _column(lines[span.end_line - 1], span.end_column)},
    }


def _column(line: str, column: int) -> int:
    characters = min(column - 1, len(line))
    if line.isascii():
        return characters + 1
    steps = characters // _STEP
    before = _bytes(line)[steps] if steps else 0
    return before + len(line[steps * _STEP : characters].encode("utf-8", "replace")) + 1


_STEP = 1_000


@lru_cache(2)
def _bytes(line: str) -> list[int]:
    """How many bytes are before each thousandth character of a line, which may be a whole file."""
    starts = range(0, len(line), _STEP)
    return [0, *accumulate(len(line[at : at + _STEP].encode("utf-8", "replace")) for at in starts)]
