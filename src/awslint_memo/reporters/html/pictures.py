"""What is drawn in one picture: resources that hang together, the groups that hold them, and their findings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.html.layout import is_drawn
from awslint_memo.reporters.html.shapes import beyond
from awslint_memo.reporters.shown_findings import level_of

_TOGETHER = frozenset(("pipeline", "stage", "cluster"))
"""The kinds of groups whose nodes are drawn together, also where no edge joins them."""

MOST_BOXES = 4_000
"""The boxes of all pictures of a page: a larger one is slow to open."""

MOST_BEYOND = 1_000
"""The lines of all pictures beyond those of trees, for which the layout takes its time."""


@record(frozen=True)
class Picture:
    """Nodes that hang together. edges: those between them that are drawn. is_drawn: False if they are too many."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    is_drawn: bool = True


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
        groups: list[Group] = []
        group = self.groups.get(node.group)
        while group is not None and group not in groups:
            groups.append(group)
            group = self.groups.get(group.parent)
        return groups

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
        bound = _Bound()
        return [self._family(nodes, connected, edges, bound) for nodes in by_root.values()]

    def _family(
        self, nodes: Sequence[Node], connected: _Sets, edges: Mapping[str, Sequence[Edge]], bound: _Bound
    ) -> Family:
        parts: dict[str, list[Node]] = {}
        for node in nodes:
            parts.setdefault(connected.first(node.id), []).append(node)
        shown = sorted(((key, ones) for key, ones in parts.items() if len(ones) > 1), key=lambda item: -len(item[1]))
        pictures = [bound.picture(ones, edges.get(key, ())) for key, ones in shown]
        alone = [node for ones in parts.values() if len(ones) == 1 for node in ones]
        roots = dict.fromkeys(self.root(node) for node in nodes)
        return Family([self.groups[root] for root in roots if root in self.groups], nodes, pictures, alone)

    def edges(self, nodes: Sequence[Node]) -> list[Edge]:
        """The edges that begin at nodes."""
        return [edge for node in nodes for edge in self.of.get(node.id, ())]


class _Bound:
    """Counts how much is drawn on the page so far."""

    def __init__(self) -> None:
        self._boxes = self._beyond = 0

    def picture(self, nodes: Sequence[Node], edges: Sequence[Edge]) -> Picture:
        """A picture, which is drawn if there is room for it."""
        more = beyond(len(nodes), len(edges))
        fits = self._boxes + len(nodes) <= MOST_BOXES and self._beyond + more <= MOST_BEYOND
        if not (fits and is_drawn(len(nodes), len(edges))):
            return Picture(nodes, edges, is_drawn=False)
        self._boxes += len(nodes)
        self._beyond += more
        return Picture(nodes, edges)


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


class Ties:
    """The findings of a report with the nodes of its graph.

    The id of a finding is made of its fingerprint, so that a link to it stays right as long as the finding does.
    """

    def __init__(self, report: Report, drawn: Drawn) -> None:
        self._drawn = drawn
        self._named: dict[str, list[Node]] = {}
        self._at: dict[tuple[str, str], list[Node]] = {}
        for node in drawn.graph.nodes:
            self._named.setdefault(node.name, []).append(node)
            self._at.setdefault((node.place.span.path, node.name), []).append(node)
        self._drawn_as: dict[str, list[Edge]] = {}
        for edge in drawn.graph.edges:
            if edge.via:
                self._drawn_as.setdefault(edge.via, []).append(edge)
        self._ids: dict[int, str] = {}
        self._of_edge: dict[int, list[Finding]] = {}
        self._of_node: dict[str, list[Finding]] = {}
        self._nodes: dict[int, list[Node]] = {}
        met: dict[str, int] = {}
        for finding in report.findings:
            number = met[finding.fingerprint] = met.get(finding.fingerprint, 0) + 1
            self._ids[id(finding)] = f"f-{finding.fingerprint}" if number == 1 else f"f-{finding.fingerprint}-{number}"
            self._nodes[id(finding)] = list({node.id: node for node in self._nodes_of(finding)}.values())
            for node in self._nodes[id(finding)]:
                self._of_node.setdefault(node.id, []).append(finding)
            for edge in {id(edge): edge for edge in self._lines(finding)}.values():
                self._of_edge.setdefault(id(edge), []).append(finding)

    def anchor(self, finding: Finding) -> str:
        """The id of a finding."""
        return self._ids[id(finding)]

    def nodes(self, finding: Finding) -> Sequence[Node]:
        """The nodes that a finding is about."""
        return self._nodes[id(finding)]

    def findings(self, node: Node) -> Sequence[Finding]:
        """The findings about a node."""
        return self._of_node.get(node.id, ())

    def anchors(self, node: Node) -> str:
        """The ids of the findings about a node, with blanks between them."""
        return " ".join(map(self.anchor, self.findings(node)))

    def on_edge(self, edge: Edge) -> Sequence[Finding]:
        """The findings about what is drawn as an edge."""
        return self._of_edge.get(id(edge), ())

    def levels(self, nodes: Sequence[Node], edges: Sequence[Edge] = ()) -> Mapping[Level, int]:
        """How many findings of each level there are about nodes and edges, without levels that have none."""
        every = [*(self.findings(node) for node in nodes), *(self.on_edge(edge) for edge in edges)]
        numbers = Counter({self.anchor(finding): level_of(finding) for ones in every for finding in ones}.values())
        return {level: numbers[level] for level in LEVELS if numbers[level]}

    def _nodes_of(self, finding: Finding) -> Iterator[Node]:
        for repeat in finding.others or (finding,):
            named = self._at.get((repeat.home_path, repeat.resource)) or self._at.get((repeat.home_path, repeat.name))
            named = named or self._named.get(repeat.resource) or self._named.get(repeat.name) or []
            yield from self._nearest(repeat, named)

    def _lines(self, finding: Finding) -> Iterator[Edge]:
        """The edges that stand for a resource of a finding, and are in its template."""
        for repeat in finding.others or (finding,):
            named = self._drawn_as.get(repeat.resource) or self._drawn_as.get(repeat.name) or []
            near = {id(node) for node in self._nearest(repeat, [self._drawn.nodes[edge.source] for edge in named])}
            yield from (edge for edge in named if id(self._drawn.nodes[edge.source]) in near)

    def _nearest(self, finding: Finding, named: Sequence[Node]) -> Sequence[Node]:
        """Of nodes with one name in several templates, those of the finding's own."""
        home = finding.home_path
        named = [node for node in named if node.place.span.path == home] or named
        if len(named) < 2:
            return named
        best = max(self._nearness(finding, node) for node in named)
        return [node for node in named if self._nearness(finding, node) == best]

    def _nearness(self, finding: Finding, node: Node) -> int:
        span, home = node.place.span, finding.home or finding.span
        above = self._drawn.above(node)
        path = os.path.splitext(above[-1].path)[0].replace(os.sep, "/") if above else ""
        is_root = bool(finding.root) and (path == finding.root or path.endswith(f"/{finding.root}"))
        is_folder = finding.root == os.path.dirname(path)
        return 2 * (is_root or is_folder) + (span.line == home.line)
