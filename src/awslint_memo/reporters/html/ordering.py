"""Who stands above whom at a level of a drawing, so that few lines cross."""

from __future__ import annotations

from bisect import bisect, insort
from collections.abc import Mapping, Sequence
from itertools import pairwise

from awslint_memo.reporters.html.levels import Level, Node

_ROUNDS = 12
"""How often the ranks are put in order, in turn from the left and from the right."""

_Neighbours = dict[int, list[tuple[Node, float]]]


def columns(level: Level) -> list[list[Node]]:
    """The nodes of each rank from above, the ranks from the left."""
    before, after = _neighbours(level)
    order = _first(level, before, after)
    best, fewest = [[*column] for column in order], _crossings(order, after)
    for turn in range(_ROUNDS):
        if not fewest:
            break
        for at in range(1, len(order)) if turn % 2 == 0 else range(len(order) - 2, -1, -1):
            beside = order[at - 1] if turn % 2 == 0 else order[at + 1]
            _sort(order[at], beside, before if turn % 2 == 0 else after)
        crossings = _crossings(order, after)
        if crossings < fewest:
            best, fewest = [[*column] for column in order], crossings
    return best


def _neighbours(level: Level) -> tuple[_Neighbours, _Neighbours]:
    """The nodes to the left and right of each, by its `id`, with where the line meets them: 0 is the middle."""
    before: _Neighbours = {}
    after: _Neighbours = {}
    for line, left, right in level.steps():
        before.setdefault(id(right), []).append((left, _port(left, line)))
        after.setdefault(id(left), []).append((right, _port(right, line)))
    return before, after


def _port(node: Node, line: int) -> float:
    return node.ports.get(line, 0) / node.height if node.height else 0


def _first(level: Level, before: _Neighbours, after: _Neighbours) -> list[list[Node]]:
    """An order to begin with: what hangs together stands together."""
    every = level.every()
    lowest = min(node.rank for node in every)
    order: list[list[Node]] = [[] for _ in range(max(node.rank for node in every) - lowest + 1)]
    met: set[int] = set()
    for start in sorted(level.nodes.values(), key=lambda node: node.rank):
        waiting = [start]
        for node in waiting:
            if id(node) not in met:
                met.add(id(node))
                order[node.rank - lowest].append(node)
                waiting += [other for other, _ in (*after.get(id(node), ()), *before.get(id(node), ()))]
    return order


def _sort(column: list[Node], beside: Sequence[Node], neighbours: _Neighbours) -> None:
    """Put each node at the mean of its neighbours; one without any stays where it is."""
    place = {id(node): float(at) for at, node in enumerate(beside)}
    wish = {}
    for node in column:
        places = [place[id(other)] + port for other, port in neighbours.get(id(node), ()) if id(other) in place]
        if places:
            wish[id(node)] = sum(places) / len(places)
    sorted_nodes = iter(sorted((node for node in column if id(node) in wish), key=lambda node: wish[id(node)]))
    column[:] = [next(sorted_nodes) if id(node) in wish else node for node in column]


def _crossings(order: Sequence[Sequence[Node]], after: Mapping[int, Sequence[tuple[Node, float]]]) -> int:
    count = 0
    for left, right in pairwise(order):
        place = {id(node): at for at, node in enumerate(right)}
        passed: list[float] = []
        for node in left:
            ends = sorted(place[id(other)] + port for other, port in after.get(id(node), ()))
            count += sum(len(passed) - bisect(passed, end) for end in ends)
            for end in ends:
                insort(passed, end)
    return count
