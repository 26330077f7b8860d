"""The nodes of a YAML text, in a quarter of the memory of PyYAML's, each of which has two marks.

A point in the text is a number: its line and its column, both from 0, in one. The constructors take what PyYAML gives
those of its own nodes.
"""

from __future__ import annotations

from sys import intern
from typing import Any, ClassVar, TypeAlias

from awslint_memo.files.source import Source

Point: TypeAlias = int
"""Of two, the smaller one is first."""

_BITS = 30
"""A file has fewer characters, so that each point is an integer of two of Python's digits."""
_COLUMN = (1 << _BITS) - 1


def line_of(point: Point) -> int:
    """The number of its line, from 0."""
    return point >> _BITS


def column_of(point: Point) -> int:
    """The number of its column, from 0."""
    return point & _COLUMN


def below(point: Point, lines: int) -> Point:
    """The point so many lines below another one."""
    return point + (lines << _BITS)


class Part:
    """A node of a YAML text. tag: as the loader gives it. start, end: where it stands."""

    __slots__ = ("end", "start", "tag", "value")
    kind: ClassVar[str]
    tag: str
    value: Any
    start: Point
    end: Point


class Scalar(Part):
    """A text, without quotation marks."""

    __slots__ = ()
    kind = "text"
    value: str

    def __init__(self, tag: str, value: str, start_mark: Any, end_mark: Any, _style: object = None) -> None:
        self.tag = intern(tag)
        self.value = value
        self.start = start_mark.line << _BITS | start_mark.column
        self.end = end_mark.line << _BITS | end_mark.column


class _Collection(Part):
    """A list or a mapping. PyYAML sets its end when it has read what is in it."""

    __slots__ = ("is_flow",)

    def __init__(self, tag: str, value: list[Any], start_mark: Any, _end: object, flow_style: bool | None) -> None:
        self.tag = intern(tag)
        self.value = value
        self.start = start_mark.line << _BITS | start_mark.column
        self.is_flow = flow_style is True

    def _set_end(self, mark: Any) -> None:
        self.end = mark.line << _BITS | mark.column

    end_mark = property(None, _set_end)


class Listing(_Collection):
    """A sequence."""

    __slots__ = ()
    kind = "list"
    value: list[Part]


class Table(_Collection):
    """A mapping. is_flow: whether it is in braces."""

    __slots__ = ()
    kind = "table"
    value: list[tuple[Part, Part]]

    def emptied(self, end: Point) -> Table:
        """The mapping without its entries, which ends at another point."""
        made = Table.__new__(Table)
        made.tag, made.value, made.start, made.end, made.is_flow = self.tag, [], self.start, end, self.is_flow
        return made


class _Mark:
    """Where a character stands in an editor, as PyYAML says it."""

    def __init__(self, line: int, column: int) -> None:
        self.line = line - 1
        self.column = column - 1


def converted(root: Any, source: Source) -> Part:
    """The nodes that PyYAML composed of a text, which are used up. What an alias names stays one node with it."""
    pending: list[list[Any]] = []
    whole = _converted(root, source, pending)
    while pending:
        items = pending.pop()
        for index, item in enumerate(items):
            parts = [_converted(node, source, pending) for node in (item if isinstance(item, tuple) else (item,))]
            items[index] = tuple(parts) if isinstance(item, tuple) else parts[0]
    return whole


def _converted(node: Any, source: Source, pending: list[list[Any]]) -> Part:
    """The node for one of PyYAML's, which holds it from then on."""
    if isinstance(node.start_mark, Part):
        return node.start_mark
    start, end = node.start_mark, node.end_mark
    if source.has_odd_line_ends:
        start, end = (_Mark(*source.position(mark.index)) for mark in (start, end))
    made: Part
    if node.id == "scalar":
        made = Scalar(node.tag, node.value, start, end)
    else:
        kind = Listing if node.id == "sequence" else Table
        made = kind(node.tag, node.value, start, None, node.flow_style)
        made.end_mark = end
        pending.append(node.value)
    node.start_mark = made
    return made
