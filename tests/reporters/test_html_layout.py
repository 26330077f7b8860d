"""Where everything of a picture stands: by Graphviz where pygraphviz is installed, and else worked out here."""

from __future__ import annotations

import random
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import combinations

import pytest
from tests.cases import each_case

from awslint_memo.reporters.html.layered import layered
from awslint_memo.reporters.html.layout import layouts
from awslint_memo.reporters.html.shapes import Box, Curve, Frame, Layout, Line, Point, Rectangle, Task

HAS_GRAPHVIZ = find_spec("pygraphviz") is not None


@pytest.fixture(params=["Graphviz", "alone"], autouse=True)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What works out the places."""
    if request.param == "Graphviz" and not HAS_GRAPHVIZ:
        pytest.skip("pygraphviz is not installed")
    if request.param == "alone":
        monkeypatch.setattr("awslint_memo.reporters.html.layout.find_spec", lambda _: None)
    return str(request.param)


def test_boxes_and_frames_do_not_overlap() -> None:
    boxes = [Box(100, 40, 1), Box(120, 40, 0), Box(80, 60), Box(90, 40, 1)]
    (made,) = layouts([Task(boxes, [Line(0, 1, 80, 26), Line(1, 2), Line(3, 1)], [Frame(60), Frame(60, 0)])])
    assert made.frames.keys() == {0, 1}
    assert inside(made.frames[1], made.frames[0])
    for number, frame in ((0, 1), (3, 1), (1, 0)):
        assert inside(around(made, boxes, number), made.frames[frame])
    assert not inside(around(made, boxes, 2), made.frames[0])
    first = made.lines[0]
    assert first is not None
    assert first.points[0][0] < first.label[0] < first.end[0]


def test_lines_run_from_the_left_to_the_right_unless_they_close_a_circle() -> None:
    boxes = [Box(100, 40)] * 4
    (made,) = layouts([Task(boxes, [Line(0, 1), Line(1, 2), Line(2, 0), Line(1, 3, 60, 13)], [])])
    xs = [x for x, _ in made.boxes]
    assert xs[0] < xs[1] < xs[2]
    ends = [curve and (curve.points[0][0] < curve.end[0]) for curve in made.lines]
    assert ends == [True, True, False, True]


def test_a_title_that_is_wider_than_its_frame_widens_it() -> None:
    (made,) = layouts([Task([Box(60, 40, 0), Box(60, 40, 0)], [Line(0, 1)], [Frame(400)])])
    assert made.frames[0].width >= 400


def test_stages_without_lines_between_them_stand_apart() -> None:
    boxes = [Box(100, 40, 0), Box(100, 40, 1), Box(100, 40, 1)]
    (made,) = layouts([Task(boxes, [], [Frame(60), Frame(60)])])
    assert not overlap(made.frames[0], made.frames[1])


def test_what_graphviz_fails_at_costs_no_other_picture() -> None:
    """It ends its process at some labels between frames; that picture is then laid out as without it."""
    single = Task([Box(100, 40)] * 2, [Line(0, 1, 50, 20)], [])
    made = layouts([single, failing(), single])
    assert made[1] == layered(failing())
    assert made[0] == made[2]


def failing() -> Task:
    """What Graphviz 14 fails at."""
    chance = random.Random(1)
    boxes = [Box(180, 50, at * 20 // 150) for at in range(150)]
    lines = []
    for at in range(189):
        ends = (chance.randrange(at + 1), at + 1) if at < 149 else (chance.randrange(150), chance.randrange(150))
        lines.append(Line(*(ends if chance.random() < 0.7 else ends[::-1]), 90, 26))
    return Task(boxes, lines, [Frame(100, None if at % 3 == 0 else at - 1) for at in range(20)])


def chance_task(seed: int) -> Task:
    chance = random.Random(seed)
    number = chance.randrange(2, 151 if seed % 10 == 0 else 40)
    frames = [Frame(chance.randrange(20, 200), chance.choice([None, *range(at)])) for at in range(seed % 5)]
    within = [None, *range(len(frames))]
    boxes = [Box(chance.randrange(60, 200), chance.randrange(30, 90), chance.choice(within)) for _ in range(number)]
    sizes = [(0, 0), (80, 26), (120, 40)]
    count = min(number - 1 + chance.randrange(60), number * 3)
    ends = [(chance.randrange(number), chance.randrange(number)) for _ in range(count)]
    return Task(boxes, [Line(*pair, *chance.choice(sizes)) for pair in ends], frames)


@each_case("seed", range(40))
def test_whatever_is_drawn_without_graphviz_is_apart_and_no_line_crosses_a_box(seed: int) -> None:
    task = chance_task(seed)
    made = layered(task)
    places = [around(made, task.boxes, number) for number in range(len(task.boxes))]
    assert not any(overlap(*pair) for pair in combinations(places, 2))
    for number, place in enumerate(places):
        holding = set(frames_of(task, number))
        for frame, at in made.frames.items():
            assert inside(place, at) if frame in holding else not overlap(place, at)
        assert inside(place, Rectangle(0, 0, made.width, made.height))
    for line, curve in zip(task.lines, made.lines, strict=True):
        assert (curve is None) == (line.source == line.target)
        if curve is not None:
            assert touches(places[line.source], curve.points[0])
            assert touches(places[line.target], curve.end)
            assert not any(holds(place, point) for point in points(curve) for place in places)


def test_labels_stand_apart_from_boxes_and_each_other() -> None:
    task = Task([Box(100, 40)] * 6, [Line(0, at, 90, 26) for at in range(1, 6)] + [Line(1, 5, 90, 26)], [])
    made = layered(task)
    labels = [Rectangle(curve.label[0] - 45, curve.label[1] - 13, 90, 26) for curve in made.lines if curve is not None]
    everything = [*labels, *(around(made, task.boxes, number) for number in range(6))]
    assert not any(overlap(*pair) for pair in combinations(everything, 2))


def test_the_same_picture_comes_every_time() -> None:
    assert layered(failing()) == layered(failing())


def frames_of(task: Task, number: int) -> list[int]:
    frame, frames = task.boxes[number].frame, []
    while frame is not None:
        frames.append(frame)
        frame = task.frames[frame].parent
    return frames


def points(curve: Curve) -> list[Point]:
    """Some points of a curve."""
    shown: list[Point] = []
    for start in range(0, len(curve.points) - 1, 3):
        ends = curve.points[start : start + 4]
        for part in (0.1, 0.3, 0.5, 0.7, 0.9):
            weights = [(1 - part) ** 3, 3 * (1 - part) ** 2 * part, 3 * (1 - part) * part**2, part**3]
            x, y = (sum(weight * end[axis] for weight, end in zip(weights, ends, strict=True)) for axis in (0, 1))
            shown.append((x, y))
    return shown


def touches(box: Rectangle, point: Point) -> bool:
    is_beside = min(abs(point[0] - box.x), abs(point[0] - box.x - box.width)) < 1
    return is_beside and box.y <= point[1] <= box.y + box.height


def holds(box: Rectangle, point: Point) -> bool:
    return box.x + 1 < point[0] < box.x + box.width - 1 and box.y + 1 < point[1] < box.y + box.height - 1


def overlap(box: Rectangle, other: Rectangle) -> bool:
    is_beside = box.x + box.width <= other.x + 0.5 or other.x + other.width <= box.x + 0.5
    return not (is_beside or box.y + box.height <= other.y + 0.5 or other.y + other.height <= box.y + 0.5)


def around(made: Layout, boxes: Sequence[Box], number: int) -> Rectangle:
    (x, y), box = made.boxes[number], boxes[number]
    return Rectangle(x - box.width / 2, y - box.height / 2, box.width, box.height)


def inside(one: Rectangle, other: Rectangle) -> bool:
    return (
        other.x <= one.x + 1
        and other.y <= one.y + 1
        and one.x + one.width <= other.x + other.width + 1
        and one.y + one.height <= other.y + other.height + 1
    )
