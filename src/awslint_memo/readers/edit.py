"""What an edit of a template changes: facts that checks may have read, and the lines on which everything stands."""

from __future__ import annotations

import sys
from typing import TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.syntax.difference import difference

Fact: TypeAlias = "tuple[str, str]"
"""What a check may read: a property of a resource, by their names (under no property: anything that the resource says),
and NAME, TYPE and ALL with what they are about. No resource has a name that begins with a colon."""

NAME, TYPE, ALL = ":name", ":type", ":all"
"""Whether there is something of a name, the resources of a type, and all resources."""


@record(frozen=True)
class Edit:
    """What may be different after an edit, and how it moves what stands behind it.

    subjects: the resources of which anything may be different. touched: the others with lines that are. first, last:
    the lines of the old text in which something is different. down: by how many lines the following ones move.
    same_units: whether the resources have the same names and types as before.
    """

    facts: frozenset[Fact]
    subjects: frozenset[str]
    touched: frozenset[str]
    first: int
    last: int
    down: int
    path: str
    same_units: bool = True

    def moved(self, span: Span) -> Span | None:
        """Where a range of the old text is now; None if it is not certain, since it is near the change."""
        if span.path != self.path or span.end_line < self.first:
            return span
        if span.line <= self.last:
            return None
        return Span(span.path, span.line + self.down, span.column, span.end_line + self.down, span.end_column)


def no_edit(path: str) -> Edit:
    """An edit that changes nothing."""
    return Edit(frozenset(), frozenset(), frozenset(), sys.maxsize, sys.maxsize, 0, path)


@record(frozen=True)
class Change:
    """Where two texts differ: the first line, the last one of the old text, and the last one of the new text.

    old, new: the offsets between which the texts differ.
    """

    first: int
    last: int
    last_after: int
    old: tuple[int, int]
    new: tuple[int, int]

    @property
    def down(self) -> int:
        """By how many lines the following ones move."""
        return self.last_after - self.last

    def touches(self, first: int, last: int) -> bool:
        """Whether lines of the old text are some of those that differ."""
        return first <= self.last and self.first <= last

    def touches_after(self, first: int, last: int) -> bool:
        """Whether lines of the new text are some of those that differ."""
        return first <= self.last_after and self.first <= last

    def moves(self, before: tuple[int, int], after: tuple[int, int]) -> bool:
        """Whether lines that do not differ stand where the change has moved them."""
        down = self.down if before[0] > self.last else 0
        return (before[0] + down, before[1] + down) == after


def change_between(before: Source, after: Source) -> Change:
    """Where two files differ, which do."""
    start, end, end_after = difference(before.text, after.text)
    first, last = before.position(start)[0], before.position(end)[0]
    return Change(first, last, after.position(end_after)[0], (start, end), (start, end_after))
