"""The findings of a report with what of a graph they are about."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.relations.graph.graph import Edge, Node
from awslint_memo.reporters.html.families import Drawn
from awslint_memo.reporters.shown_findings import level_of


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

    def place(self, node: Node) -> str:
        """The id of what shows a node on the page."""
        return self._drawn.anchor(node)

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
