"""Positions of the protocol: lines and characters from 0, characters in the units that the client counts in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from awslint_memo.model.span import Span

Extent: TypeAlias = "tuple[int, int, int, int]"
"""A range of the protocol: line and character of its beginning, and of its end."""


class Positions:
    """Converts between places in files and positions. lines: gives the lines of a file."""

    def __init__(self, codec: PositionCodec, lines: Callable[[str], Sequence[str]]) -> None:
        self._codec = codec
        self._lines = cache(lines)

    def extent(self, span: Span) -> Extent:
        """The range of a span, as numbers."""
        lines = self._lines(span.path)
        return (*self._position(lines, span.line, span.column), *self._position(lines, span.end_line, span.end_column))

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return range_of(self.extent(span))

    def whole(self, path: str) -> Range:
        """The range of all of a file."""
        lines = self._lines(path)
        last = lines[-1] if lines else ""
        return Range(Position(0, 0), Position(max(len(lines) - 1, 0), self._units(last)))

    def _position(self, lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        before = text[: column - 1] if column > 0 else ""
        return (line - 1 if line > 0 else 0), self._units(before)

    def _units(self, text: str) -> int:
        # Nearly every line is ASCII, and the codec looks at each character.
        return len(text) if text.isascii() else self._codec.client_num_units(text)


def range_of(extent: Extent) -> Range:
    """A range by its numbers."""
    return Range(Position(*extent[:2]), Position(*extent[2:]))


def overlaps(one: Extent, other: Range) -> bool:
    """Whether two ranges touch each other."""
    start, end = other.start, other.end
    return one[:2] <= (end.line, end.character) and (start.line, start.character) <= one[2:]
