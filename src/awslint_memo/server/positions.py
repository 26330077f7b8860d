"""Positions of the protocol: lines and characters from 0, characters in the units that the client counts in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from lsprotocol.types import Position, Range
from pygls.workspace import PositionCodec

from awslint_memo.model.span import Span


class Positions:
    """Converts between places in files and positions. lines: gives the lines of a file."""

    def __init__(self, codec: PositionCodec, lines: Callable[[str], Sequence[str]]) -> None:
        self._codec = codec
        self._lines = cache(lines)

    def range(self, span: Span) -> Range:
        """The range of a span."""
        return Range(
            self._position(span.path, span.line, span.column), self._position(span.path, span.end_line, span.end_column)
        )

    def whole(self, path: str) -> Range:
        """The range of all of a file."""
        lines = self._lines(path)
        last = lines[-1] if lines else ""
        return Range(Position(0, 0), Position(max(len(lines) - 1, 0), self._units(last)))

    def _position(self, path: str, line: int, column: int) -> Position:
        lines = self._lines(path)
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return Position(max(line - 1, 0), self._units(text[: max(column - 1, 0)]))

    def _units(self, text: str) -> int:
        # Nearly every line is ASCII, and the codec looks at each character.
        return len(text) if text.isascii() else self._codec.client_num_units(text)


def overlaps(one: Range, other: Range) -> bool:
    """Whether two ranges touch each other."""
    return one.start <= other.end and other.start <= one.end
