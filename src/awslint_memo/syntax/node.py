"""One place in a file and what stands there, before anything is worked out. YAML and JSON both come as this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Scalar

Content: TypeAlias = "Scalar | Mapping[str, Node] | list[Node]"


class Node(Protocol):
    """A scalar, a list or a mapping with its place."""

    @property
    def content(self) -> Content:
        """What stands here; made when asked."""

    @property
    def span(self) -> Span:
        """Where it stands."""

    def key(self, name: str) -> Place:
        """Where the key `name` of this mapping stands."""


@record(frozen=True, slots=True, eq=False)
class Made:
    """A node that stands in no file as such: what one thing written stands for (`!Ref`, a SAM event), at its place."""

    content: Content
    place: Place

    @property
    def span(self) -> Span:
        """Where that stands which it was made of."""
        return self.place.span

    def key(self, name: str) -> Place:
        """Where the value of `name` stands, or else the whole."""
        child = self.content.get(name) if isinstance(self.content, Mapping) else None
        return self.place if child is None else child


class KeyPlace:
    """Where a key of a mapping stands; worked out when somebody asks."""

    __slots__ = ("_name", "_node")

    def __init__(self, node: Node, name: str) -> None:
        self._node = node
        self._name = name

    @property
    def span(self) -> Span:
        """Where the key stands."""
        return self._node.key(self._name).span


def fields(node: Node | None) -> Mapping[str, Node]:
    """The named nodes of a mapping; none where it is none."""
    content = node.content if node is not None else None
    return content if isinstance(content, Mapping) else {}


def text(node: Node | None) -> str | None:
    """The text of a scalar that is one."""
    content = node.content if node is not None else None
    return content if isinstance(content, str) else None


def descend(node: Node) -> Iterator[Node]:
    """The node and every node below it."""
    stack = [node]
    while stack:
        current = stack.pop()
        yield current
        content = current.content
        if isinstance(content, list):
            stack.extend(content)
        elif isinstance(content, Mapping):
            stack.extend(content.values())


def plain(node: Node) -> Any:
    """The node and all below it as plain data of Python."""
    content = node.content
    if isinstance(content, Mapping):
        return {key: plain(child) for key, child in content.items()}
    return [plain(child) for child in content] if isinstance(content, list) else content
