"""Positions in files, and Problem, the error for input that can't be processed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from awslint_memo.model.record import record


class Place(Protocol):
    """Anything with a position. An interface, because positions in JSON are computed only on request."""

    @property
    def span(self) -> Span:
        """The range of text."""


@record(frozen=True, slots=True, order=True)
class Span:
    """A range of text. Lines and columns are from 1, in characters; the end is one past the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """The span itself, so that it is a Place."""
        return self


@record(frozen=True)
class LeftOut:
    """Resources that were not judged: the names of the first ones, and how many there are (None: not known)."""

    names: tuple[str, ...]
    count: int | None

    @classmethod
    def of(cls, names: Iterable[str], *, is_more: bool = False) -> LeftOut:
        """Those of these names. is_more: whether there are others, which nobody counts."""
        first, count = [], 0
        for count, name in enumerate(names, 1):
            if count <= MOST_LEFT_OUT:
                first.append(name)
        return cls(tuple(first), None if is_more else count)


MOST_LEFT_OUT = 20
"""How many of the resources that were not judged are named."""


@record
class Problem(Exception):
    """An error in the user's input: one sentence that says what is wrong and what to do, and its position.

    is_partial: whether the file was read and judged nevertheless, but for the part at the position. left_out: the
    resources that were not judged for it, if they are known. hides: whether something at the position was not read, so
    that there may be more than is known.
    """

    message: str
    path: str
    line: int = 1
    column: int = 1
    is_partial: bool = False
    left_out: LeftOut | None = None
    hides: bool = True

    @property
    def span(self) -> Span:
        """The position as a span without a length."""
        return Span(self.path, self.line, self.column, self.line, self.column)

    def tell(self, message: str) -> None:
        """Have it told in these words, and no more raised: where it was raised holds all that the run had."""
        self.message = message
        self.__traceback__ = self.__cause__ = self.__context__ = None

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"
