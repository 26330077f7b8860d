"""The page of a rule as text for a terminal, and what a run reports of a rule's example."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from awslint_memo.judging.examples import Example
from awslint_memo.judging.report import Report
from awslint_memo.manual.page import Block, Heading, Listing, Page, Quote
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible, visible_lines, width
from awslint_memo.reporters.text import findings

_USUAL = 88
"""Columns of paragraphs where no terminal says how many it has."""

_COLORS = {"error": "1;31", "warning": "33", "advice": "36", "heading": "1", "quote": "32"}
_LEVEL = re.compile(r"\b(error|warning|advice)(?=\[)")


@record(frozen=True)
class Screen:
    """Where a page is shown.

    columns: 0 if that is no terminal; lines of output are then as long as they are. shows_original: whether the memo's
    words are shown in Japanese too, which not every console has the characters for.
    """

    columns: int = 0
    is_colored: bool = False
    shows_original: bool = False

    def painted(self, text: str, color: str) -> str:
        """A text in a colour, if there are any."""
        return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if self.is_colored else text


def page_text(page: Page, screen: Screen | None = None) -> str:
    """The page for a terminal. Nothing in it controls that, but for colours."""
    screen = screen or Screen()
    rule = page.rule
    level = screen.painted(rule.level, rule.level)
    head = f"{screen.painted(visible_lines(rule.id), 'heading')} ({level})\n{_filled(rule.title, '', screen)}"
    return "\n\n".join([head, *(_block(block, screen) for block in page.blocks)]) + "\n"


def _block(block: Block, screen: Screen) -> str:
    if isinstance(block, Heading):
        return screen.painted(visible_lines(block.text).upper(), "heading")
    if isinstance(block, Quote):
        english = [_filled(block.english, "  ", screen)] if block.english else []
        if english and not screen.shows_original:
            return english[0]
        quoted = visible_lines("\n".join(_wide(f"「{block.text}」", screen)))
        return "\n".join([screen.painted(quoted, "quote"), *english])
    if isinstance(block, Listing):
        return _listing(block, screen)
    return _filled(block.text, "  ", screen)


def _listing(block: Listing, screen: Screen) -> str:
    lines = block.text.split("\n")
    if block.language == "text" and screen.columns:
        lines = [part for line in lines for part in _folded(line, screen.columns - 4)]
    lines = visible_lines("\n".join(lines)).split("\n")
    if block.language == "text":
        lines = [_LEVEL.sub(lambda match: screen.painted(match[1], match[1]), line) for line in lines]
    return textwrap.indent("\n".join(lines), "    ")


def _folded(line: str, columns: int) -> list[str]:
    """The parts of a line of output; the source lines that it shows stay whole."""
    if len(line) <= columns or "[" not in line:
        return [line]
    return textwrap.wrap(line, max(columns, 20), subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _wide(text: str, screen: Screen) -> Iterator[str]:
    """The lines of a text that has no blanks, such as Japanese, whose characters take two columns."""
    room, line, used = (screen.columns or 10_000) - 2, "", 0
    for character in text:
        columns = width(character)
        if line and used + columns > room:
            yield f"  {line}"
            line, used = "", 0
        line, used = line + character, used + columns
    yield f"  {line}"


def _filled(words: str, indent: str, screen: Screen) -> str:
    columns = min(screen.columns or _USUAL, _USUAL)
    wrapper = textwrap.TextWrapper(
        columns, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
    # What is harmless in the middle of a line may be a command at the start of one.
    return visible_lines(wrapper.fill(words))


def example_output(example: Example) -> str:
    """What a run reports of an example of a rule, as a terminal shows it."""
    try:
        report = Report(example.findings(), lines=example.lines)
    except Problem as problem:
        return visible(str(problem))
    return "\n".join(findings(report, Look())).rstrip("\n")
