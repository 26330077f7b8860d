"""Annotations of GitHub Actions: workflow commands in the log, which GitHub shows at the lines of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.sarif_places import in_repository
from awslint_memo.reporters.shown_findings import gravest_first, level_of, places, told
from awslint_memo.reporters.suggested_lines import suggested_lines

MOST = 10
"""How many annotations of each kind GitHub keeps of a step:
https://docs.github.com/rest/checks/runs, https://github.com/actions/runner/blob/main/src/Runner.Worker/ExecutionContext.cs
"""

_LONGEST = 4_096
"""How many characters of a message the runner keeps."""

_RELATED = 8
"""How many related places an annotation names."""

_TITLE = "awslint-memo"

_KINDS = {"error": "error", "warning": "warning", "advice": "notice"}
"""The command for each level, the gravest first."""


@record(frozen=True)
class _Annotation:
    kind: str
    properties: dict[str, str]
    message: str


def report(report: Report, _look: Look) -> str:
    """The commands, the gravest first, at most ten of each kind; what is left out is counted in a last one.

    A file that could not be read is an error, a notice of the run a notice.
    """
    every = list(_annotations(report))
    kinds: dict[str, list[_Annotation]] = {kind: [] for kind in _KINDS.values()}
    for annotation in every:
        kinds[annotation.kind].append(annotation)
    left_out = Counter({kind: len(ones) - MOST for kind, ones in kinds.items() if len(ones) > MOST})
    if left_out:
        room = MOST - 1  # The last notice says what is left out.
        left_out["notice"] = max(len(kinds["notice"]) - room, 0)
        kinds["notice"][room:] = [_Annotation("notice", {"title": _TITLE}, _remainder(left_out, len(every)))]
    return "".join(f"{_command(annotation)}\n" for ones in kinds.values() for annotation in ones[:MOST])


def _remainder(left_out: Counter[str], total: int) -> str:
    words = ", ".join(counted(number, kind) for kind, number in left_out.items() if number)
    return (
        f"{sum(left_out.values())} of {total} annotations are left out ({words}), since GitHub keeps {MOST} of each "
        "kind a step, and the gravest are kept; the text format and the job's summary have more"
    )


def _annotations(report: Report) -> Iterator[_Annotation]:
    for problem in report.errors:
        yield _Annotation("error", _of_problem(problem, report.root), problem.message)
    for notice in report.notices:
        yield _Annotation("notice", {"title": _TITLE}, notice)
    for finding in gravest_first(report.findings):
        message = _message(finding) + _suggested(report, finding)
        yield _Annotation(_KINDS[level_of(finding)], _of_finding(finding, report.root), message)


def _of_problem(problem: Problem, home: str) -> dict[str, str]:
    title = f"{_TITLE}: {'error' if problem.is_partial else 'could not be read'}"
    place = {"file": in_repository(problem.path, home), "line": str(problem.line), "col": str(problem.column)}
    return {**place, "title": title} if problem.path else {"title": title}


def _of_finding(finding: Finding, home: str) -> dict[str, str]:
    span, _ = places(finding)
    # The runner drops a column where the end is on another line.
    column = {"col": str(span.column)} if span.line == span.end_line else {}
    place = {"file": in_repository(span.path, home), "line": str(span.line), **column, "endLine": str(span.end_line)}
    return {**place, "title": finding.rule}


def _message(finding: Finding) -> str:
    _, related = places(finding)
    listed = [f"{one.span.path}:{one.span.line}: {one.message}" for one in related[:_RELATED]]
    more = len(related) - len(listed)
    return "\n".join([told(finding), *listed, *([f"and {counted(more, 'more place')}"] if more else [])])


def _suggested(report: Report, finding: Finding) -> str:
    """What a safe fix makes of the lines, behind the message; empty if there is none."""
    lines = suggested_lines(report, finding)
    if lines is None:
        return ""
    where = f"line {lines.first}" if lines.first == lines.last else f"lines {lines.first} to {lines.last}"
    return "\n".join(("", f"Suggested for {where} of {in_repository(lines.path, report.root)}:", *lines.lines))


def _command(annotation: _Annotation) -> str:
    properties = ",".join(f"{name}={_property(visible(value))}" for name, value in annotation.properties.items())
    message = "\n".join(visible(line) for line in annotation.message.split("\n"))
    shown = message if len(message) <= _LONGEST else message[: _LONGEST - 1] + "…"
    return f"::{annotation.kind} {properties}::{_data(shown)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
