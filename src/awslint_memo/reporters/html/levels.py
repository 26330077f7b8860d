"""A drawing as levels: what a frame holds, in ranks from left to right.

A frame is laid out like a box at the level around it. A line that leaves a frame has a port at the frame's border,
and goes on from there at the level around it. So each level is a small graph of its own, and lines cross no box.

The way of it is that of layered drawings: turn lines round until no circle is left, give each node a rank, and put a
bend on each rank that a line passes (https://doi.org/10.1109/TSMC.1981.4308636).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.reporters.html.shapes import Task

Item: TypeAlias = int
"""A box by its number, or a frame by the complement of it (`~number`)."""

Side: TypeAlias = Literal["left", "right"]

_ROUNDS = 4
"""How often items are drawn towards their neighbours."""


@record(eq=False)
class Node:
    """What has a place at a level: a box, a frame, a port (without size), or the bend or label of a line.

    x, y: the middle. ports: where lines meet it, by their numbers, from the middle.
    """

    rank: int
    width: float = 0
    height: float = 0
    item: Item | None = None
    x: float = 0
    y: float = 0
    ports: Mapping[int, float] = field(default_factory=dict)


@record
class Level:
    """What a frame holds, or the whole drawing. paths: the nodes of each line here, from left to right.

    leaving: of lines that have one end here, what that is, and the side of the frame on which they leave it.
    turned: the lines that run from right to left. labels: the nodes that are labels of lines, which stand upon these.
    """

    nodes: dict[Item, Node] = field(default_factory=dict)
    links: list[tuple[int, Item, Item]] = field(default_factory=list)
    leaving: dict[int, tuple[Item, Side]] = field(default_factory=dict)
    paths: dict[int, list[Node]] = field(default_factory=dict)
    turned: set[int] = field(default_factory=set)
    labels: dict[int, Node] = field(default_factory=dict)

    def every(self) -> list[Node]:
        """All nodes, without repetition, first those that are boxes and frames."""
        passed = (node for path in self.paths.values() for node in path)
        return list(dict.fromkeys([*self.nodes.values(), *passed]))

    def steps(self) -> Iterator[tuple[int, Node, Node]]:
        """Each piece of a line between two ranks: its line and its left and right end."""
        for line, path in self.paths.items():
            yield from ((line, left, right) for left, right in pairwise(path))


def levels(task: Task) -> dict[int | None, Level]:
    """The levels of a drawing by their frames, an outer one before the inner ones; None is the whole."""
    around: dict[Item, int | None] = {at: box.frame for at, box in enumerate(task.boxes)}
    around.update({~at: frame.parent for at, frame in enumerate(task.frames)})
    chains = [_chain(at, around) for at in range(len(task.boxes))]
    made: dict[int | None, Level] = {None: Level()}
    for box, chain in zip(task.boxes, chains, strict=True):
        for item in chain:
            level = made.setdefault(around[item], Level())
            level.nodes.setdefault(item, Node(0, box.width, box.height, item) if item >= 0 else Node(0, item=item))
    for number, line in enumerate(task.lines):
        ways = chains[line.source], chains[line.target]
        if line.source != line.target:
            apart = next(at for at, pair in enumerate(zip(*ways, strict=False)) if pair[0] != pair[1])
            made[around[ways[0][apart]]].links.append((number, ways[0][apart], ways[1][apart]))
    for level in made.values():
        _rank(level, task)
        for number, source, target in level.links:
            is_turned = number in level.turned
            for item, end in ((source, task.lines[number].source), (target, task.lines[number].target)):
                inner = chains[end][chains[end].index(item) + 1 :]
                side: Side = "left" if (item == source) == is_turned else "right"
                for within in inner:
                    made[around[within]].leaving[number] = within, side
        _draw_paths(level, task)
    return made


def _chain(item: Item, around: Mapping[Item, int | None]) -> list[Item]:
    """The frames that hold an item, from the outermost, and the item."""
    chain = [item]
    while (frame := around[chain[-1]]) is not None:
        chain.append(~frame)
    return chain[::-1]


def _rank(level: Level, task: Task) -> None:
    level.turned = _turned(level)
    after: dict[Item, list[tuple[Item, int]]] = {item: [] for item in level.nodes}
    before: dict[Item, list[tuple[Item, int]]] = {item: [] for item in level.nodes}
    for number, source, target in level.links:
        first, last = (target, source) if number in level.turned else (source, target)
        length = 2 if task.lines[number].width and task.has_labels else 1
        after[first].append((last, length))
        before[last].append((first, length))
    rank: dict[Item, int] = {}
    ready = [item for item in level.nodes if not before[item]]
    waiting = {item: len(before[item]) for item in level.nodes}
    for item in ready:
        rank[item] = max((rank[earlier] + length for earlier, length in before[item]), default=0)
        for later, _ in after[item]:
            waiting[later] -= 1
            if not waiting[later]:
                ready.append(later)
    for _ in range(_ROUNDS):
        for item in reversed(ready):
            _draw_near(item, rank, before[item], after[item])
    for item, node in level.nodes.items():
        node.rank = rank[item]


def _draw_near(
    item: Item, rank: dict[Item, int], before: Sequence[tuple[Item, int]], after: Sequence[tuple[Item, int]]
) -> None:
    """Shorten the lines of an item: it goes to the side on which it has more of them."""
    if len(after) > len(before):
        rank[item] = min(rank[later] - length for later, length in after)
    elif len(before) > len(after):
        rank[item] = max(rank[earlier] + length for earlier, length in before)


def _turned(level: Level) -> set[int]:
    """The lines to turn round so that no circle is left: those that lead back on a walk along the lines."""
    after: dict[Item, list[tuple[int, Item]]] = {item: [] for item in level.nodes}
    entered = set()
    for number, source, target in level.links:
        after[source].append((number, target))
        entered.add(target)
    turned: set[int] = set()
    done: set[Item] = set()
    for start in sorted(level.nodes, key=lambda item: item in entered):
        way, on_way = [(start, iter(after[start]))], {start}
        if start in done:
            continue
        while way:
            item, lines = way[-1]
            number, target = next(lines, (-1, item))
            if number < 0:
                way.pop()
                on_way.discard(item)
                done.add(item)
            elif target in on_way:
                turned.add(number)
            elif target not in done:
                on_way.add(target)
                way.append((target, iter(after[target])))
    return turned


def _draw_paths(level: Level, task: Task) -> None:
    ranks = [node.rank for node in level.nodes.values()]
    for number, source, target in level.links:
        first, last = (target, source) if number in level.turned else (source, target)
        left, right, line = level.nodes[first], level.nodes[last], task.lines[number]
        bends = [Node(rank) for rank in range(left.rank + 1, right.rank)]
        if line.width and task.has_labels:
            label = level.labels[number] = bends[len(bends) // 2]
            label.width, label.height, label.ports = line.width, line.height, {number: line.height / 2}
        level.paths[number] = [left, *bends, right]
    for number, (item, side) in level.leaving.items():
        node = level.nodes[item]
        if side == "right":
            level.paths[number] = [node, *map(Node, range(node.rank + 1, max(ranks) + 2))]
        else:
            level.paths[number] = [*map(Node, range(min(ranks) - 1, node.rank)), node]
