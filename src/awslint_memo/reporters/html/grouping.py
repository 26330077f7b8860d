"""Pictures of what hangs together: as it is, or, where that is too large, groups as boxes with a picture for each.

In the picture of a group, what its resources are joined to outside of it stands as a box, so that no line is lost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import replace
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.graph_folding import Groups
from awslint_memo.reporters.graph_parts import parted
from awslint_memo.reporters.html.layout import is_clear, is_drawn
from awslint_memo.reporters.html.pictures import Part, Picture
from awslint_memo.reporters.html.shapes import beyond

MOST_BOXES = 4_000
"""The boxes of all pictures of a page: a larger one is slow to open."""

MOST_BEYOND = 1_000
"""The lines of all pictures beyond those of trees, for which the layout takes its time."""

_OVERVIEW = 60
"""The boxes of a picture of groups, and its lines beyond those of a tree: few enough to be seen at once."""


class Grouping:
    """Makes the pictures of a page."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._groups = {group.id: group for group in graph.groups}
        self._numbers = count(1)
        self._boxes = self._beyond = 0

    @cached_property
    def _parted(self) -> tuple[Sequence[Group], Mapping[str, Node]]:
        """The groups with those by which a large graph is parted, and the nodes in them."""
        whole = parted(self._graph)
        return whole.groups, {node.id: node for node in whole.nodes}

    def picture(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> Picture:
        """A picture of nodes that hang together, which is drawn if there is room for it."""
        if is_clear(len(nodes), len(edges)):
            return self._bounded(Picture(nodes, edges, self._groups, number=next(self._numbers)))
        groups, placed = self._parted
        return self._grouped(Graph([placed[node.id] for node in nodes], edges, groups))

    def _bounded(self, picture: Picture) -> Picture:
        """The picture if there is still room for it, else one that is not drawn."""
        boxes, more = len(picture.nodes), beyond(len(picture.nodes), len(picture.edges))
        fits = self._boxes + boxes <= MOST_BOXES and self._beyond + more <= MOST_BEYOND
        if not (fits and is_drawn(boxes, len(picture.edges))):
            return replace(picture, is_drawn=False)
        self._boxes += boxes
        self._beyond += more
        return picture

    def _grouped(self, graph: Graph) -> Picture:
        """The picture of a graph with some groups as boxes, and a picture of each of these."""
        groups = Groups(graph)
        names = groups.names(_is_overview)
        folded = groups.folded(names)
        picture = Picture(
            folded.graph.nodes,
            folded.graph.edges,
            {group.id: group for group in folded.graph.groups},
            number=next(self._numbers),
        )
        empty = Picture((), (), is_drawn=False)
        picture = replace(picture, parts={name: Part(nodes, empty) for name, nodes in folded.inside.items()})
        picture = self._bounded(picture)
        if not picture.is_drawn:
            return picture
        anchors = {node.id: picture.anchor(node) for node in folded.graph.nodes}
        parts = {
            name: Part(part.nodes, self._inside(name, part.nodes, groups, names, anchors))
            for name, part in picture.parts.items()
        }
        return replace(picture, parts=parts)

    def _inside(
        self, name: str, nodes: Sequence[Node], groups: Groups, names: Sequence[str], anchors: Mapping[str, str]
    ) -> Picture:
        """The picture of a group, beside what it is joined to. anchors: those of the boxes of the picture around it."""
        inner = groups.inner(name)
        whole = groups.folded([other for other in names if other not in inner]).graph
        own = {node.id for node in nodes}
        kept = [group for group in whole.groups if group.id in inner and group.id != name]
        edges = [edge for edge in whole.edges if edge.source in own or edge.target in own]
        ends = {end for edge in edges for end in (edge.source, edge.target)} - own
        around = [replace(node, group="") for node in whole.nodes if node.id in ends]
        near = Graph([*nodes, *around], edges, kept)
        if is_clear(len(near.nodes), len(near.edges)):
            frames = {group.id: group for group in kept}
            beside = {node.id: anchors[node.id] for node in around}
            return self._bounded(Picture(near.nodes, edges, frames, number=next(self._numbers), beside=beside))
        among = [edge for edge in edges if edge.source in own and edge.target in own]
        return self._grouped(Graph(nodes, among, kept))


def _is_overview(graph: Graph) -> bool:
    return len(graph.nodes) <= _OVERVIEW and beyond(len(graph.nodes), len(graph.edges)) <= _OVERVIEW
