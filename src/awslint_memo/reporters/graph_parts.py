"""Groups inside of groups that hold many nodes, and folders around many roots, by which a large graph is drawn.

What people write apart is drawn apart: constructs of an app of the CDK, files of a root of Terraform, else services.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from os.path import basename
from typing import TypeAlias

from awslint_memo.model.record import replace
from awslint_memo.relations.graph.graph import Graph, Group, Node

LARGE = 60
"""The nodes that a group holds directly; one with more is parted."""

_ALIKE, _RUN = 120, 50
"""The nodes of a group where nothing tells them apart; of more, so many that stand one after the other are a part."""

_ROOTS = 8
"""How many roots stand side by side; of more, those of one folder stand in it."""

Words: TypeAlias = "Callable[[Node], str]"


def _construct(node: Node) -> str:
    """The construct in its stack that made a node; empty for one that stands in the stack itself."""
    outer, found, _ = node.title.partition("/") if node.construct is not None else ("", "", "")
    return outer if found else ""


def _file(node: Node) -> str:
    return basename(node.place.span.path)


def _service(node: Node) -> str:
    return node.service


_APART: Sequence[Words] = (_construct, _file, _service)
"""What tells the nodes of a group apart, the clearest first."""


def parted(graph: Graph) -> Graph:
    """The graph with parts in groups that hold more than LARGE nodes, and with folders where there are many roots."""
    numbers = count(1)
    held: dict[str, list[Node]] = {}
    for node in graph.nodes:
        held.setdefault(node.group, []).append(node)
    parts: list[Group] = []
    place: dict[str, str] = {}
    waiting = [(group, held.get(group.id, []), 0) for group in graph.groups]
    for group, nodes, first in waiting:
        if len(nodes) <= LARGE:
            continue
        key, apart = _apart(nodes, first)
        if key == len(_APART) and len(nodes) <= _ALIKE:
            continue
        for title, ones in apart.items():
            part = Group(f"p{next(numbers)}", title, "part", group.path, group.id)
            parts.append(part)
            place.update((node.id, part.id) for node in ones)
            waiting.append((part, ones, key + 1))
    folders, above = _folders([group for group in graph.groups if not group.parent], numbers)
    titles = {folder.id: f"{folder.path}/" for folder in folders}
    groups = [_inside(group, above.get(group.id, group.parent), titles) for group in (*folders, *graph.groups)]
    nodes = [replace(node, group=place.get(node.id, node.group)) for node in graph.nodes]
    return replace(graph, nodes=nodes, groups=[*groups, *parts])


def _inside(group: Group, parent: str, titles: Mapping[str, str]) -> Group:
    """A group in a folder, whose name its title leaves out."""
    return replace(group, parent=parent, title=group.title.removeprefix(titles.get(parent, "")))


def _apart(nodes: Sequence[Node], first: int) -> tuple[int, Mapping[str, list[Node]]]:
    """Parts of nodes by their titles, and the number of what tells them apart. What stands alone is in no part."""
    for key, words in enumerate(_APART[first:], first):
        found: dict[str, list[Node]] = {}
        for node in nodes:
            found.setdefault(words(node), []).append(node)
        parts = {title: ones for title, ones in found.items() if title and len(ones) > 1}
        if len(found) > 1 and parts:
            others = [node for title, ones in found.items() if title not in parts for node in ones]
            return key, {**parts, "others": others} if len(others) > LARGE else parts
    runs = [list(nodes[at : at + _RUN]) for at in range(0, len(nodes), _RUN)]
    return len(_APART), {f"{ones[0].title} … {ones[-1].title}": ones for ones in runs}


def _folders(roots: Sequence[Group], numbers: Iterator[int]) -> tuple[list[Group], Mapping[str, str]]:
    """The folders that hold several roots, and the folder of each group that is in one.

    A folder that holds only another one is left out, and so is the one that holds all.
    """
    if len(roots) <= _ROOTS:
        return [], {}
    inside: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    ways = {root.id: tuple(root.title.replace("\\", "/").split("/")) for root in roots}
    for way in ways.values():
        for depth in range(len(way)):
            inside.setdefault(way[:depth], set()).add(way[: depth + 1])
    top: tuple[str, ...] = ()
    while len(inside.get(top, ())) == 1:
        (top,) = inside[top]
    forks = sorted(way for way, ones in inside.items() if len(ones) > 1 and way != top)
    ids = {way: f"p{next(numbers)}" for way in forks}

    def around(way: tuple[str, ...]) -> str:
        return next((ids[way[:depth]] for depth in range(len(way) - 1, 0, -1) if way[:depth] in ids), "")

    folders = [Group(ids[way], "/".join(way), "folder", "/".join(way), around(way)) for way in forks]
    return folders, {root: around(way) for root, way in ways.items()}
