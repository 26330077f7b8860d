"""What is laid out, and where it stands then: boxes, lines and frames of a drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.record import record

Point: TypeAlias = "tuple[float, float]"


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
    """A drawing from its upper left corner. boxes: their middles.

    lines: None for one that is not drawn, since Graphviz lost it, or since it leads from a box to the same box.
    """

    width: float
    height: float
    boxes: Sequence[Point]
    lines: Sequence[Curve | None]
    frames: Mapping[int, Rectangle]


@record(frozen=True)
class Task:
    """What is laid out as one picture."""

    boxes: Sequence[Box]
    lines: Sequence[Line]
    frames: Sequence[Frame]

    @property
    def has_labels(self) -> bool:
        """Whether the labels of lines get places of their own."""
        return beyond(len(self.boxes), len(self.lines)) <= MOST_LABELLED


MOST_LABELLED = 40
"""The lines beyond those of a tree for which each label gets a place too."""


def beyond(boxes: int, lines: int) -> int:
    """How many lines there are more than a tree of the boxes has."""
    return max(lines - boxes + 1, 0)


def middle(points: Sequence[Point]) -> Point:
    """A point about half way of a curve, on it."""
    pieces = (len(points) - 1) // 3
    start = (pieces // 2) * 3
    if pieces % 2 == 0:
        return points[start]
    (a, b), (c, d), (e, f), (g, h) = points[start : start + 4]
    return round((a + 3 * c + 3 * e + g) / 8, 1), round((b + 3 * d + 3 * f + h) / 8, 1)
