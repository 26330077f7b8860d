"""A large graph by its groups: those that do not fit are drawn as one box each, with what leads from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import field, record, replace
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.graph_parts import parted

_INDEX = regex(r"\[[^\]]*\]")

_LABELS = 2
"""How many labels of lines that are one are named."""


@record(frozen=True)
class Folded:
    """A graph in which groups are boxes. inside: the nodes of each box by its id, which is that of its group."""

    graph: Graph
    inside: Mapping[str, Sequence[Node]] = field(default_factory=dict)


def fitted(graph: Graph, fits: Callable[[Graph], bool]) -> Folded:
    """The graph with as few groups as boxes as it takes to fit; if it can't be made to fit, with as many as there are.

    The innermost groups become boxes first, of those the ones with most nodes.
    """
    if fits(graph):
        return Folded(graph)
    groups = Groups(parted(graph))
    return groups.folded(groups.names(fits))


def resource_count(nodes: Sequence[Node]) -> int:
    """How many resources nodes are of, each once where it is written; the actions of a pipeline are parts of it."""
    return len({(node.place.span, _own_name(node)) for node in nodes if not node.kind.endswith(" action")})


def _own_name(node: Node) -> str:
    """What tells a resource of Terraform from others of one place: all that a public module makes stand at its call."""
    address = _INDEX.sub("", node.name)
    return ".".join(address.split(".")[-2:]) if "." in address else ""


class Groups:
    """The groups of a graph with what they hold."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._by_id = {group.id: group for group in graph.groups}
        self._sizes = Counter(name for node in graph.nodes for name in self._around(node.group))

    def names(self, fits: Callable[[Graph], bool]) -> Sequence[str]:
        """The groups that have to be boxes so that the graph fits; all of them if it never does."""
        order = self._in_order()
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if fits(self.folded(order[:middle]).graph):
                high = middle
            else:
                low = middle + 1
        return order[:high]

    def inner(self, name: str) -> set[str]:
        """A group with those in it."""
        return {other for other in self._by_id if name in self._around(other)}

    def _around(self, name: str) -> Iterator[str]:
        """The groups that hold what is in a group, from the innermost."""
        while name in self._by_id:
            yield name
            name = self._by_id[name].parent

    def _in_order(self) -> list[str]:
        """The groups that hold several nodes and not all, in the order in which they become boxes."""
        depths = {name: sum(1 for _ in self._around(name)) for name in self._sizes}
        several = [name for name, size in self._sizes.items() if 1 < size < len(self._graph.nodes)]
        return sorted(several, key=lambda name: (-depths[name], -self._sizes[name]))

    def folded(self, names: Collection[str]) -> Folded:
        """The graph with these groups as boxes. Of a box in a box, only the outer one is there."""
        chosen = set(names)
        boxes: dict[str, str] = {}
        for name in self._by_id:
            outer = [other for other in self._around(name) if other in chosen]
            if outer:
                boxes[name] = outer[-1]
        inside: dict[str, list[Node]] = {}
        ends: dict[str, str] = {}
        for node in self._graph.nodes:
            ends[node.id] = boxes.get(node.group, node.id)
            if node.group in boxes:
                inside.setdefault(boxes[node.group], []).append(node)
        nodes = [node for node in self._graph.nodes if node.group not in boxes]
        nodes += [_box(self._by_id[name], ones) for name, ones in inside.items()]
        used = {name for node in nodes for name in self._around(node.group)}
        groups = [group for group in self._graph.groups if group.id in used]
        edges = list(_bundled(self._graph.edges, ends))
        return Folded(replace(self._graph, nodes=nodes, edges=edges, groups=groups), inside)


def _box(group: Group, nodes: Sequence[Node]) -> Node:
    """The box of a group."""
    number = resource_count(nodes)
    what = counted(number, "resource") if number else counted(len(nodes), "action")
    return Node(group.id, group.title, "", "", what, nodes[0].place, group.parent)


def _bundled(edges: Sequence[Edge], ends: Mapping[str, str]) -> Iterator[Edge]:
    """The edges between other ends, those from one box to another as one. What leads to its own box is left out."""
    bundles: dict[tuple[str, str], list[Edge]] = {}
    for edge in edges:
        pair = ends[edge.source], ends[edge.target]
        if pair == (edge.source, edge.target):
            yield edge
        elif pair[0] != pair[1]:
            bundles.setdefault(pair, []).append(edge)
    for (source, target), ones in bundles.items():
        yield Edge(
            source,
            target,
            _label(ones),
            ones[0].place,
            is_sure=any(edge.is_sure for edge in ones),
            is_plain=all(edge.is_plain for edge in ones),
        )


def _label(edges: Sequence[Edge]) -> str:
    """What several edges say: the words that most of them have, each with how many."""
    if len(edges) == 1:
        return edges[0].label
    numbers = Counter(edge.label for edge in edges if not edge.is_plain) or Counter(edge.label for edge in edges)
    named = [f"{label} ×{number}" if number > 1 else label for label, number in numbers.most_common(_LABELS)]
    rest = sum(numbers.values()) - sum(number for _, number in numbers.most_common(_LABELS))
    return ", ".join([*named, *([f"{rest} more"] if rest else [])])
