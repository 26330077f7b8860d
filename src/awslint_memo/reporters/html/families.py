"""What is drawn together: templates that hang together, and in these the resources that do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.html.grouping import Grouping
from awslint_memo.reporters.html.pictures import Picture, above

_TOGETHER = frozenset(("pipeline", "stage", "cluster"))
"""The kinds of groups whose nodes are drawn together, also where no edge joins them."""


@record(frozen=True)
class Family:
    """Templates that hang together, or one. roots: their groups. alone: the nodes that no picture has."""

    roots: Sequence[Group]
    nodes: Sequence[Node]
    pictures: Sequence[Picture]
    alone: Sequence[Node]


class Drawn:
    """A graph with its nodes by their names, and what each hangs together with."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.groups: Mapping[str, Group] = {group.id: group for group in graph.groups}
        self.nodes: Mapping[str, Node] = {node.id: node for node in graph.nodes}
        self.to: dict[str, list[Edge]] = {}
        self.of: dict[str, list[Edge]] = {}
        for edge in graph.edges:
            self.of.setdefault(edge.source, []).append(edge)
            self.to.setdefault(edge.target, []).append(edge)

    def above(self, node: Node) -> list[Group]:
        """The groups that hold a node, from the innermost to its root."""
        return above(node, self.groups)

    def root(self, node: Node) -> str:
        """The id of the root of a node."""
        above = self.above(node)
        return above[-1].id if above else ""

    @cached_property
    def families(self) -> list[Family]:
        """The families in the order of their first nodes, each with its pictures, the largest first."""
        told = [edge for edge in self.graph.edges if not edge.is_plain and edge.source != edge.target]
        roots = _Sets()
        for node in self.graph.nodes:
            roots.add(self.root(node))
        for edge in told:
            roots.join(self.root(self.nodes[edge.source]), self.root(self.nodes[edge.target]))
        connected = _Sets()
        for node in self.graph.nodes:
            connected.add(node.id)
            for group in self.above(node):
                if group.kind in _TOGETHER:
                    connected.join(node.id, f"group {group.id}")
        for edge in told:
            connected.join(edge.source, edge.target)
        by_root: dict[str, list[Node]] = {}
        for node in self.graph.nodes:
            by_root.setdefault(roots.first(self.root(node)), []).append(node)
        edges: dict[str, list[Edge]] = {}
        for edge in told:
            edges.setdefault(connected.first(edge.source), []).append(edge)
        grouping = Grouping(self.graph)
        return [self._family(nodes, connected, edges, grouping) for nodes in by_root.values()]

    def _family(
        self, nodes: Sequence[Node], connected: _Sets, edges: Mapping[str, Sequence[Edge]], grouping: Grouping
    ) -> Family:
        parts: dict[str, list[Node]] = {}
        for node in nodes:
            parts.setdefault(connected.first(node.id), []).append(node)
        shown = sorted(((key, ones) for key, ones in parts.items() if len(ones) > 1), key=lambda item: -len(item[1]))
        pictures = [grouping.picture(ones, edges.get(key, ())) for key, ones in shown]
        alone = [node for ones in parts.values() if len(ones) == 1 for node in ones]
        roots = dict.fromkeys(self.root(node) for node in nodes)
        return Family([self.groups[root] for root in roots if root in self.groups], nodes, pictures, alone)

    def anchor(self, node: Node) -> str:
        """The id of a node's box on the page; of one that no picture shows, that of its row in the list."""
        return f"n-{node.id}" if node.id in self._shown else f"r-{node.id}"

    @cached_property
    def _shown(self) -> frozenset[str]:
        """The ids of the nodes that have a box."""
        alone = (node for family in self.families for node in family.alone)
        boxes = (node for picture in self.drawings for node in picture.nodes if node.id not in picture.beside)
        return frozenset(node.id for node in (*alone, *boxes))

    @cached_property
    def drawings(self) -> list[Picture]:
        """The pictures of the page that are drawn, with those of their parts."""
        wholes = (picture for family in self.families for picture in family.pictures)
        return [picture for whole in wholes for picture in whole.every() if picture.is_drawn]

    def edges(self, nodes: Sequence[Node]) -> list[Edge]:
        """The edges that begin at nodes."""
        return [edge for node in nodes for edge in self.of.get(node.id, ())]


class _Sets:
    """Names in sets that are joined."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._above: dict[str, str] = {name: name for name in names}

    def add(self, name: str) -> None:
        """Add a name in a set of its own, if it is new."""
        self._above.setdefault(name, name)

    def first(self, name: str) -> str:
        """The name that stands for the set of a name."""
        self.add(name)
        while self._above[name] != name:
            self._above[name] = name = self._above[self._above[name]]
        return name

    def join(self, name: str, other: str) -> None:
        """Join the sets of two names."""
        self._above[self.first(other)] = self.first(name)
