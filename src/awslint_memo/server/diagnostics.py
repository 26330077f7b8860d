"""Findings and errors as diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from attrs import validators
from lsprotocol.types import (
    CodeDescription,
    Diagnostic,
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
)

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.gravity import level_of, told
from awslint_memo.server.positions import Positions

SOURCE = "awslint-memo"

_SEVERITIES = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "advice": DiagnosticSeverity.Information,
}


def diagnostics(
    report: Report, positions: Positions, uri: Callable[[str], str], is_open: Callable[[str], bool]
) -> Mapping[str, list[tuple[Diagnostic, Finding | None]]]:
    """The diagnostics of each file, by path, with the finding that each shows; None for an error.

    is_open: whether a person sees the file. What is decided in a file that they don't see is shown where it is used.
    """
    rules = {rule.id: rule for rule in report.rules}
    made: dict[str, list[tuple[Diagnostic, Finding | None]]] = {}
    with validators.disabled():  # They take half of the time.
        for one in report.findings:
            span = next((place for place in _places(one) if is_open(place.path)), one.span)
            diagnostic = _of_finding(one, span, rules.get(one.rule), positions, uri)
            made.setdefault(span.path, []).append((diagnostic, one))
        for problem in report.errors:
            made.setdefault(problem.path, []).append((_of_problem(problem, positions), None))
    return made


def _places(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from finding.places
    if finding.home is not None:
        yield finding.home


def _of_finding(
    finding: Finding, span: Span, rule: Rule | None, positions: Positions, uri: Callable[[str], str]
) -> Diagnostic:
    page = rule.url if rule is not None else ""
    elsewhere = [] if span == finding.span else [(finding.span, "decided here")]
    related = [*elsewhere, *((one.span, one.message) for one in finding.related)]
    return Diagnostic(
        range=positions.range(span),
        message=visible(told(finding)),
        severity=_SEVERITIES[level_of(finding)],
        code=finding.rule,
        code_description=CodeDescription(quote(page, safe=":/#?=&%")) if page else None,
        source=SOURCE,
        related_information=[
            DiagnosticRelatedInformation(Location(uri(at.path), positions.range(at)), visible(words))
            for at, words in related
        ],
    )


def _of_problem(problem: Problem, positions: Positions) -> Diagnostic:
    span = Span(problem.path, problem.line, problem.column, problem.line, problem.column + 1)
    message = visible(problem.message)
    return Diagnostic(positions.range(span), message, severity=DiagnosticSeverity.Error, source=SOURCE)
