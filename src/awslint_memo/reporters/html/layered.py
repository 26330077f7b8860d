"""Where everything of a drawing stands, worked out here: levels from the inside to the outside, then the lines.

It needs no library. Boxes and frames never overlap, and lines pass between the boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from awslint_memo.model.record import record
from awslint_memo.reporters.html.levels import Level, Node, levels
from awslint_memo.reporters.html.ordering import columns
from awslint_memo.reporters.html.shapes import Curve, Layout, Point, Rectangle, Task, middle
from awslint_memo.reporters.html.spreading import spread

_GAP = 30
"""Between two ranks."""

_MARGIN, _ROOM, _TITLE = 14, 24, 26
"""Inside a frame, the same where lines leave it, and above what it holds."""

_HEAD = 10
"""The last piece of a line, which is straight, so that the head of the arrow stands well."""


@record(frozen=True)
class _Placed:
    """A level with the size of what it holds. sides: the left and right end of each rank."""

    level: Level
    width: float
    height: float
    sides: Mapping[int, tuple[float, float]]


def layered(task: Task) -> Layout:
    """The places of boxes, lines and frames."""
    placed: dict[int | None, _Placed] = {}
    inner_first = list(levels(task).items())[::-1]
    for frame, level in inner_first:
        for item, node in level.nodes.items():
            if item < 0:
                _fit(node, placed[~item])
        placed[frame] = _place(level, 0 if frame is None else task.frames[frame].width + 2 * _MARGIN, frame is None)
    boxes: list[Point] = [(0, 0)] * len(task.boxes)
    corners: dict[int | None, Point] = {None: (0, 0)}
    for frame, level in reversed(inner_first):
        left, top = corners[frame]
        for item, node in level.nodes.items():
            if item >= 0:
                boxes[item] = _rounded(left + node.x, top + node.y)
            else:
                corners[~item] = left + node.x - node.width / 2, top + node.y - node.height / 2
    frames = {
        frame: Rectangle(*_rounded(*corners[frame]), *_rounded(placed[frame].width, placed[frame].height))
        for frame in corners
        if frame is not None
    }
    curves = [_curve(number, placed, corners) for number in range(len(task.lines))]
    return Layout(*_rounded(placed[None].width, placed[None].height), boxes, curves, frames)


def _fit(node: Node, inside: _Placed) -> None:
    """Give a frame the size of what it holds, and its lines the places of the ports inside."""
    node.width, node.height = inside.width, inside.height
    node.ports = {
        number: inside.level.paths[number][-1 if side == "right" else 0].y - inside.height / 2
        for number, (_, side) in inside.level.leaving.items()
    }


def _place(level: Level, least: float, is_whole: bool) -> _Placed:
    """Place the nodes of a level, from the upper left corner of its frame. least: how wide that is at least."""
    order = columns(level)
    spread(order, level)
    margin, title = (0, 0) if is_whole else (_ROOM if level.leaving else _MARGIN, _TITLE)
    every = [node for column in order for node in column]
    top = min(node.y - node.height / 2 for node in every) - title
    sides = _sides(order, level, margin, least)
    for node in every:
        node.y -= top
        node.x = sum(sides[node.rank]) / 2
    bottom = max(node.y + node.height / 2 for node in every)
    return _Placed(level, max(right for _, right in sides.values()), bottom + margin, sides)


def _sides(
    order: Sequence[Sequence[Node]], level: Level, margin: float, least: float
) -> dict[int, tuple[float, float]]:
    """The left and right end of each rank. Ports stand at the border, which has a rank of its own at both sides."""
    ranks = [node.rank for node in level.nodes.values()]
    sides: dict[int, tuple[float, float]] = {min(ranks) - 1: (0, 0)}
    end = margin - _GAP
    for column in order:
        rank = column[0].rank
        if min(ranks) <= rank <= max(ranks):
            sides[rank] = end + _GAP, end + _GAP + max(node.width for node in column)
            end = sides[rank][1]
    border = max(end + margin, least)
    return {**sides, max(ranks) + 1: (border, border)}


def _curve(number: int, placed: Mapping[int | None, _Placed], corners: Mapping[int | None, Point]) -> Curve | None:
    """A line from its source to its target, through all levels that have a part of it; None where these are one."""
    around = [frame for frame, part in placed.items() if number in part.level.paths]
    if not around:
        return None
    side = {frame: placed[frame].level.leaving.get(number, (0, ""))[1] for frame in around}
    whole = around[-1]  # The outermost.
    way = [frame for frame in around if side[frame] == "right"] + [whole]
    way += [frame for frame in reversed(around) if side[frame] == "left"]
    stops = list(dict.fromkeys(point for frame in way for point in _stops(number, placed[frame], corners[frame])))
    sign = 1
    if number in placed[whole].level.turned:
        stops, sign = stops[::-1], -1
    end = stops[-1]
    stops[-1] = end[0] - sign * _HEAD, end[1]
    points = [stops[0]]
    for (x, y), (to_x, to_y) in pairwise(stops):
        points += [((x + to_x) / 2, y), ((x + to_x) / 2, to_y), (to_x, to_y)]
    points = [_rounded(*point) for point in points]
    label = placed[whole].level.labels.get(number)
    left, top = corners[whole]
    return Curve(points, _rounded(*end), _rounded(left + label.x, top + label.y) if label else middle(points))


def _stops(number: int, placed: _Placed, corner: Point) -> Iterator[Point]:
    """The points of a part of a line, from left to right, between which it bends: it runs straight through a rank."""
    path = placed.level.paths[number]
    for at, node in enumerate(path):
        left, right = placed.sides[node.rank]
        y = corner[1] + node.y + node.ports.get(number, 0)
        if at:
            yield corner[0] + left, y
        if node.item is not None:
            yield corner[0] + node.x + (node.width / 2 if at == 0 else -node.width / 2), y
        if at < len(path) - 1:
            yield corner[0] + right, y


def _rounded(x: float, y: float) -> Point:
    return round(x, 1), round(y, 1)
