"""A graph as JSON, in the structure of graph.schema.json."""

from __future__ import annotations

from typing import Any

from awslint_memo.model.secret import without_secrets
from awslint_memo.relations.graph.graph import Edge, Group, Node
from awslint_memo.reporters.characters import visible_json
from awslint_memo.reporters.graph_choice import Chosen
from awslint_memo.reporters.indented import indented

VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""


def report(chosen: Chosen) -> str:
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
    return visible_json(indented(shape)) + "\n"


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
