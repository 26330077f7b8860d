"""What is drawn as one picture: resources that hang together in the groups that hold them, or groups as boxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.record import field, record
from awslint_memo.relations.graph.graph import Edge, Group, Node


@record(frozen=True)
class Picture:
    """Nodes that hang together. edges: those between them that are drawn. groups: those that are frames, by their ids.

    is_drawn: False if they are too many. number: tells it from the other pictures of a page. parts: what stands in the
    boxes that are groups. beside: the anchors of what is drawn elsewhere, by the ids of the nodes that stand for it.
    """

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    groups: Mapping[str, Group] = field(default_factory=dict)
    is_drawn: bool = True
    number: int = 0
    parts: Mapping[str, Part] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)

    def anchor(self, node: Node) -> str:
        """The id of a node's box on the page."""
        return f"n-{node.id}-{self.number}" if node.id in self.parts else f"n-{node.id}"

    def of(self, node: Node) -> Sequence[Node]:
        """The nodes that a box stands for: itself, or those of its group."""
        part = self.parts.get(node.id)
        return (node,) if part is None else part.nodes

    def resources(self) -> list[Node]:
        """The nodes of all boxes, without those that are drawn elsewhere."""
        return [inner for node in self.nodes if node.id not in self.beside for inner in self.of(node)]

    def every(self) -> Iterator[Picture]:
        """The picture, and those of its parts."""
        yield self
        for part in self.parts.values():
            yield from part.picture.every()


@record(frozen=True)
class Part:
    """What a box that is a group stands for."""

    nodes: Sequence[Node]
    picture: Picture


def above(node: Node, groups: Mapping[str, Group]) -> list[Group]:
    """Those of the groups that hold a node, from the innermost to the outermost."""
    found: list[Group] = []
    group = groups.get(node.group)
    while group is not None and group not in found:
        found.append(group)
        group = groups.get(group.parent)
    return found
