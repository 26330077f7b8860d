"""A graph in the language of Graphviz.

What is not surely so is dashed. Texts are quoted, and no character of theirs is an escape or an entity:
https://graphviz.org/doc/info/lang.html and https://graphviz.org/docs/attr-types/escString/ (read 2026-11-27).
"""

from __future__ import annotations

from awslint_memo.relations.graph.graph import Edge, Node
from awslint_memo.reporters.graph_choice import Chosen, lines, shown
from awslint_memo.reporters.graph_drawing import Close, Open, shape, steps

_SHAPES = {"": "box", "action": "box, style=rounded", "store": "cylinder", "stream": "cds"}

_HEAD = (
    "  graph [rankdir=LR, compound=true, fontname=sans]",
    "  node [shape=box, fontname=sans, fontsize=10]",
    "  edge [fontname=sans, fontsize=9]",
)


def report(chosen: Chosen) -> str:
    """The digraph."""
    graph = chosen.graph
    parts = ["digraph resources {", *_HEAD]
    parts += [f"  // {shown(one, 300)}" for one in chosen.comments()]
    for step in steps(graph):
        space = "  " * (step.depth + 1)
        if isinstance(step, Open):
            title = _quoted(shown(step.group.title))
            parts += [f"{space}subgraph cluster_{step.group.id} {{", f"{space}  label={title}"]
        elif isinstance(step, Close):
            parts.append(f"{space}}}")
        else:
            parts.append(f"{space}{_node(step.node)}")
    parts += [f"  {_edge(one)}" for one in graph.edges]
    return "\n".join([*parts, "}"]) + "\n"


def _node(node: Node) -> str:
    return f"{node.id} [label={_quoted(*lines(node))}, shape={_SHAPES[shape(node)]}]"


def _edge(edge: Edge) -> str:
    said = [] if edge.is_plain else [f"label={_quoted(shown(edge.label))}"]
    said += ["color=gray"] if edge.is_plain else []
    said += [] if edge.is_sure else ["style=dashed"]
    listed = ", ".join(said)
    return f"{edge.source} -> {edge.target} [{listed}]" if said else f"{edge.source} -> {edge.target}"


def _quoted(*texts: str) -> str:
    """Texts in quotes, one below the other."""
    safe = (one.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for one in texts)
    return '"' + "\\n".join(safe) + '"'
