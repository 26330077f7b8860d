"""All that the nodes of a text say, to compare two ways of reading it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from awslint_memo.syntax.node import Node


def contents(node: Node, own: Callable[[Node], Iterable[object]]) -> Iterator[object]:
    """What a node and those in it say, with their places. own: what nodes of this language say besides."""
    content: Any = node.content
    yield node.span
    yield from own(node)
    if isinstance(content, Mapping):
        for name, child in content.items():
            yield from (name, node.key(name).span)
            yield from contents(child, own)
    elif isinstance(content, list):
        for child in content:
            yield from contents(child, own)
    else:
        yield type(content), content
