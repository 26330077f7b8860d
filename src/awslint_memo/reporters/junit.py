"""JUnit XML, which build servers show as the results of tests; valid by the schema of Jenkins' xUnit plugin.

https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.sarif_places import in_repository
from awslint_memo.reporters.shown_findings import level_of, told

_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}
"""Characters that XML can't hold, other than those that are made visible in any case."""


@record
class _Suite:
    """A file with its test cases: the outcome (`failure`, `error`) and the XML of each."""

    path: str
    cases: list[tuple[str, str]] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(one == outcome for one, _ in self.cases)


def report(report: Report, _look: Look) -> str:
    """A suite for each file, with a failure for each finding and an error for what could not be looked at.

    A file without either has a test case that passes. Notices of the run are the output of a last suite.
    """
    suites: dict[str, _Suite] = {}

    def suite(path: str) -> _Suite:
        name = in_repository(path, report.root)
        return suites.setdefault(name, _Suite(name))

    for problem in report.errors:
        suite(problem.path).cases.append(("error", _error(problem, report.root)))
    for finding in report.findings:
        outcome = "error" if finding.rule == INTERNAL_ERROR else "failure"
        suite(finding.path).cases.append((outcome, _failure(finding, outcome, report.root)))
    for path in report.files:
        if not suite(path).cases:
            case = f'<testcase name="no findings" classname={_quoted(suite(path).path)}/>'
            suite(path).cases.append(("", f"    {case}\n"))
    return "".join(_document([suites[name] for name in sorted(suites)], report))


def _document(suites: list[_Suite], report: Report) -> Iterator[str]:
    counts = " ".join(
        f'{name}="{sum(number(one) for one in suites)}"'
        for name, number in (
            ("tests", lambda one: len(one.cases)),
            ("failures", lambda one: one.count("failure")),
            ("errors", lambda one: one.count("error")),
        )
    )
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="awslint-memo" {counts}>\n'
    for one in suites:
        path = _quoted(one.path)
        counts = f'tests="{len(one.cases)}" failures="{one.count("failure")}" errors="{one.count("error")}"'
        yield f"  <testsuite name={path} file={path} {counts}>\n"
        yield from (case for _, case in one.cases)
        yield "  </testsuite>\n"
    if report.notices:
        yield '  <testsuite name="notices" tests="0" failures="0" errors="0">\n'
        yield f"    <system-out>{_text(chr(10).join(visible(one) for one in report.notices))}</system-out>\n"
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _failure(finding: Finding, outcome: str, home: str) -> str:
    span = finding.span
    places = [f"{one.span.path}:{one.span.line}:{one.span.column}: {one.message}" for one in finding.related]
    lines = [f"{span.path}:{span.line}:{span.column}: {told(finding)}", *places]
    name = f"{finding.rule}: {finding.resource}" if finding.resource else finding.rule
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
