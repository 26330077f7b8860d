"""Markdown for the comment of a pull request, and for the summary of a job in GitHub Actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape
from typing import TypeVar

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.comparison import only_now
from awslint_memo.reporters.rank import ranked
from awslint_memo.reporters.shown_findings import level_of, once, told
from awslint_memo.reporters.statistics import statistics_text
from awslint_memo.reporters.suggested_lines import SuggestedLines, fenced, suggested_lines
from awslint_memo.reporters.text import summary as counts

_Item = TypeVar("_Item")

MOST = 65_536
"""The maximum number of characters that GitHub takes in a comment; a character beyond 16 bits counts as two here."""

MOST_OF_SUMMARY = 1024 * 1024
"""The maximum size in bytes of the summary of a step in GitHub Actions:
https://github.com/actions/runner/blob/main/src/Runner.Worker/FileCommandManager.cs
"""

_RESERVE = 600
"""Characters that are kept for the sentences about what is left out, and for the ends of lists."""

_NAMED = 20
"""How many findings of a rule have their other places told, and how many places each."""

_TABLE = "| level | rule | place | finding |\n| --- | --- | --- | --- |\n"

_PUNCTUATION = re.compile(r"[\\`*\[\]|~$]|(?<![^\W_])_|_(?![^\W_])|^[#+=-]|(?<=^\d)[.)](?=\s)")
"""What is Markdown in a line or at its beginning; an underscore within a word is none."""

_LINKED = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=#)(?=\w)|(?<=GH)(?=-\d)", re.IGNORECASE)
"""Where GitHub and GitLab would see an address, a person or team to tell, or an issue."""

_LINE_ENDS = re.compile(r" *\n+ *")

_ADDRESS = re.compile(r"https://[\w./%~?&=+-]+(?:#[\w./%~-]*)?", re.ASCII)


def report(report: Report, look: Look) -> str:
    """A comment: a table of the findings, the gravest first, and what their rules say; what is too much is counted."""
    return _page(report, look, _Room(MOST, lambda text: len(text.encode("utf-16-le")) // 2))


def summary(report: Report, look: Look, most: int) -> str:
    """The same with at most so many bytes of UTF-8; empty if not even the counts fit."""
    text = _page(report, look, _Room(most, lambda text: len(text.encode())))
    return text if len(text.encode()) <= most else ""


class _Room:
    """How much may still be written. size: measures a text."""

    def __init__(self, most: int, size: Callable[[str], int]) -> None:
        self._left = most - _RESERVE
        self._size = size

    def take(self, items: Sequence[_Item], written: Callable[[_Item], str], share: float = 1) -> tuple[list[str], int]:
        """The texts of the first items that fit into a share of what is left, and the number of the other items.

        Those are not written, as there may be very many.
        """
        kept: list[str] = []
        left = self._left * share
        for item in items:
            text = written(item)
            size = self._size(text)
            left -= size
            if left < 0:
                break
            self._left -= size
            kept.append(text)
        return kept, len(items) - len(kept)


def _page(report: Report, look: Look, room: _Room) -> str:
    report = once(report)
    findings = ranked(report, report.findings)
    rules = {rule.id: rule for rule in report.rules}
    head, _ = room.take([report], lambda counted: f"### awslint-memo: {plain(counts(counted))}\n")
    parts = ["".join(head)]
    parts += _list("Not read, or not wholly", report.errors, partial(_unread, report), room, 0.3)
    parts += _list("Notes", report.notices, plain, room, 0.2)
    if findings:
        rows, left_out = room.take(findings, lambda finding: _row(finding, rules.get(finding.rule)), 0.9)
        parts.append(_TABLE + "".join(rows))
        if left_out:
            parts.append(f"{left_out} of {counted(len(findings), 'finding')} left out here, the least grave.\n")
    if look.statistics:
        parts += _list("Statistics", list(statistics_text(report)), plain, room, 0.5)
    parts += _suggestions(report, findings, room)
    parts += _details(findings, rules, room)
    return "\n".join(parts)


def _list(
    title: str, items: Sequence[_Item], written: Callable[[_Item], str], room: _Room, share: float
) -> Iterator[str]:
    kept, left_out = room.take(items, lambda item: f"- {written(item)}\n", share)
    more = f"- and {left_out} more, left out here\n" if left_out else ""
    if kept or more:
        yield f"**{title}**\n\n{''.join(kept)}{more}"


def _row(finding: Finding, rule: Rule | None) -> str:
    cells = (level_of(finding), _linked(finding.rule, rule), _place(finding.span), plain(told(finding)))
    return f"| {' | '.join(cells)} |\n"


def _unread(report: Report, problem: Problem) -> str:
    return f"{_place(problem.span)}: {plain(problem.message + only_now(problem, report))}"


def _suggestions(report: Report, findings: Sequence[Finding], room: _Room) -> list[str]:
    """The safe edits, each in a fence that a review shows as a suggestion for these lines."""
    known = [(finding, lines) for finding in findings if (lines := suggested_lines(report, finding)) is not None]
    kept, left_out = room.take(known, lambda pair: _suggestion(*pair), 0.5)
    more = f"{counted(left_out, 'more suggestion')} left out here; awslint-memo lint --fix makes them.\n"
    return [*kept, *([more] if left_out else [])]


def _suggestion(finding: Finding, lines: SuggestedLines) -> str:
    place = _place(replace(finding.span, path=lines.path, line=lines.last))
    return f"{plain(finding.rule)} {place}: {plain(lines.title)}\n\n{fenced(lines)}"


def _details(findings: list[Finding], rules: dict[str, Rule], room: _Room) -> list[str]:
    """What each rule says, folded, with the other places that its findings depend on."""
    names = dict.fromkeys(finding.rule for finding in findings)
    of_rule = {name: [finding for finding in findings if finding.rule == name and finding.related] for name in names}
    known = [name for name in names if name in rules]
    kept, left_out = room.take(known, lambda name: _detail(rules[name], of_rule[name]))
    more = f"{counted(left_out, 'more rule')} left out here; awslint-memo explain RULE says what each is about.\n"
    return [*kept, *([more] if left_out else [])]


def _detail(rule: Rule, findings: list[Finding]) -> str:
    lines = [f"<details><summary>{plain(rule.id)}: {plain(rule.title)}</summary>", ""]
    lines += [f"{plain(rule.reason)}\n"] if rule.reason else []
    lines += [f"What to do: {plain(rule.advice)}\n"] if rule.advice else []
    for finding in findings[:_NAMED]:
        places = "; ".join(f"{_place(each.span)} {plain(each.message)}" for each in finding.related[:_NAMED])
        more = f"; and {len(finding.related) - _NAMED} more" if len(finding.related) > _NAMED else ""
        lines.append(f"- {_place(finding.span)}: {places}{more}")
    lines += [f"- and {len(findings) - _NAMED} more"] if len(findings) > _NAMED else []
    return "\n".join([*lines, "", "</details>", ""])


def _linked(name: str, rule: Rule | None) -> str:
    is_link = rule is not None and rule.aws and _ADDRESS.fullmatch(rule.url)
    return f"[{plain(name)}]({rule.url})" if rule is not None and is_link else plain(name)


def _place(span: Span) -> str:
    return f"<code>{plain(f'{span.path}:{span.line}')}</code>"


def plain(text: str) -> str:
    """A text that is shown as it is, on one line: no markup, no link, and nobody is told of it."""
    # No visible text has the character NUL.
    parted = _LINKED.sub("\0", visible(_LINE_ENDS.sub(" ", text)).strip())
    shown = _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", escape(parted, quote=False))
    return shown.replace("\0", "<!-- -->")
