"""Which part of a graph is shown, in which words, and as JSON in the structure of graph.schema.json."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from awslint_memo.model.phrases import counted
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import without_secrets
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.characters import harmless, json_text

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
        if self.hidden:
            what = f"{counted(self.hidden, 'resource')} that nothing flows to or from"
            yield f"{what}, left out here: --all shows {'it' if self.hidden == 1 else 'them'}"
        if self.others:
            yield f"{counted(self.others, 'resource')} of other services, left out here"
        yield from self.graph.left_out


def chosen(graph: Graph, choice: Choice) -> Chosen:
    """The part of a graph that somebody wants to see."""
    edges = [one for one in graph.edges if choice.has_all or not one.is_plain]
    joined = {end for one in edges for end in (one.source, one.target)}
    together = {one.id for one in graph.groups if one.kind in _DRAWN_TOGETHER}
    nodes = [one for one in graph.nodes if choice.has_all or one.id in joined or one.group in together]
    hidden = len(graph.nodes) - len(nodes)
    others = 0
    if choice.services:
        nodes, edges, others = _of_services(nodes, edges, {one.lower() for one in choice.services})
    return Chosen(replace(graph, nodes=nodes, edges=edges, groups=_used(graph.groups, nodes)), hidden, others)


def _of_services(
    nodes: Sequence[Node], edges: Sequence[Edge], services: Collection[str]
) -> tuple[list[Node], list[Edge], int]:
    own = {one.id for one in nodes if one.service.lower() in services}
    kept = [one for one in edges if one.source in own or one.target in own]
    shown = own.union(end for one in kept for end in (one.source, one.target))
    return [one for one in nodes if one.id in shown], kept, len(nodes) - len(shown)


def _used(groups: Sequence[Group], nodes: Sequence[Node]) -> list[Group]:
    """The groups that hold one of the nodes, with those that hold them."""
    by_id = {one.id: one for one in groups}
    used: set[str] = set()
    for name in {one.group for one in nodes}:
        while name in by_id and name not in used:
            used.add(name)
            name = by_id[name].parent
    return [one for one in groups if one.id in used]


def shown(text: str, longest: int = LONGEST) -> str:
    """A text as a drawing shows it: without secrets and control characters, and not too long."""
    safe = harmless(text)
    return safe if len(safe) <= longest else f"{safe[: longest - 1]}…"


def lines(node: Node) -> list[str]:
    """What stands in a node: its name, what it is, and what is noted of it."""
    notes = (shown(f"{one.name}: {one.text}") for one in node.notes)
    when = (shown(one) for one in node.deployments)
    return [shown(node.title), shown(f"{node.service} {node.kind}".strip()), *notes, *when]


def emptiness(graph: Graph, chosen: Chosen, services: Sequence[str]) -> list[str]:
    """What is said of services without a resource, and of a drawing that has nothing in it."""
    known = sorted({one.service for one in graph.nodes if one.service}, key=str.lower)
    unknown = [one for one in services if one.lower() not in {each.lower() for each in known}]
    said = [f"no resource is of the service {one}; there are {', '.join(known) or 'none'}" for one in unknown]
    if not chosen.graph.nodes and not said:
        more = f"; --all shows {counted(chosen.hidden, 'resource')} that nothing flows to or from"
        said.append(f"there is nothing to draw{more if chosen.hidden else ''}")
    return said


VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def as_json(chosen: Chosen) -> str:
    """One JSON object in ASCII."""
    graph = chosen.graph
    shape = {
        "version": VERSION,
        "nodes": [_node(one) for one in graph.nodes],
        "edges": [_edge(one) for one in graph.edges],
        "groups": [_group(one) for one in graph.groups],
        "left_out": [without_secrets(one) for one in graph.left_out],
        "errors": [
            {"path": one.path, "line": one.line, "message": without_secrets(one.message)} for one in graph.errors
        ],
        "summary": {
            "nodes": len(graph.nodes),
            "edges": len(graph.edges),
            "hidden_nodes": chosen.hidden,
            "nodes_of_other_services": chosen.others,
        },
    }
    return json_text(shape)


def _node(one: Node) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": without_secrets(one.name),
        "type": without_secrets(one.type),
        "service": without_secrets(one.service),
        "kind": without_secrets(one.kind),
        "path": one.place.span.path,
        "line": one.place.span.line,
        "group": one.group,
        **({} if one.construct is None else {"construct": without_secrets(one.construct.path)}),
        "notes": [{"name": note.name, "text": without_secrets(note.text)} for note in one.notes],
        "deployments": [without_secrets(each) for each in one.deployments],
    }


def _edge(one: Edge) -> dict[str, Any]:
    return {
        "source": one.source,
        "target": one.target,
        "label": without_secrets(one.label),
        "path": one.place.span.path,
        "line": one.place.span.line,
        "sure": one.is_sure,
        "plain": one.is_plain,
    }


def _group(one: Group) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": without_secrets(one.title),
        "kind": one.kind,
        "path": one.path,
        "parent": one.parent or None,
    }
