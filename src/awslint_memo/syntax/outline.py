"""What a file is made of, line by line: keys and items, blocks and arguments, one inside of the other.

It answers what a comment stands in. A part is looked into when somebody asks for a line of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.syntax.node import Node

_MARKS = ("#", "//")


@record(frozen=True, eq=False)
class Part:
    """A key with its value, an item of a list, a block or an argument.

    is_item: a list's item, or one of several blocks of a name. is_section: what is in it has nothing to do with each
    other, such as resources or locals. is_flat: what stands in it belongs to the part around it. node: its value, of
    YAML and JSON.
    """

    name: str
    span: Span
    last: int
    inside: Callable[[], Sequence[Part]] = tuple
    is_item: bool = False
    is_section: bool = False
    is_flat: bool = False
    node: Node | None = None

    @property
    def first(self) -> int:
        """Its first line."""
        return self.span.line

    @property
    def lines(self) -> range:
        """Its lines."""
        return range(self.first, self.last + 1)

    @cached_property
    def parts(self) -> Sequence[Part]:
        """What is in it, in the order of the lines."""
        return sorted(self.inside(), key=lambda part: (part.first, part.last))

    @cached_property
    def _firsts(self) -> Sequence[int]:
        return [part.first for part in self.parts]

    def around(self, line: int) -> list[Part]:
        """The parts that a line is in, the outermost first. Of several that begin on one line, the last one counts."""
        parts: list[Part] = []
        here = self
        while True:
            number = bisect_right(here._firsts, line) - 1
            if number < 0 or here.parts[number].last < line:
                return parts
            here = here.parts[number]
            parts.append(here)


NOTHING = Part("", Span("", 1, 1, 1, 1), 0)
"""The outline of a file without comments."""


def of_node(node: Node, lines: Sequence[str], depth: int = 0) -> Part:
    """The outline of a CloudFormation template, or of another file of nodes.

    depth: how many keys the node is below those of the file.
    """
    return Part("", node.span, len(lines), lambda: list(_children(node, node.span, lines, depth)), node=node)


def _children(node: Node, span: Span, lines: Sequence[str], depth: int) -> Iterator[Part]:
    content = node.content
    if isinstance(content, list):
        for item in content:
            yield from _part("", item.span, item, span, lines, depth)
    elif isinstance(content, Mapping):
        for name, child in content.items():
            key = node.key(name).span
            # What a merge or a short tag gives stands elsewhere, or has no key of its own.
            yield from () if key == span else _part(name, key, child, span, lines, depth)
        if len(content) == 1 and all(node.key(name).span == span for name in content):
            yield from _children(next(iter(content.values())), span, lines, depth)


def _part(name: str, start: Span, node: Node, within: Span, lines: Sequence[str], depth: int) -> Iterator[Part]:
    span = node.span
    here, end = (start.line, start.column), (span.end_line, span.end_column)
    if not (within.line, within.column) <= here <= end <= (within.end_line, within.end_column):
        return  # An alias: its anchor stands elsewhere.
    is_item = not name
    whole = Span(start.path, start.line, start.column, *end)
    last = _last(whole, lines, start.column - (2 if is_item else 1))
    yield Part(
        name,
        whole,
        last,
        lambda: list(_children(node, span, lines, depth + 1)),
        is_item=is_item,
        is_section=depth == 0,
        is_flat=depth == 2 and name == "Properties",
        node=node,
    )


def _last(span: Span, lines: Sequence[str], indent: int) -> int:
    """The last line of a part: YAML counts blank lines and comments up to what follows as a part of it.

    indent: how far a comment must be indented at least to be more than on a level with the part.
    """
    last = min(span.end_line, len(lines))
    if last > span.line and not lines[last - 1][: span.end_column - 1].strip():
        last -= 1
    while last > span.line and _is_beyond(lines[last - 1], indent):
        last -= 1
    return last


def _is_beyond(line: str, indent: int) -> bool:
    text = line.lstrip()
    return not text or (text.startswith(_MARKS) and len(line) - len(text) <= indent)
