"""What an edit of a template changes: facts that checks may have read, and the lines on which everything stands."""

from __future__ import annotations

import sys
from typing import Any, Protocol, TypeAlias, TypeVar

from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.syntax.difference import difference

Fact: TypeAlias = "tuple[str, str]"
"""What a check may read: a property of a resource, by their names (under no property: anything that the resource says),
and NAME, TYPE, ALL and EVERYTHING with what they are about. No resource has a name that begins with a colon."""

NAME, TYPE, ALL, EVERYTHING = ":name", ":type", ":all", ":everything"
"""Whether there is something of a name, the resources of a type, all resources, and which properties one has."""


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


W = TypeVar("W", bound="Written[Any]", contravariant=True)


class Written(Protocol[W]):
    """A template as a run has read it, to be compared with what a later run reads."""

    @property
    def has_own_lines(self) -> bool:
        """Whether the values of each resource depend on its own lines only."""

    @property
    def is_settled(self) -> bool:
        """Whether the checks so far met nothing in which deployments differ without a question that is noted."""

    def edit_from(self, before: W) -> Edit | None:
        """The edit that leads here from an earlier text; None if it changes more than resources."""


def no_edit(path: str) -> Edit:
    """An edit that changes nothing."""
    return Edit(frozenset(), frozenset(), frozenset(), sys.maxsize, sys.maxsize, 0, path)


def moving_only(change: Change, path: str) -> Edit:
    """An edit of which it is not told yet what it changes, but how it moves lines."""
    return Edit(frozenset(), frozenset(), frozenset(), change.first, change.last, change.down, path)


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
    """Where two files differ, which do.

    Where whole lines differ, the last line above them that is no comment counts too: what ends there may have other
    comments or blank lines at its end.
    """
    start, end, end_after = difference(before.text, after.text)
    first, last = before.position(start)[0], before.position(end)[0]
    if not before.lines[first - 1 : first] or not before.text[before.offset(first, 1) : start].strip():
        first = next((above for above in range(first - 1, 0, -1) if _says_something(before.lines[above - 1])), first)
    return Change(first, last, after.position(end_after)[0], (start, end), (start, end_after))


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(("#", "//"))
