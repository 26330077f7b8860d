"""Where something stands in a file."""

from __future__ import annotations

from typing import Protocol

from awslint_memo.model.record import record


class Place(Protocol):
    """Anything that can say where it stands; JSON works its positions out only when asked."""

    @property
    def span(self) -> Span:
        """The stretch of text."""


@record(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text: lines and columns count from 1, in characters; the end is one past the last character."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def span(self) -> Span:
        """Itself, so that a span is a place."""
        return self


@record
class Problem(Exception):
    """Why a file could not be looked at: one sentence that says what to do, and where."""

    message: str
    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"
