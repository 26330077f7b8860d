"""A graph as a flowchart of Mermaid, which GitHub and GitLab draw in Markdown.

What is not surely so is dotted. Texts are quoted, and what could be more than text there is written as an entity:
https://mermaid.js.org/syntax/flowchart.html#special-characters-that-break-syntax (read 2026-11-27).
"""

from __future__ import annotations

from re import Match

from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import counted
from awslint_memo.relations.graph.graph import Edge
from awslint_memo.reporters.graph_choice import Chosen, lines, shown
from awslint_memo.reporters.graph_drawing import Close, Open, shape, steps

MOST_EDGES = 500
"""The most edges that Mermaid draws, unless its page allows more.

https://mermaid.js.org/config/schema-docs/config.html (maxEdges, maxTextSize), read 2026-11-27
"""

MOST_TEXT = 50_000
"""The most characters of a drawing, likewise."""

_UNSAFE = regex(r"[^\w ./,:…✓-]|_(?=_)|(?<=_)_")

_DIRECTIVE = regex(r"[%{}]")
"""What a comment may not hold: it could be a directive."""

_SHAPES = {"": ('["', '"]'), "action": ('(["', '"])'), "store": ('[("', '")]'), "stream": ('[["', '"]]')}


def report(chosen: Chosen) -> str:
    """The flowchart."""
    graph = chosen.graph
    parts = ["flowchart LR"]
    parts += [f"  %% {_DIRECTIVE.sub(_entity, shown(one, 300))}" for one in chosen.comments()]
    for step in steps(graph):
        space = "  " * (step.depth + 1)
        if isinstance(step, Open):
            parts.append(f'{space}subgraph {step.group.id}["{_text(shown(step.group.title))}"]')
        elif isinstance(step, Close):
            parts.append(f"{space}end")
        else:
            before, after = _SHAPES[shape(step.node)]
            parts.append(f"{space}{step.node.id}{before}{'<br/>'.join(map(_text, lines(step.node)))}{after}")
    parts += [f"  {_edge(one)}" for one in graph.edges]
    return "\n".join(parts) + "\n"


def _edge(edge: Edge) -> str:
    arrow = "-->" if edge.is_sure else "-.->"
    label = "" if edge.is_plain else f'|"{_text(shown(edge.label))}"|'
    return f"{edge.source} {arrow}{label} {edge.target}"


def _text(text: str) -> str:
    """A text between quotes: whatever might mean something to Mermaid, Markdown or HTML is an entity."""
    return _UNSAFE.sub(_entity, text)


def _entity(match: Match[str]) -> str:
    return f"#{ord(match[0])};"


def complaint(chosen: Chosen, text: str) -> str:
    """What is said of a drawing that is too large to be drawn; empty if it is not."""
    edges = len(chosen.graph.edges)
    if edges <= MOST_EDGES and len(text) <= MOST_TEXT:
        return ""
    return (
        f"the drawing has {counted(edges, 'edge')} and {counted(len(text), 'character')}, and Mermaid draws "
        f"{MOST_EDGES} and {MOST_TEXT} unless its page allows more; choose with --service, name fewer files, or write "
        "--format dot"
    )
