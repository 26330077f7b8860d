"""Which part of a graph is shown, in which words, and as JSON in the structure of graph.schema.json."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from awslint_memo.model.phrases import counted
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import without_secrets
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.characters import harmless
from awslint_memo.reporters.json_writing import json_text

LONGEST = 80
"""The maximum length of a name in a drawing, in characters; JSON has it in full."""

_DRAWN_TOGETHER = ("pipeline", "stage", "cluster")
"""Groups whose nodes are shown without an edge too."""


@record(frozen=True)
class Choice:
    """What somebody wants to see. has_all: what nothing flows to or from, and what is only named, too.

    services: those of which nodes are shown, with what they are joined to; none: all.
    """

    has_all: bool = False
    services: Sequence[str] = ()


@record(frozen=True)
class Chosen:
    """The chosen part of a graph. hidden: how many nodes nothing flows to or from; others: those of other services."""

    graph: Graph
    hidden: int
    others: int

    def comments(self) -> Iterator[str]:
        """What a drawing says of what is not in it."""
        yield from self.counts()
        yield from left_out(self.graph)

    def counts(self) -> Iterator[str]:
        """How much was not chosen."""
        if self.hidden:
            what = f"{counted(self.hidden, 'resource')} that nothing flows to or from"
            yield f"{what}, left out here: --all shows {'it' if self.hidden == 1 else 'them'}"
        if self.others:
            yield f"{counted(self.others, 'resource')} of other services, left out here"


def left_out(graph: Graph) -> list[str]:
    """What is not in a graph, in a sentence at most: the first one, and where the others are."""
    first = graph.left_out[0] if graph.left_out else ""
    others = len(graph.left_out) - 1
    if others <= 0:
        return [first] if first else []
    return [f"{first}; and {others} more that {'is' if others == 1 else 'are'} not drawn, in left_out of --format json"]


def chosen(graph: Graph, choice: Choice) -> Chosen:
    """The part of a graph that somebody wants to see."""
    edges = [edge for edge in graph.edges if choice.has_all or not edge.is_plain]
    joined = {end for edge in edges for end in (edge.source, edge.target)}
    together = {group.id for group in graph.groups if group.kind in _DRAWN_TOGETHER}
    nodes = [node for node in graph.nodes if choice.has_all or node.id in joined or node.group in together]
    hidden = len(graph.nodes) - len(nodes)
    others = 0
    if choice.services:
        nodes, edges, others = _of_services(nodes, edges, {service.lower() for service in choice.services})
    return Chosen(replace(graph, nodes=nodes, edges=edges, groups=_used(graph.groups, nodes)), hidden, others)


def _of_services(
    nodes: Sequence[Node], edges: Sequence[Edge], services: Collection[str]
) -> tuple[list[Node], list[Edge], int]:
    own = {node.id for node in nodes if node.service.lower() in services}
    kept = [edge for edge in edges if edge.source in own or edge.target in own]
    shown = own.union(end for edge in kept for end in (edge.source, edge.target))
    return [node for node in nodes if node.id in shown], kept, len(nodes) - len(shown)


def _used(groups: Sequence[Group], nodes: Sequence[Node]) -> list[Group]:
    """The groups that hold one of the nodes, with those that hold them."""
    by_id = {group.id: group for group in groups}
    used: set[str] = set()
    for name in {node.group for node in nodes}:
        while name in by_id and name not in used:
            used.add(name)
            name = by_id[name].parent
    return [group for group in groups if group.id in used]


def shown(text: str, longest: int = LONGEST) -> str:
    """A text as a drawing shows it: without secrets and control characters, and not too long."""
    safe = harmless(text)
    return safe if len(safe) <= longest else f"{safe[: longest - 1]}…"


def lines(node: Node) -> list[str]:
    """What stands in a node: its name, what it is, and what is noted of it."""
    notes = (shown(f"{note.name}: {note.text}") for note in node.notes)
    when = (shown(deployment) for deployment in node.deployments)
    return [shown(node.title), shown(f"{node.service} {node.kind}".strip()), *notes, *when]


def emptiness(graph: Graph, chosen: Chosen, services: Sequence[str]) -> list[str]:
    """What is said of services without a resource, and of a drawing that has nothing in it."""
    known = sorted({node.service for node in graph.nodes if node.service}, key=str.lower)
    unknown = [service for service in services if service.lower() not in {each.lower() for each in known}]
    sentences = [
        f"no resource is of the service {service}; there are {', '.join(known) or 'none'}" for service in unknown
    ]
    if not chosen.graph.nodes and not sentences:
        more = f"; --all shows {counted(chosen.hidden, 'resource')} that nothing flows to or from"
        sentences.append(f"there is nothing to draw{more if chosen.hidden else ''}")
    return sentences


VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def as_json(chosen: Chosen) -> str:
    """One JSON object in ASCII."""
    graph = chosen.graph
    shape = {
        "version": VERSION,
        "nodes": [_node(node) for node in graph.nodes],
        "edges": [_edge(edge) for edge in graph.edges],
        "groups": [_group(group) for group in graph.groups],
        "left_out": [without_secrets(sentence) for sentence in graph.left_out],
        "errors": [
            {"path": problem.path, "line": problem.line, "message": without_secrets(problem.message)}
            for problem in graph.errors
        ],
        "summary": {
            "nodes": len(graph.nodes),
            "edges": len(graph.edges),
            "hidden_nodes": chosen.hidden,
            "nodes_of_other_services": chosen.others,
        },
    }
    return json_text(shape)


def _node(node: Node) -> dict[str, Any]:
    return {
        "id": node.id,
        "name": without_secrets(node.name),
        "type": without_secrets(node.type),
        "service": without_secrets(node.service),
        "kind": without_secrets(node.kind),
        "path": node.place.span.path,
        "line": node.place.span.line,
        "group": node.group,
        **({} if node.construct is None else {"construct": without_secrets(node.construct.path)}),
        "notes": [{"name": note.name, "text": without_secrets(note.text)} for note in node.notes],
        "deployments": [without_secrets(each) for each in node.deployments],
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "source": edge.source,
        "target": edge.target,
        "label": without_secrets(edge.label),
        "path": edge.place.span.path,
        "line": edge.place.span.line,
        "sure": edge.is_sure,
        "plain": edge.is_plain,
    }


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "title": without_secrets(group.title),
        "kind": group.kind,
        "path": group.path,
        "parent": group.parent or None,
    }
