"""Findings and errors as diagnostics, and their publication, in JSON: after each change all of a document are sent.

Objects of the protocol's library for all of them, and their way to JSON, would take longer than a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from json import dumps
from urllib.parse import quote

from lsprotocol.types import TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, DiagnosticSeverity
from pygls.protocol import JsonRPCProtocol

from awslint_memo.hosts.server.positions import Extent, Positions
from awslint_memo.hosts.server.protocol import send
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.manual.addresses import rule_page
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.shown_findings import level_of, merged, told

SOURCE = "awslint-memo"

_SEVERITIES = {
    "error": DiagnosticSeverity.Error.value,
    "warning": DiagnosticSeverity.Warning.value,
    "advice": DiagnosticSeverity.Information.value,
}


@record(frozen=True, slots=True)
class Shown:
    """A diagnostic. text: in the protocol's JSON. finding: what it shows; None for an error. code: the part about its
    rule, if all that the finding speaks of is in one file. is_kept: whether it is shown from before, since its file, or
    one beside it, can't be read now.
    """

    extent: Extent
    text: str
    finding: Finding | None = None
    code: str = ""
    is_kept: bool = False


def diagnostics(
    report: Report,
    positions: Positions,
    uri: Callable[[str], str],
    is_open: Callable[[str], bool],
    before: Iterable[Shown] = (),
) -> Mapping[str, list[Shown]]:
    """The diagnostics of each file, by path.

    is_open: whether a person sees the file. What is decided in a file that they don't see is shown where it is used.
    before: those of the last report of the same session, if files have the same URIs.
    """
    writer, is_open = _Writer(report.rules, positions, uri, before), cache(is_open)
    made: dict[str, list[Shown]] = {}
    for finding in merged(report.findings):
        span = next((place for place in _places(finding) if is_open(place.path)), finding.span)
        made.setdefault(span.path, []).append(writer.of_finding(finding, span))
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

    def __init__(
        self, rules: Sequence[Rule], positions: Positions, uri: Callable[[str], str], before: Iterable[Shown]
    ) -> None:
        self._positions = positions
        self._uri = cache(lambda path: dumps(uri(path)))
        self._rules = {rule.id: rule for rule in rules}
        self._codes: dict[str, str] = {}
        # A session gives the same object again if nothing of its file that it speaks of was edited or moved.
        self._before = {id(one.finding): one for one in before if one.code}

    def of_finding(self, finding: Finding, span: Span) -> Shown:
        """The diagnostic at one of the places of a finding."""
        code, known = self._code(finding.rule), self._before.get(id(finding))
        if known is not None and known.code == code:
            return known
        extent = self._positions.extent(span)
        related = [(place.span, place.message) for place in finding.related]
        if span != finding.span:
            related.insert(0, (finding.span, "decided here"))
        elsewhere = ",".join([self._related(at, words) for at, words in related])
        remedy = f',"data":{{"do":{_words(finding.do)}}}' if finding.do else ""
        more = f'{code},"relatedInformation":[{elsewhere}]{remedy}'
        text = _text(extent, told(finding), _SEVERITIES[level_of(finding)], more)
        return Shown(extent, text, finding, code if _is_of_one(finding) else "")

    def of_problem(self, problem: Problem) -> Shown:
        """The diagnostic of an error."""
        span = Span(problem.path, problem.line, problem.column, problem.line, problem.column + 1)
        extent = self._positions.extent(span)
        return Shown(extent, _text(extent, problem.message, _SEVERITIES["error"]))

    def _code(self, rule: str) -> str:
        if rule not in self._codes:
            page = rule_page(self._rules[rule]) if rule in self._rules else ""
            described = f',"codeDescription":{{"href":{dumps(quote(page, safe=":/#?=&%"))}}}' if page else ""
            self._codes[rule] = f',"code":{dumps(rule)}{described}'
        return self._codes[rule]

    def _related(self, span: Span, words: str) -> str:
        where = f'{{"uri":{self._uri(span.path)},"range":{_range(self._positions.extent(span))}}}'
        return f'{{"location":{where},"message":{_words(words)}}}'


def _text(extent: Extent, message: str, severity: int, more: str = "") -> str:
    said = f'"range":{_range(extent)},"message":{_words(message)},"severity":{severity},"source":"{SOURCE}"'
    return f"{{{said}{more}}}"


def at_extent(one: Shown, extent: Extent) -> Shown:
    """A diagnostic from before at another place."""
    rest = one.text.removeprefix(f'{{"range":{_range(one.extent)}')
    return Shown(extent, f'{{"range":{_range(extent)}{rest}', one.finding, is_kept=True)


def _is_of_one(finding: Finding) -> bool:
    """Whether all that a finding speaks of is in one file."""
    related = (place.span for place in finding.related)
    return all(span.path == finding.span.path for span in (*_places(finding), *related))


def _words(text: str) -> str:
    return dumps(visible(text))


def _range(extent: Extent) -> str:
    return '{"start":{"line":%d,"character":%d},"end":{"line":%d,"character":%d}}' % extent  # noqa: UP031  # The fastest.


def publish(protocol: JsonRPCProtocol, uri: str, diagnostics: Sequence[str], version: int | None) -> None:
    """Publish the diagnostics of a document, each of them in JSON. version: that of the document, if it is open."""
    of_version = "" if version is None else f',"version":{version}'
    params = f'{{"uri":{dumps(uri)}{of_version},"diagnostics":[{",".join(diagnostics)}]}}'
    send(protocol, f'"method":"{TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS}","params":{params}')
