"""Formats a line of a file for a finding: escaped, shortened, with the position marked below it."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible, width

WIDTH = 120
"""The maximum width of an excerpt in columns; plans and minified JSON have lines of megabytes."""
_BEFORE = 40
"""How many columns before the position are shown if the line is too long."""
_TAB = 4


def excerpt(line: str, span: Span) -> tuple[str, str]:
    """The line on which `span` starts, formatted, and the line of marks (^) to show below it.

    A span of several lines is marked to the end of its first line.
    """
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    first = _first(line, start)
    shown, marked = ["…"] if first else [], [" "] if first else []
    for index, cell in _cells(line, first):
        if width("".join(shown)) + width(cell) > WIDTH:
            shown.append("…")
            break
        shown.append(cell)
        marked.append(("^" if start <= index < end else " ") * width(cell))
    marks = "".join(marked).rstrip()
    # An empty value or the end of a line has no character to mark, so one column is marked.
    return "".join(shown).rstrip(), marks if "^" in marks else "".join(marked[: start - first + bool(first)]) + "^"


def _first(line: str, start: int) -> int:
    """The index of the first character to show: 0 if the line fits, else some columns before the position."""
    if len(line) <= WIDTH and sum(width(cell) for _, cell in _cells(line, 0)) <= WIDTH:
        return 0
    columns = 0
    for index in range(start - 1, -1, -1):
        columns += width(visible(line[index]))
        if columns > _BEFORE:
            return index + 1
    return 0


def _cells(line: str, first: int) -> Iterator[tuple[int, str]]:
    """Each character from index `first` on with its formatted text; a tab extends to the next tab stop."""
    column = 0
    for index in range(first, len(line)):
        character = line[index]
        cell = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        column += width(cell)
        yield index, cell
