"""Findings and errors as diagnostics, in JSON: after each change all of a document are published anew.

Objects of the protocol's library for all of them, and their way to JSON, would take longer than a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from json import dumps
from urllib.parse import quote

from lsprotocol.types import DiagnosticSeverity

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.gravity import level_of, told
from awslint_memo.server.positions import Extent, Positions

SOURCE = "awslint-memo"

_SEVERITIES = {
    "error": DiagnosticSeverity.Error.value,
    "warning": DiagnosticSeverity.Warning.value,
    "advice": DiagnosticSeverity.Information.value,
}


@record(frozen=True, slots=True)
class Shown:
    """A diagnostic. text: in the protocol's JSON. finding: what it shows; None for an error."""

    extent: Extent
    text: str
    finding: Finding | None = None


def diagnostics(
    report: Report, positions: Positions, uri: Callable[[str], str], is_open: Callable[[str], bool]
) -> Mapping[str, list[Shown]]:
    """The diagnostics of each file, by path.

    is_open: whether a person sees the file. What is decided in a file that they don't see is shown where it is used.
    """
    writer, is_open = _Writer(report.rules, positions, uri), cache(is_open)
    made: dict[str, list[Shown]] = {}
    for one in report.findings:
        span = next((place for place in _places(one) if is_open(place.path)), one.span)
        made.setdefault(span.path, []).append(writer.of_finding(one, span))
    for problem in report.errors:
        made.setdefault(problem.path, []).append(writer.of_problem(problem))
    return made


def _places(finding: Finding) -> Iterator[Span]:
    yield finding.span
    yield from finding.places
    if finding.home is not None:
        yield finding.home


class _Writer:
    """Writes the diagnostics of one report."""

    def __init__(self, rules: Sequence[Rule], positions: Positions, uri: Callable[[str], str]) -> None:
        self._positions = positions
        self._uri = cache(lambda path: dumps(uri(path)))
        self._rules = {rule.id: _code(rule.id, rule.url) for rule in rules}

    def of_finding(self, finding: Finding, span: Span) -> Shown:
        """The diagnostic at one of the places of a finding."""
        extent = self._positions.extent(span)
        related = [(one.span, one.message) for one in finding.related]
        if span != finding.span:
            related.insert(0, (finding.span, "decided here"))
        code = self._rules.get(finding.rule) or _code(finding.rule, "")
        elsewhere = ",".join([self._related(at, words) for at, words in related])
        more = f'{code},"relatedInformation":[{elsewhere}]'
        return Shown(extent, _text(extent, told(finding), _SEVERITIES[level_of(finding)], more), finding)

    def of_problem(self, problem: Problem) -> Shown:
        """The diagnostic of an error."""
        span = Span(problem.path, problem.line, problem.column, problem.line, problem.column + 1)
        extent = self._positions.extent(span)
        return Shown(extent, _text(extent, problem.message, _SEVERITIES["error"]))

    def _related(self, span: Span, words: str) -> str:
        where = f'{{"uri":{self._uri(span.path)},"range":{_range(self._positions.extent(span))}}}'
        return f'{{"location":{where},"message":{_words(words)}}}'


def _text(extent: Extent, message: str, severity: int, more: str = "") -> str:
    said = f'"range":{_range(extent)},"message":{_words(message)},"severity":{severity},"source":"{SOURCE}"'
    return f"{{{said}{more}}}"


def _code(rule: str, page: str) -> str:
    described = f',"codeDescription":{{"href":{dumps(quote(page, safe=":/#?=&%"))}}}' if page else ""
    return f',"code":{dumps(rule)}{described}'


def _words(text: str) -> str:
    return dumps(visible(text))


def _range(extent: Extent) -> str:
    return '{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}}' % extent  # noqa: UP031  # The fastest.
