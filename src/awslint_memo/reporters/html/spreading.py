"""How far from each other the nodes of a level stand, from above to below, so that lines are short and straight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from awslint_memo.reporters.html.levels import Level, Node

_APART = 18
"""Between two boxes or frames of one rank."""

_BESIDE, _LINES = 10, 7
"""Between a box and a line that passes, and between two lines."""

_ROUNDS = 8
"""How often each rank follows its neighbours, in turn those to the left and those to the right."""

_FAN = 9
"""Between two lines at the side of a box, at most."""


def spread(order: Sequence[Sequence[Node]], level: Level) -> None:
    """Give each node its `y`, and each line its place at the sides of a box."""
    lefts: dict[int, list[tuple[int, Node]]] = {}
    rights: dict[int, list[tuple[int, Node]]] = {}
    for line, left, right in level.steps():
        lefts.setdefault(id(right), []).append((line, left))
        rights.setdefault(id(left), []).append((line, right))
    for column in order:
        _settle(column, [0.0] * len(column), [1.0] * len(column))
    for turn in range(_ROUNDS):
        is_last = turn >= _ROUNDS - 2
        for column in order if turn % 2 == 0 else reversed(order):
            near = [
                [*(lefts.get(id(node), ()) if turn % 2 == 0 or is_last else ()),
                 *(rights.get(id(node), ()) if turn % 2 or is_last else ())]
                for node in column
            ]  # fmt: skip
            wishes = [_wish(node, ends) for node, ends in zip(column, near, strict=True)]
            _settle(column, wishes, [len(ends) or 0.01 for ends in near])
    for node in level.nodes.values():
        if node.item is not None and node.item >= 0:
            node.ports = {**_fan(node, lefts.get(id(node), ())), **_fan(node, rights.get(id(node), ()))}


def _wish(node: Node, ends: Sequence[tuple[int, Node]]) -> float:
    """Where the lines of a node would be straight, on the mean."""
    if not ends:
        return node.y
    places = [end.y + end.ports.get(line, 0) - node.ports.get(line, 0) for line, end in ends]
    return sum(places) / len(places)


def _settle(column: Sequence[Node], wishes: Sequence[float], weights: Sequence[float]) -> None:
    """Bring nodes as near to what they wish as their order and sizes allow, by the least squares of what is left.

    Neighbours that would overlap become a block, at the mean of its wishes (the pool of adjacent violators).
    """
    offset, offsets = 0.0, [0.0]
    for upper, lower in pairwise(column):
        offset += (upper.height + lower.height) / 2 + _distance(upper, lower)
        offsets.append(offset)
    blocks: list[tuple[float, float, int]] = []
    for wish, weight, offset in zip(wishes, weights, offsets, strict=True):
        block = (weight, weight * (wish - offset), 1)
        while blocks and blocks[-1][1] / blocks[-1][0] >= block[1] / block[0]:
            upper_block = blocks.pop()
            block = (upper_block[0] + block[0], upper_block[1] + block[1], upper_block[2] + block[2])
        blocks.append(block)
    means = [total / weight for weight, total, number in blocks for _ in range(number)]
    for node, mean, offset in zip(column, means, offsets, strict=True):
        node.y = mean + offset


def _distance(upper: Node, lower: Node) -> float:
    solid = (upper.item is not None) + (lower.item is not None)
    return (_LINES, _BESIDE, _APART)[solid]


def _fan(box: Node, ends: Sequence[tuple[int, Node]]) -> dict[int, float]:
    """Where lines stand at a side of a box, from its middle: in the order of their other ends."""
    ordered = sorted(ends, key=lambda end: end[1].y + end[1].ports.get(end[0], 0))
    step = min(_FAN, (box.height - 16) / max(len(ends) - 1, 1))
    return {line: (at - (len(ends) - 1) / 2) * step for at, (line, _) in enumerate(ordered)}
