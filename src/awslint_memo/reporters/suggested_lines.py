"""The lines that a safe fix makes of others, for formats that show a change: whole lines, none with a secret."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.fixes.suggestion import TextEdit
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.line_secrets import hidden_in, secrets_of

MOST = 20
"""Lines that a suggestion takes the place of, and lines that it has, at most."""

LONGEST = 4_000
"""Characters of these lines together, at most: of a template in one line, nobody reads what changes in it, and each of
its findings would have the whole template."""


@record(frozen=True, slots=True)
class SuggestedLines:
    """The first and the last line of a file that are replaced, from 1, what takes their place, and what it does."""

    path: str
    first: int
    last: int
    lines: Sequence[str]
    title: str


def suggested_lines(report: Report, finding: Finding) -> SuggestedLines | None:
    """What a safe fix of one file makes of its lines; None where there is none, or it is too long or shows a secret."""
    suggestion = report.suggest(finding) if finding.fix is not None and not finding.fix.unsafe else None
    if suggestion is None or not suggestion.edits or len({edit.span.path for edit in suggestion.edits}) > 1:
        return None
    path, edits = suggestion.edits[0].span.path, suggestion.edits
    first, last = min(edit.span.line for edit in edits), max(edit.span.end_line for edit in edits)
    lines = report.lines(path)
    if last - first >= MOST or last > len(lines) or sum(map(len, lines[first - 1 : last])) > LONGEST:
        return None
    if any(
        span.line <= last and span.end_line >= first for span in hidden_in(path, lines, report.secrets.get(path, ()))
    ):
        return None
    if any(secrets_of(lines, index) for index in range(first - 1, last)):
        return None
    made = _made(lines[first - 1 : last], first, edits)
    return SuggestedLines(path, first, last, made, suggestion.title) if len(made) <= MOST else None


def fenced(suggested: SuggestedLines) -> str:
    """The lines in the fence that GitHub and GitLab take for a suggestion of a review."""
    text = "\n".join(map(visible, suggested.lines))
    marks = "```"
    while marks in text:
        marks += "`"
    above = suggested.last - suggested.first
    return f"{marks}suggestion:-{above}+0\n{text}\n{marks}\n" if above else f"{marks}suggestion\n{text}\n{marks}\n"


def _made(lines: Sequence[str], first: int, edits: Sequence[TextEdit]) -> list[str]:
    """The lines after the edits, each without its line end."""
    text = "\n".join(line.rstrip("\r\n") for line in lines)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line.rstrip("\r\n")) + 1)
    for edit in sorted(edits, key=lambda one: (one.span.line, one.span.column), reverse=True):
        start = starts[edit.span.line - first] + edit.span.column - 1
        end = starts[edit.span.end_line - first] + edit.span.end_column - 1
        text = text[:start] + edit.text.replace("\r\n", "\n") + text[end:]
    return text.split("\n")
