"""Formats for programs that show a change: GitLab's Code Quality report, reviewdog's diagnostics, and JUnit XML.

https://docs.gitlab.com/ci/testing/code_quality/, https://github.com/reviewdog/reviewdog/tree/master/proto/rdf, and for
JUnit, of which the output is valid by the schema of Jenkins' xUnit plugin:
https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from html import escape
from itertools import accumulate, chain
from typing import Any, TypeAlias

from awslint_memo.fixes.suggestion import Suggestion, TextEdit
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.report import Lines, Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.sarif_places import in_repository
from awslint_memo.reporters.shown_findings import gravest_first, level_of, name_of, places, told
from awslint_memo.reporters.suggested_lines import fenced, suggested_lines

_GITLAB_SEVERITIES = {"error": "critical", "warning": "major", "advice": "info"}

UNREAD = "could-not-be-read"
"""The check, or code, of a file or part that could not be read, which is graver than any finding."""


def gitlab(report: Report, _look: Look) -> str:
    """A list of issues in ASCII, the gravest first.

    GitLab shows one issue of those with the same fingerprint, so each further one of a finding gets one of its own.
    """
    issues = chain(
        (_gitlab_unread(problem, report.root) for problem in report.errors),
        (_issue(report, finding) for finding in gravest_first(report.findings)),
    )
    return json_text(_told_apart(issues))


def _told_apart(issues: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The issues, each with a fingerprint of its own."""
    seen: Counter[str] = Counter()
    for issue in issues:
        known = issue["fingerprint"]
        seen[known] += 1
        if seen[known] > 1:
            issue["fingerprint"] = _hash(known, str(seen[known]))
        yield issue


def _issue(report: Report, finding: Finding) -> dict[str, Any]:
    (span, _), home = places(finding), report.root
    lines = suggested_lines(report, finding)
    suggested = {} if lines is None else {"content": {"body": f"{plain(lines.title)}\n\n{fenced(lines)}"}}
    return {
        "description": visible(told(finding)),
        "check_name": visible(finding.rule),
        "fingerprint": finding.fingerprint,
        "severity": _GITLAB_SEVERITIES[level_of(finding)],
        "location": {
            "path": visible(in_repository(span.path, home)),
            "lines": {"begin": span.line, "end": span.end_line},
        },
        **suggested,
    }


def _gitlab_unread(problem: Problem, home: str) -> dict[str, Any]:
    path = visible(in_repository(problem.path, home))
    return {
        "description": visible(problem.message),
        "check_name": UNREAD,
        "fingerprint": _hash(UNREAD, path),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": problem.line, "end": problem.line}},
    }


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_RDJSON_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}


def rdjson(report: Report, _look: Look) -> str:
    """The report as one DiagnosticResult in ASCII. Paths are from the working folder, as reviewdog wants them.

    It posts messages as Markdown, so nothing in them is markup.
    """
    # Only those rules are asked: which page a rule is from is known once its file is loaded.
    found = {finding.rule for finding in report.findings}
    urls = {rule.id: rule.url for rule in report.rules if rule.id in found and rule.aws}
    lines = cache(report.lines)
    diagnostics = chain(
        (_rdjson_unread(problem, lines) for problem in report.errors),
        (
            {
                **_diagnostic(finding, urls.get(finding.rule), lines),
                **_suggestions(report.suggest(finding), finding, lines),
            }
            for finding in report.findings
        ),
    )
    result = {"source": {"name": "awslint-memo"}, "diagnostics": diagnostics}
    return json_text(result)


def _diagnostic(finding: Finding, url: str | None, lines: Lines) -> dict[str, Any]:
    code = {"value": visible(finding.rule), **({} if url is None else {"url": visible(url)})}
    span, others = places(finding)
    related = [{"message": plain(other.message), "location": _location(other.span, lines)} for other in others]
    return {
        "message": plain(told(finding)),
        "location": _location(span, lines),
        "severity": _RDJSON_SEVERITIES[level_of(finding)],
        "code": code,
        **({"related_locations": related} if related else {}),
    }


def _suggestions(suggestion: Suggestion | None, finding: Finding, lines: Lines) -> dict[str, Any]:
    """What mends it, if that is safe and a single edit of its file: reviewdog offers each suggestion by itself.

    Edits that only align what stands beside it are left out.
    """
    edits = [] if suggestion is None or suggestion.unsafe else suggestion.edits
    edits = [edit for edit in edits if not _aligns(edit, lines(edit.span.path))]
    if len(edits) != 1 or edits[0].span.path != finding.path:
        return {}
    edit = edits[0]
    return {"suggestions": [{"range": _range(edit.span, lines(edit.span.path)), "text": edit.text}]}


def _aligns(edit: TextEdit, lines: Sequence[str]) -> bool:
    """Whether an edit puts other spaces in the place of spaces of one line."""
    span = edit.span
    if edit.text.strip(" ") or not 0 < span.line == span.end_line <= len(lines):
        return False
    replaced = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    return bool(replaced) and not replaced.strip(" ")


def _rdjson_unread(problem: Problem, lines: Lines) -> dict[str, Any]:
    return {
        "message": plain(problem.message),
        "location": _location(problem.span, lines),
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


_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""Characters that XML can't hold, other than those that are made visible in any case."""


Case: TypeAlias = "tuple[str, str]"
"""A test case of JUnit: its outcome (`failure`, `error`, or empty), and its XML."""


def junit(report: Report, _look: Look) -> str:
    """A suite for each file, with a failure for each finding and an error for what could not be looked at.

    A file without either has a test case that passes. Notices of the run are the output of a last suite.
    """
    suites: dict[str, list[Case]] = {}

    def cases(path: str) -> list[Case]:
        return suites.setdefault(in_repository(path, report.root), [])

    for problem in report.errors:
        cases(problem.path).append(("error", _error(problem, report.root)))
    for finding in report.findings:
        outcome = "error" if finding.rule == INTERNAL_ERROR else "failure"
        cases(places(finding)[0].path).append((outcome, _failure(finding, outcome, report.root)))
    judged = {finding.path for finding in report.findings}
    for path in report.files:
        if path not in judged and not cases(path):
            name = _quoted(in_repository(path, report.root))
            cases(path).append(("", f'    <testcase name="no findings" classname={name}/>\n'))
    return "".join(_document(suites, report))


def _counts(cases: Sequence[Case]) -> str:
    outcomes = Counter(outcome for outcome, _ in cases)
    return f'tests="{len(cases)}" failures="{outcomes["failure"]}" errors="{outcomes["error"]}"'


def _document(suites: Mapping[str, Sequence[Case]], report: Report) -> Iterator[str]:
    counts = _counts([case for cases in suites.values() for case in cases])
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="awslint-memo" {counts}>\n'
    for name, cases in sorted(suites.items()):
        path = _quoted(name)
        yield f"  <testsuite name={path} file={path} {_counts(cases)}>\n"
        yield from (case for _, case in cases)
        yield "  </testsuite>\n"
    if report.notices:
        yield '  <testsuite name="notices" tests="0" failures="0" errors="0">\n'
        yield f"    <system-out>{_text(chr(10).join(visible(notice) for notice in report.notices))}</system-out>\n"
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _failure(finding: Finding, outcome: str, home: str) -> str:
    span, others = places(finding)
    listed = [f"{other.span.path}:{other.span.line}:{other.span.column}: {other.message}" for other in others]
    lines = [f"{span.path}:{span.line}:{span.column}: {told(finding)}", *listed]
    name = f"{finding.rule}: {name_of(finding)}" if finding.resource else finding.rule
    name = f"{name} (line {span.line})"
    return _case(name, in_repository(span.path, home), outcome, level_of(finding), told(finding), lines)


def _error(problem: Problem, home: str) -> str:
    kind = "error" if problem.is_partial else "could not be read"
    lines = [f"{problem.path}:{problem.line}:{problem.column}: {problem.message}"]
    name = f"{kind} (line {problem.line})"
    return _case(name, in_repository(problem.path, home), "error", kind, problem.message, lines)


def _case(name: str, path: str, outcome: str, kind: str, message: str, lines: list[str]) -> str:
    body = _text("\n".join(visible(line) for line in lines))
    return (
        f"    <testcase name={_quoted(name)} classname={_quoted(path)}>\n"
        f"      <{outcome} type={_quoted(kind)} message={_quoted(message)}>{body}</{outcome}>\n"
        "    </testcase>\n"
    )


def _quoted(text: str) -> str:
    return f'"{_text(visible(text))}"'


def _text(visible_text: str) -> str:
    """A text in XML, in ASCII."""
    escaped = escape(visible_text.translate(_NO_XML))
    return escaped.encode("ascii", "xmlcharrefreplace").decode("ascii")
