"""Plain lines for coding agents, which have little room: the gravest findings, safe edits, and counts of the rest.

Each finding is one line, with its remedy (`do`) below it. `edit` gives a range of a file (lines and columns from 1, the
end behind the last character) and, as a JSON text, what takes its place. All edits of a report can be made together: a
second look has proved that they end their findings and bring no others. The numbers of findings that are shown and of
those that are only counted add up to all.
"""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted, is_plain, quoted
from awslint_memo.model.record import replace
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.comparison import lines as changed
from awslint_memo.reporters.comparison import only_now
from awslint_memo.reporters.rank import ranked
from awslint_memo.reporters.shown_findings import level_of, told
from awslint_memo.reporters.text import summary

MOST_BYTES = 8_000
"""The size of the output without --verbose; clients of agents cut or refuse long ones."""
_OF_A_RULE = 3
"""How many findings of a rule are shown without --verbose."""
_OTHERS = 5
"""How many errors, notices, and lines about what changed are shown without --verbose."""
_LONGEST = 1_000
"""Characters of an edit's text that are shown without --verbose; a longer one is left to --fix."""
_WIDEST = 300
"""Characters of an error or notice that are shown without --verbose."""
_REST = 1_500
"""Bytes that are kept for the counts of what is not shown."""


def report(report: Report, look: Look) -> str:
    """The report for an agent."""
    head = [summary(report), *_errors(report, look)]
    room = MOST_BYTES - _REST - sum(_size(line) for line in head)
    shown: list[Finding] = []
    left_out: list[Finding] = []
    of_rule: Counter[str] = Counter()
    for finding in ranked(report, report.findings):
        is_wanted = look.verbose or (room > 0 and of_rule[finding.rule] < _OF_A_RULE)
        lines = list(_lines(finding, report, look)) if is_wanted else []
        size = sum(map(_size, lines))
        if lines and (look.verbose or size <= room):
            shown.append(finding)
            room -= size
            of_rule[finding.rule] += 1
        else:
            left_out.append(finding)
            # What is less grave is not shown where something graver found no room.
            room = 0 if lines else room
    fixable = report.prove([each for finding in shown for each in (finding, *finding.others)])
    proved = None if fixable is None else {id(finding) for finding in fixable}
    lines_shown = [line for finding in shown for line in _lines(finding, report, look, proved, is_final=True)]
    return "".join(f"{visible(line)}\n" for line in (*head, *lines_shown, *_counts(left_out), *_changes(report, look)))


def _size(line: str) -> int:
    return len(visible(line).encode()) + 1


def _errors(report: Report, look: Look) -> Iterator[str]:
    """What was not looked at, which no finding tells."""
    most = None if look.verbose else _OTHERS
    sentences = [
        f"could not check {quoted(problem.path)}:{problem.line}: {problem.message}{only_now(problem, report)}"
        for problem in report.errors[:most]
    ]
    every_path = [*(finding.path for finding in report.findings), *(problem.path for problem in report.errors)]
    paths = {path for path in every_path if not is_plain(path)}
    sentences += [f"note: {_with_quoted(paths, notice)}" for notice in report.notices[:most]]
    yield from (line if most is None or len(line) <= _WIDEST else line[: _WIDEST - 1] + "…" for line in sentences)
    for number, noun in ((len(report.errors), "error"), (len(report.notices), "note")):
        if most is not None and number > most:
            yield f"and {counted(number - most, f'more {noun}')}"


def _with_quoted(paths: Iterable[str], notice: str) -> str:
    for path in paths:
        notice = notice.replace(path, quoted(path))
    return notice


def _lines(
    finding: Finding, report: Report, look: Look, proved: Container[int] | None = None, *, is_final: bool = False
) -> Iterator[str]:
    """A finding and its edits. proved: the identities of the findings that have some; None: not known.

    is_final: whether that will not be known, so that the command is named which proves what it writes.
    """
    span = finding.span
    message, remedy = _apart(finding)
    yield f"{level_of(finding)} {finding.rule} {quoted(finding.path)}:{span.line}:{span.column} {message}"
    if remedy:
        yield f"  do: {remedy}"
    for related in finding.related[:2]:
        yield f"  see {quoted(related.span.path)}:{related.span.line}: {related.message}"
    # What is told together has a fix each.
    suggestions = [(repeat, report.suggest(repeat)) for repeat in (finding, *finding.others)]
    fixes = [(finding, fix) for finding, fix in suggestions if fix is not None and not fix.refused]
    yield from dict.fromkeys(
        f"  no edit: a person should decide, as the fix {fix.unsafe}" for _, fix in fixes if fix.unsafe
    )
    safe = [fix for finding, fix in fixes if not fix.unsafe and (proved is None or id(finding) in proved)]
    edits = dict.fromkeys(edit for fix in safe for edit in fix.edits)
    texts = [json.dumps(edit.text) for edit in edits]
    is_unproved = is_final and proved is None and bool(texts)
    if is_unproved or (not look.verbose and sum(map(len, texts)) > _LONGEST):
        yield f"  edit: awslint-memo lint --fix --select {finding.rule} {shlex.quote(finding.path)}"
        return
    for edit, text in zip(edits, texts, strict=True):
        at = edit.span
        yield f"  edit {quoted(at.path)} {at.line}:{at.column}-{at.end_line}:{at.end_column} {text}"


def _apart(finding: Finding) -> tuple[str, str]:
    """The message of a finding and its remedy, each by itself; the remedy is empty where none stands apart."""
    before, remedy, after = finding.message.rpartition(f"; {finding.do}") if finding.do else ("", "", "")
    if not remedy:
        return told(finding), ""
    return told(replace(finding, message=before + after)), finding.do


def _counts(left_out: Sequence[Finding]) -> Iterator[str]:
    if not left_out:
        return
    more = "the same command with --select RULE --verbose shows those of"
    yield f"{counted(len(left_out), 'finding')} not shown; {more}:"
    kinds = Counter((level_of(finding), finding.rule) for finding in left_out)
    room = _REST - 200
    for number, ((level, rule), count) in enumerate(kinds.items()):
        line = f"  {level} {rule} {count}"
        room -= _size(line)
        if room < 0:
            rest = list(kinds.values())[number:]
            yield f"  and {sum(rest)} of {counted(len(rest), 'more rule')}"
            return
        yield line


def _changes(report: Report, look: Look) -> Iterator[str]:
    """What is mended, newly suppressed or without a resource: the last two are not mended."""
    if report.against is None:
        return
    lines = list(changed(report.against, is_verbose=look.verbose))
    most = len(lines) if look.verbose else _OTHERS
    yield from lines[:most]
    if len(lines) > most:
        yield f"and {counted(len(lines) - most, 'more change')}"
