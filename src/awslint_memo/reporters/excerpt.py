"""A line of a file as it is shown: harmless, cut to what fits, with the place marked below it."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible, width

WIDTH = 120
"""Columns that the excerpt of a line takes at most; plans and minified JSON are one line of megabytes."""
_BEFORE = 40
"""Columns that are shown before the place where the line does not fit."""
_TAB = 4


def excerpt(line: str, span: Span) -> tuple[str, str]:
    """The line of a file on which `span` starts, as it is shown, and the line of marks that belongs below it.

    A span over several lines marks the first of them to its end.
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
    # An empty value or the end of a line has no character to mark, but a place all the same.
    return "".join(shown).rstrip(), marks if "^" in marks else "".join(marked[: start - first + bool(first)]) + "^"


def _first(line: str, start: int) -> int:
    """The index from which a line is shown: 0 if it fits, else some columns before the place."""
    if len(line) <= WIDTH and sum(width(cell) for _, cell in _cells(line, 0)) <= WIDTH:
        return 0
    columns = 0
    for index in range(start - 1, -1, -1):
        columns += width(visible(line[index]))
        if columns > _BEFORE:
            return index + 1
    return 0


def _cells(line: str, first: int) -> Iterator[tuple[int, str]]:
    """The characters from `first` on as they are shown; a tab reaches to the next of its stops."""
    column = 0
    for index in range(first, len(line)):
        character = line[index]
        cell = " " * (_TAB - column % _TAB) if character == "\t" else visible(character)
        column += width(cell)
        yield index, cell
