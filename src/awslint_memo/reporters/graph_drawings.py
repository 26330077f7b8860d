"""A graph in the languages of Mermaid, which GitHub and GitLab draw in Markdown, and of Graphviz.

What is not surely so is dotted or dashed. Texts are quoted; what could be more than text is written as an entity:
https://mermaid.js.org/syntax/flowchart.html#special-characters-that-break-syntax,
https://graphviz.org/doc/info/lang.html and https://graphviz.org/docs/attr-types/escString/ (read 2026-11-27)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from re import Match

from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Edge, Graph, Group, Node
from awslint_memo.reporters.graph_choice import Chosen, lines, shown
from awslint_memo.reporters.graph_folding import fitted


@record(frozen=True)
class Open:
    """The beginning of a group."""

    group: Group
    depth: int


@record(frozen=True)
class Close:
    """The end of a group."""

    depth: int


@record(frozen=True)
class Inside:
    """A node in the group that was opened last."""

    node: Node
    depth: int


def steps(graph: Graph) -> Iterator[Open | Close | Inside]:
    """The groups and nodes of a graph in the order of a text; without a recursion, as stacks may be nested deep."""
    nodes: dict[str, list[Node]] = {}
    for node in graph.nodes:
        nodes.setdefault(node.group, []).append(node)
    groups: dict[str, list[Group]] = {}
    for group in graph.groups:
        groups.setdefault(group.parent, []).append(group)
    pending: list[tuple[Group, int] | int] = [(group, 0) for group in reversed(groups.get("", []))]
    while pending:
        step = pending.pop()
        if isinstance(step, int):
            yield Close(step)
            continue
        group, depth = step
        yield Open(group, depth)
        yield from (Inside(node, depth + 1) for node in nodes.get(group.id, ()))
        pending.append(depth)
        pending += [(inner, depth + 1) for inner in reversed(groups.get(group.id, []))]


_KINDS: Mapping[str, Sequence[str]] = {
    "action": ("approval action", "build action", "deploy action", "invoke action", "source action", "test action"),
    "store": (
        *("bucket", "cache cluster", "database", "database cluster", "domain", "file system", "global cluster"),
        *("global database", "global table", "replication group", "serverless cache", "table", "volume"),
    ),
    "stream": ("delivery stream", "event bus", "queue", "stream", "topic"),
}
"""Kinds that have a shape of their own, by what they are in a drawing."""


def shape(node: Node) -> str:
    """The name of a node's shape; empty for a box."""
    return next((name for name, kinds in _KINDS.items() if node.kind in kinds), "")


MOST_EDGES = 500
"""The most edges that Mermaid draws, unless its page allows more.

https://mermaid.js.org/config/schema-docs/config.html (maxEdges, maxTextSize), read 2026-11-27
"""

MOST_TEXT = 50_000
"""The most characters of a drawing, likewise."""

_UNSAFE = regex(r"[^\w ./,:…✓-]|_(?=_)|(?<=_)_")

_DIRECTIVE = regex(r"[%{}]")
"""What a comment may not hold: it could be a directive."""

_MERMAID_SHAPES = {"": ('["', '"]'), "action": ('(["', '"])'), "store": ('[("', '")]'), "stream": ('[["', '"]]')}


@record(frozen=True)
class Flowchart:
    """A drawing for Mermaid. notice: that groups are boxes, or that it is too large all the same; else empty."""

    text: str
    notice: str = ""


def mermaid(chosen: Chosen) -> Flowchart:
    """The flowchart; of a graph that is more than Mermaid draws, groups are boxes."""
    comments = list(chosen.comments())
    folded = fitted(chosen.graph, lambda graph: _is_drawn(graph, _flowchart(graph, [*comments, _GROUPED])))
    notice = _GROUPED if folded.inside else ""
    text = _flowchart(folded.graph, [*comments, *filter(None, (notice,))])
    edges = len(folded.graph.edges)
    if not _is_drawn(folded.graph, text):
        notice = (
            f"the drawing has {counted(edges, 'edge')} and {counted(len(text), 'character')}, and Mermaid draws "
            f"{MOST_EDGES} and {MOST_TEXT} unless its page allows more; choose with --service, name fewer files, or "
            "write --format html"
        )
    return Flowchart(text, notice)


_GROUPED = (
    f"large groups are one box each, as Mermaid draws at most {MOST_EDGES} edges and {MOST_TEXT} characters; "
    "--service, fewer files or --format html show what is in them"
)


def _is_drawn(graph: Graph, text: str) -> bool:
    return len(graph.edges) <= MOST_EDGES and len(text) <= MOST_TEXT


def _flowchart(graph: Graph, comments: Sequence[str]) -> str:
    parts = ["flowchart LR"]
    parts += [f"  %% {_DIRECTIVE.sub(_entity, shown(sentence, 300))}" for sentence in comments]
    for step in steps(graph):
        space = "  " * (step.depth + 1)
        if isinstance(step, Open):
            parts.append(f'{space}subgraph {step.group.id}["{_text(shown(step.group.title))}"]')
        elif isinstance(step, Close):
            parts.append(f"{space}end")
        else:
            before, after = _MERMAID_SHAPES[shape(step.node)]
            parts.append(f"{space}{step.node.id}{before}{'<br/>'.join(map(_text, lines(step.node)))}{after}")
    parts += [f"  {_mermaid_edge(edge)}" for edge in graph.edges]
    return "\n".join(parts) + "\n"


def _mermaid_edge(edge: Edge) -> str:
    arrow = "-->" if edge.is_sure else "-.->"
    label = "" if edge.is_plain else f'|"{_text(shown(edge.label))}"|'
    return f"{edge.source} {arrow}{label} {edge.target}"


def _text(text: str) -> str:
    """A text between quotes: whatever might mean something to Mermaid, Markdown or HTML is an entity."""
    return _UNSAFE.sub(_entity, text)


def _entity(match: Match[str]) -> str:
    return f"#{ord(match[0])};"


_DOT_SHAPES = {"": "box", "action": "box, style=rounded", "store": "cylinder", "stream": "cds"}

_HEAD = (
    "  graph [rankdir=LR, compound=true, fontname=sans]",
    "  node [shape=box, fontname=sans, fontsize=10]",
    "  edge [fontname=sans, fontsize=9]",
)


def dot(chosen: Chosen) -> str:
    """The digraph."""
    graph = chosen.graph
    parts = ["digraph resources {", *_HEAD]
    parts += [f"  // {shown(sentence, 300)}" for sentence in chosen.comments()]
    for step in steps(graph):
        space = "  " * (step.depth + 1)
        if isinstance(step, Open):
            title = _quoted(shown(step.group.title))
            parts += [f"{space}subgraph cluster_{step.group.id} {{", f"{space}  label={title}"]
        elif isinstance(step, Close):
            parts.append(f"{space}}}")
        else:
            parts.append(f"{space}{_dot_node(step.node)}")
    parts += [f"  {_dot_edge(edge)}" for edge in graph.edges]
    return "\n".join([*parts, "}"]) + "\n"


def _dot_node(node: Node) -> str:
    return f"{node.id} [label={_quoted(*lines(node))}, shape={_DOT_SHAPES[shape(node)]}]"


def _dot_edge(edge: Edge) -> str:
    attributes = [] if edge.is_plain else [f"label={_quoted(shown(edge.label))}"]
    attributes += ["color=gray"] if edge.is_plain else []
    attributes += [] if edge.is_sure else ["style=dashed"]
    listed = ", ".join(attributes)
    return f"{edge.source} -> {edge.target} [{listed}]" if attributes else f"{edge.source} -> {edge.target}"


def _quoted(*texts: str) -> str:
    """Texts in quotes, one below the other."""
    safe = (text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") for text in texts)
    return '"' + "\\n".join(safe) + '"'
