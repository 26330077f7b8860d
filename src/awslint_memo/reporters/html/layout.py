"""Where the boxes and lines of a drawing stand: by Graphviz where it is installed, and else worked out by `layered`.

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
from typing import Any

from awslint_memo.files.process import search_path
from awslint_memo.reporters.html.layered import layered
from awslint_memo.reporters.html.shapes import Curve, Layout, Line, Point, Rectangle, Task, beyond, middle

MOST_BOXES = 150
"""The boxes of one drawing; more are no picture any more."""

MOST_BEYOND = 100
"""The lines beyond those of a tree in a clear picture; with more, Graphviz may take some seconds, and is not asked."""

MOST_TANGLED = 300
"""The lines beyond those of a tree that are drawn at all, where no groups are left to part a picture by."""

_MOST_STARTS = 40
"""How often the other program is started: once, and again for each picture at which it fails."""


def is_clear(boxes: int, lines: int) -> bool:
    """Whether so much is one picture that people can read."""
    return boxes <= MOST_BOXES and beyond(boxes, lines) <= MOST_BEYOND


def is_drawn(boxes: int, lines: int) -> bool:
    """Whether so much is laid out at all."""
    return boxes <= MOST_BOXES and beyond(boxes, lines) <= MOST_TANGLED


def layouts(tasks: Sequence[Task]) -> list[Layout]:
    """The places of what is drawn, from left to right: by Graphviz if pygraphviz is installed, else by `layered`.

    Graphviz works in a process of its own, as a mistake of it ends that. What it fails at is laid out here.
    """
    layout: list[Layout | None] = [None] * len(tasks)
    has_graphviz = find_spec("pygraphviz") is not None
    waiting = [at for at, task in enumerate(tasks) if has_graphviz and is_clear(len(task.boxes), len(task.lines))]
    for _ in range(_MOST_STARTS):
        if not waiting:
            break
        lines = _answers([_written(tasks[number]) for number in waiting])
        for number, line in zip(waiting, lines, strict=False):
            layout[number] = _placed(json.loads(line), len(tasks[number].boxes), tasks[number].lines)
        waiting = waiting[len(lines) + 1 :]
    return [layered(task) if place is None else place for task, place in zip(tasks, layout, strict=True)]


def _written(task: Task) -> str:
    """The task as the other program takes it."""
    members = {
        "boxes": [[box.width, box.height, box.frame] for box in task.boxes],
        "lines": [[line.source, line.target, line.width, line.height] for line in task.lines],
        "frames": [[frame.width, frame.parent] for frame in task.frames],
        "labels": task.has_labels,
    }
    return json.dumps(members)


def _answers(tasks: Sequence[str]) -> list[str]:
    """What the other program says, up to the task at which it fails."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "placing.py")
    text = "".join(f"{task}\n" for task in tasks)
    command = [sys.executable, "-I", program]
    # It may start Graphviz's program, which is beside this Python or is installed elsewhere, not in what is linted.
    environment = {**os.environ, "PATH": os.pathsep.join([os.path.dirname(sys.executable), *search_path()])}
    try:
        done = subprocess.run(  # noqa: S603
            command, input=text, capture_output=True, text=True, encoding="utf-8", check=False, env=environment
        )
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
    return Curve(points, end or points[-1], place(*_numbers(label)) if label else middle(points))


def _numbers(written: str) -> list[float]:
    return [float(number) for number in written.split(",")]
