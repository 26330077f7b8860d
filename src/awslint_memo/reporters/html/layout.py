"""Where the boxes and lines of a drawing stand, worked out by Graphviz.

Graphviz (`placing`) gets numbers as names, and sizes; no text of a file. How long it takes depends on how many lines
there are more than a tree has, so what would take too long is refused before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any, TypeAlias

from awslint_memo.model.record import record

Point: TypeAlias = "tuple[float, float]"

MOST_BOXES = 150
"""The boxes of one drawing; more are no picture any more."""

MOST_LABELLED = 40
"""The lines beyond those of a tree for which Graphviz finds a place for each label too."""

MOST_BEYOND = 100
"""The lines beyond those of a tree that are drawn at all; with as many, it may take some seconds."""

_MOST_STARTS = 40
"""How often the other program is started: once, and again for each picture at which it fails."""


@record(frozen=True)
class Box:
    """A node and its size. frame: the number of the frame that it is in; None if it is in none."""

    width: float
    height: float
    frame: int | None = None


@record(frozen=True)
class Line:
    """An edge between two boxes, by their numbers. width, height: of its label."""

    source: int
    target: int
    width: float = 0
    height: float = 0


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
    """A drawing from its upper left corner. boxes: their middles. lines: None for one that Graphviz lost."""

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


@record(frozen=True)
class Task:
    """What is laid out as one picture."""

    boxes: Sequence[Box]
    lines: Sequence[Line]
    frames: Sequence[Frame]

    def written(self, *, labels: bool) -> str:
        """The task as the other program takes it. labels: whether the labels of lines get places of their own."""
        members = {
            "boxes": [[box.width, box.height, box.frame] for box in self.boxes],
            "lines": [[line.source, line.target, line.width, line.height] for line in self.lines],
            "frames": [[frame.width, frame.parent] for frame in self.frames],
            "labels": labels and beyond(len(self.boxes), len(self.lines)) <= MOST_LABELLED,
        }
        return json.dumps(members)


def check() -> None:
    """Raise ImportError if what lays out the pictures is not installed."""
    if find_spec("pygraphviz") is None:
        raise ModuleNotFoundError("no pygraphviz", name="pygraphviz")


def layouts(tasks: Sequence[Task]) -> list[Layout | None]:
    """The places of what is drawn, from left to right; None where Graphviz fails.

    It works in a process of its own, as a mistake of it ends that. What it fails at, it tries without labels again.
    Raises ImportError if it is not installed.
    """
    check()
    layout: list[Layout | None] = [None] * len(tasks)
    waiting = [(number, True) for number in range(len(tasks))]
    for _ in range(_MOST_STARTS):
        if not waiting:
            break
        lines = _answers([tasks[number].written(labels=labels) for number, labels in waiting])
        for (number, _), line in zip(waiting, lines, strict=False):
            layout[number] = _placed(json.loads(line), len(tasks[number].boxes), tasks[number].lines)
        failed, waiting = waiting[len(lines) : len(lines) + 1], waiting[len(lines) + 1 :]
        waiting = [*((number, False) for number, labels in failed if labels), *waiting]
    return layout


def _answers(tasks: Sequence[str]) -> list[str]:
    """What the other program says, up to the task at which it fails."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "placing.py")
    text = "".join(f"{task}\n" for task in tasks)
    command = [sys.executable, "-I", program]
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    except OSError:
        return []
    return [line for line in done.stdout.split("\n")[:-1] if line]


def _placed(drawing: Mapping[str, Any], count: int, lines: Sequence[Line]) -> Layout:
    left, bottom, right, top = _numbers(drawing["bb"])

    def place(x: float, y: float) -> Point:
        return round(x - left, 1), round(top - y, 1)

    boxes: list[Point] = [(0, 0)] * count
    frames: dict[int, Rectangle] = {}
    for shape in drawing.get("objects", ()):
        if shape["name"].startswith("n"):
            x, y = _numbers(shape["pos"])
            boxes[int(shape["name"][1:])] = place(x, y)
        elif "bb" in shape:
            x, y, x_end, y_end = _numbers(shape["bb"])
            corner = place(x, y_end)
            frames[int(shape["name"].rpartition("_")[2])] = Rectangle(*corner, round(x_end - x, 1), round(y_end - y, 1))
    curves: list[Curve | None] = [None] * len(lines)
    for edge in drawing.get("edges", ()):
        number = int(edge["id"])
        if "pos" in edge:
            curves[number] = _curve(edge["pos"], edge.get("lp"), place)
    return Layout(round(right - left, 1), round(top - bottom, 1), boxes, curves, frames)


def _curve(written: str, label: str | None, place: Any) -> Curve:
    first, *others = written.split(";")[0].split()
    end = place(*_numbers(first[2:])) if first.startswith("e,") else None
    points = [place(*_numbers(other)) for other in (others if end else [first, *others])]
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
    return [float(number) for number in written.split(",")]
