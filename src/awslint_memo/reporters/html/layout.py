"""Where the boxes and lines of a drawing stand, worked out by Graphviz.

Graphviz gets numbers as names, and sizes; no text of a file. How long it takes depends on how many lines there are more
than a tree has, so what would take too long is refused before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.model.record import record

Point: TypeAlias = "tuple[float, float]"

MOST_BOXES = 150
"""The boxes of one drawing; more are no picture any more."""

MOST_LABELLED = 40
"""The lines beyond those of a tree for which Graphviz finds a place for each label too."""

MOST_BEYOND = 100
"""The lines beyond those of a tree that are drawn at all; with as many, it may take some seconds."""

_INCH = 72


@record(frozen=True)
class Box:
    """A node and its size. frame: the number of the frame that it is in; None if it is in none."""

    width: float
    height: float
    frame: int | None = None


@record(frozen=True)
class Line:
    """An edge between two boxes, by their numbers. width, height: of its label. is_seen: False if it only orders."""

    source: int
    target: int
    width: float = 0
    height: float = 0
    is_seen: bool = True


@record(frozen=True)
class Frame:
    """What holds boxes and other frames. width: of its title. parent: the number of the frame that it is in."""

    width: float
    parent: int | None = None


@record(frozen=True)
class Curve:
    """How a line runs: the first point and three for each piece of a Bézier curve, its end, and the label's middle."""

    points: Sequence[Point]
    end: Point
    label: Point


@record(frozen=True)
class Rectangle:
    """The place of a frame."""

    x: float
    y: float
    width: float
    height: float


@record(frozen=True)
class Layout:
    """A drawing from its upper left corner. boxes: their middles. lines: None for one that is not seen."""

    width: float
    height: float
    boxes: Sequence[Point]
    lines: Sequence[Curve | None]
    frames: Mapping[int, Rectangle]


def beyond(boxes: int, lines: int) -> int:
    """How many lines there are more than a tree of the boxes has."""
    return max(lines - boxes + 1, 0)


def is_drawn(boxes: int, lines: int) -> bool:
    """Whether so much is laid out at all."""
    return boxes <= MOST_BOXES and beyond(boxes, lines) <= MOST_BEYOND


def layout(boxes: Sequence[Box], lines: Sequence[Line], frames: Sequence[Frame]) -> Layout:
    """The places of what is drawn, from left to right. Raises ImportError without pygraphviz."""
    import pygraphviz

    graph = pygraphviz.AGraph(
        directed=True, strict=False, rankdir="LR", nodesep="0.25", ranksep="0.55", pad="0", margin="0"
    )
    has_labels = beyond(len(boxes), len(lines)) <= MOST_LABELLED
    for number, box in enumerate(boxes):
        size = {"width": f"{box.width / _INCH:.4f}", "height": f"{box.height / _INCH:.4f}"}
        graph.add_node(f"n{number}", shape="box", fixedsize="true", label="", **size)
    for number, line in enumerate(lines):
        more = {"label": _room(line.width, line.height)} if line.width and has_labels else {}
        more |= {} if line.is_seen else {"style": "invis"}
        graph.add_edge(f"n{line.source}", f"n{line.target}", key=f"e{number}", id=str(number), **more)
    _frame(graph, None, boxes, frames)
    return _placed(json.loads(graph.draw(format="json0", prog="dot")), len(boxes), lines)


def _room(width: float, height: float) -> str:
    """A label that is only as large as one."""
    cell = "<TR><TD></TD></TR>"
    return f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{width:.0f}" HEIGHT="{height:.0f}">{cell}</TABLE>>'


def _frame(graph: Any, parent: int | None, boxes: Sequence[Box], frames: Sequence[Frame]) -> None:
    for number, frame in enumerate(frames):
        if frame.parent == parent:
            # Graphviz takes a node into a part of a graph only if the graph around it has it already.
            inside = [f"n{one}" for one, box in enumerate(boxes) if number in _around(box, frames)]
            label = _room(frame.width, 14)
            made = graph.add_subgraph(inside, name=f"cluster_{number}", label=label, labeljust="l", margin="10")
            _frame(made, number, boxes, frames)


def _around(box: Box, frames: Sequence[Frame]) -> Iterator[int]:
    number = box.frame
    while number is not None:
        yield number
        number = frames[number].parent


def _placed(made: Mapping[str, Any], count: int, lines: Sequence[Line]) -> Layout:
    left, bottom, right, top = _numbers(made["bb"])

    def place(x: float, y: float) -> Point:
        return round(x - left, 1), round(top - y, 1)

    boxes: list[Point] = [(0, 0)] * count
    frames: dict[int, Rectangle] = {}
    for one in made.get("objects", ()):
        if one["name"].startswith("n"):
            x, y = _numbers(one["pos"])
            boxes[int(one["name"][1:])] = place(x, y)
        elif "bb" in one:
            x, y, x_end, y_end = _numbers(one["bb"])
            corner = place(x, y_end)
            frames[int(one["name"].rpartition("_")[2])] = Rectangle(*corner, round(x_end - x, 1), round(y_end - y, 1))
    curves: list[Curve | None] = [None] * len(lines)
    for one in made.get("edges", ()):
        number = int(one["id"])
        if lines[number].is_seen and "pos" in one:
            curves[number] = _curve(one["pos"], one.get("lp"), place)
    return Layout(round(right - left, 1), round(top - bottom, 1), boxes, curves, frames)


def _curve(written: str, label: str | None, place: Any) -> Curve:
    first, *others = written.split(";")[0].split()
    end = place(*_numbers(first[2:])) if first.startswith("e,") else None
    points = [place(*_numbers(one)) for one in (others if end else [first, *others])]
    middle = place(*_numbers(label)) if label else _middle(points)
    return Curve(points, end or points[-1], middle)


def _middle(points: Sequence[Point]) -> Point:
    """A point about half way of a curve, on it."""
    pieces = (len(points) - 1) // 3
    start = (pieces // 2) * 3
    if pieces % 2 == 0:
        return points[start]
    (a, b), (c, d), (e, f), (g, h) = points[start : start + 4]
    return round((a + 3 * c + 3 * e + g) / 8, 1), round((b + 3 * d + 3 * f + h) / 8, 1)


def _numbers(written: str) -> list[float]:
    return [float(one) for one in written.split(",")]
