"""PyYAML, nodes that take a third of the memory of its own, and what these mean in CloudFormation's dialect.

PyYAML is imported without compiling its patterns: they are of its scanner in Python, and we use that of libyaml. One of
them, a set of all characters that may be printed, takes a tenth of the time of a small run.
"""

from __future__ import annotations

import sys
from operator import is_
from sys import intern
from typing import Any, ClassVar, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import compiled_late, regex
from awslint_memo.model.spelled import spelled
from awslint_memo.model.value import Scalar as ScalarValue
from awslint_memo.syntax.node import Content, Made, Node

__all__ = [
    "LIST", "MAP", "PLAIN", "QUOTED", "Listing", "Part", "Point", "Scalar", "Table",
    "are_same", "below", "column_of", "composed", "line_of", "position_of", "scalar", "tagged", "yaml",
]  # fmt: skip

with compiled_late("yaml"):
    import yaml


PLAIN, QUOTED = "plain", "quoted"
"""The tags of scalars that have none of their own."""

MAP, LIST = "map", "list"
"""The tags of others."""

_BOOLEANS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_CORE = "tag:yaml.org,2002:"
"""How tags begin that YAML itself has, such as !!int."""

_FIRSTS = frozenset("+-.0123456789")
_NUMBER = regex(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?")


Point: TypeAlias = int
"""A point in a text: its line and its column, both from 0, in one number. Of two, the smaller one is first."""

_BITS = 30
"""A file has fewer characters, so that each point is an integer of two of Python's digits."""
_COLUMN = (1 << _BITS) - 1


def line_of(point: Point) -> int:
    """The number of its line, from 0."""
    return point >> _BITS


def column_of(point: Point) -> int:
    """The number of its column, from 0."""
    return point & _COLUMN


def position_of(point: Point, down: int = 0) -> tuple[int, int]:
    """The line and column of what is `down` lines below a point."""
    return line_of(point) + 1 + down, column_of(point) + 1


def below(point: Point, lines: int) -> Point:
    """The point so many lines below another one."""
    return point + (lines << _BITS)


class Part:
    """A node of a YAML text, made of what PyYAML gives its own nodes. tag: as the loader says it."""

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


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Composes nodes without PyYAML's guesses at types: we only need to know whether a scalar is quoted."""

    descend_resolver = staticmethod(is_)
    ascend_resolver = staticmethod(tuple)
    """PyYAML calls these at each node for resolvers by path, which nobody adds: they take arguments and do nothing."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """The tag of a node that has none."""
        if kind is Scalar or kind is yaml.ScalarNode:
            return PLAIN if implicit[0] else QUOTED
        return MAP if kind is Table or kind is yaml.MappingNode else LIST


_COMPOSER = sys.modules.get("yaml._yaml")
"""Where PyYAML composes nodes of what libyaml reads."""

_OURS = {"ScalarNode": Scalar, "SequenceNode": Listing, "MappingNode": Table}
_ITS = {name: getattr(_COMPOSER, name, None) for name in _OURS}


def composed(text: str, source: Source) -> Part | None:
    """The root node of a text; None if it has none. source: the file that the text is of, or is a part of.

    Raises RecursionError, and errors of PyYAML.
    """
    threading = sys.modules.get("threading")
    is_alone = threading is None or threading.active_count() == 1
    if is_alone and None not in _ITS.values() and not source.has_odd_line_ends:
        root = _composed_as_ours(text)
        if root is not None:
            return root
    theirs = yaml.compose(text, Loader=_Loader)
    return None if theirs is None else converted(theirs, source)


def _composed_as_ours(text: str) -> Part | None:
    """The root node, for which PyYAML made our nodes instead of its own; None if it can't, also for an error.

    To make them of its own was 3 % of the instructions of a run of 467 resources. Nobody else may compose meanwhile.
    """
    space = vars(_COMPOSER)
    space.update(_OURS)
    try:
        root = yaml.compose(text, Loader=_Loader)
    except (yaml.YAMLError, AttributeError):
        return None  # Some of its errors ask nodes for their marks.
    finally:
        space.update(_ITS)
    return root if isinstance(root, Part) else None


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


def tagged(tag: str, bare: Node) -> Content:
    """What a node with a tag such as !Ref stands for: its long form."""
    if tag in ("Ref", "Condition"):
        return {tag: bare}
    if tag == "GetAtt" and isinstance(bare.content, str):
        resource, _, attribute = bare.content.partition(".")
        return {"Fn::GetAtt": Made([Made(resource, bare), Made(attribute, bare)], bare)}
    return {f"Fn::{tag}": bare}


def scalar(node: Scalar) -> ScalarValue:
    """The value of a scalar."""
    written: str = node.value
    # The argument of a short tag is a name or text, even if it looks like a number.
    if node.tag != PLAIN:
        return _of_core_tag(node.tag, written) if node.tag.startswith(_CORE) else written
    if written in ("", "~", "null", "Null", "NULL"):
        return None
    if written.lower() in _BOOLEANS and written in (written.lower(), written.upper(), written.title()):
        return _BOOLEANS[written.lower()]
    return _number(written) if written[0] in _FIRSTS else written


def _of_core_tag(tag: str, written: str) -> ScalarValue:
    """The value of a scalar with a tag of YAML's own, such as !!int. What it can't be is a text."""
    kind = tag.removeprefix(_CORE)
    if kind == "bool":
        return {"y": True, "n": False, **_BOOLEANS}.get(written.lower(), written)
    if kind == "null":
        return None
    return _number(written) if kind in ("int", "float") and written else written


def _number(written: str) -> int | float | str:
    """The number, or its text if it is none or Python would write it differently (8.10, +5); Value.number converts
    both."""
    if len(written) > 300 or not _NUMBER.fullmatch(written):
        return spelled(written)
    number = int(written) if written.lstrip("-+").isdigit() else float(written)
    return number if str(number) == written else spelled(written)


def are_same(one: Part, other: Part) -> bool:
    """Whether two nodes are written with the same tags, keys and values, if perhaps with other quotation marks."""
    pending, seen = [(one, other)], set[tuple[int, int]]()
    while pending:
        one, other = pending.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        if isinstance(one, Scalar) and isinstance(other, Scalar):
            if not _are_same_scalars(one, other):
                return False
            continue
        if one.kind != other.kind or one.tag != other.tag or len(one.value) != len(other.value):
            return False
        seen.add((id(one), id(other)))  # With anchors, a short text may be a very large tree.
        for pair in zip(one.value, other.value, strict=True):
            pending += [pair] if isinstance(one, Listing) else zip(*pair, strict=True)
    return True


def _are_same_scalars(one: Scalar, other: Scalar) -> bool:
    if one.tag == other.tag:
        return bool(one.value == other.value)
    # Quotation marks make another tag, but the same text.
    return not any(node.tag.startswith("!") for node in (one, other)) and repr(scalar(one)) == repr(scalar(other))
