"""What drawings of a graph have in common: groups within groups, and the nodes in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Graph, Group, Node


@record(frozen=True)
class Open:
    """The beginning of a group."""

    group: Group
    depth: int


@record(frozen=True)
class Close:
    """The end of a group."""

    depth: int


@record(frozen=True)
class Inside:
    """A node in the group that was opened last."""

    node: Node
    depth: int


def steps(graph: Graph) -> Iterator[Open | Close | Inside]:
    """The groups and nodes of a graph in the order of a text; without a recursion, as stacks may be nested deep."""
    nodes: dict[str, list[Node]] = {}
    for one in graph.nodes:
        nodes.setdefault(one.group, []).append(one)
    groups: dict[str, list[Group]] = {}
    for group in graph.groups:
        groups.setdefault(group.parent, []).append(group)
    pending: list[tuple[Group, int] | int] = [(one, 0) for one in reversed(groups.get("", []))]
    while pending:
        step = pending.pop()
        if isinstance(step, int):
            yield Close(step)
            continue
        group, depth = step
        yield Open(group, depth)
        yield from (Inside(one, depth + 1) for one in nodes.get(group.id, ()))
        pending.append(depth)
        pending += [(one, depth + 1) for one in reversed(groups.get(group.id, []))]


SHAPES: Mapping[str, Sequence[str]] = {
    "action": ("approval action", "build action", "deploy action", "invoke action", "source action", "test action"),
    "store": (
        *("bucket", "cache cluster", "database", "database cluster", "domain", "file system", "global cluster"),
        *("global database", "global table", "replication group", "serverless cache", "table", "volume"),
    ),
    "stream": ("delivery stream", "event bus", "queue", "stream", "topic"),
}
"""Kinds that have a shape of their own, by what they are in a drawing."""


def shape(node: Node) -> str:
    """The name of a node's shape; empty for a box."""
    return next((name for name, kinds in SHAPES.items() if node.kind in kinds), "")
