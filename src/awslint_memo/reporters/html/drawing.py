"""Draws a picture as SVG, with the places that were worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.finding import Level
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.phrases import counted, listed
from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Edge, Group, Node
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.graph_folding import resource_count
from awslint_memo.reporters.html import boxes
from awslint_memo.reporters.html.families import Drawn
from awslint_memo.reporters.html.layout import layouts
from awslint_memo.reporters.html.markup import Markup, element
from awslint_memo.reporters.html.pictures import Picture, above
from awslint_memo.reporters.html.shapes import Box, Curve, Frame, Layout, Line, Rectangle, Task
from awslint_memo.reporters.html.ties import Ties
from awslint_memo.reporters.shown_findings import level_counts

_ABOUT = 6.0
"""About how wide a character of a label is."""

_LABEL, _LABEL_LINES, _LABEL_LINE = 20, 2, 13
_TITLE, _TITLE_WIDTH = 40, 6.4
_BADGE = 22
"""The height of the badges below a label."""

_UNSAID = frozenset(("is followed by", "begins with"))
"""What an arrow says by itself."""

_EDGE = 14
"""The space around a picture, for the badges."""


@record(frozen=True)
class _Plan:
    """What of a picture is laid out. labels: the lines of each edge's label."""

    picture: Picture
    cards: Sequence[boxes.Card]
    edges: Sequence[Edge]
    labels: Sequence[Sequence[str]]
    groups: Sequence[Group]

    @cached_property
    def named(self) -> Mapping[str, str]:
        """The names of the nodes by their ids."""
        return {card.node.id: card.node.name for card in self.cards}


class Drawer:
    """Draws the pictures of a page."""

    def __init__(self, drawn: Drawn, ties: Ties) -> None:
        self._drawn = drawn
        self._ties = ties

    def pictures(self, pictures: Sequence[Picture]) -> list[Markup]:
        """Pictures, each with its number in its ids."""
        plans = [self._plan(picture) for picture in pictures]
        tasks = list(map(self._task, plans))
        return [self._svg(*each) for each in zip(plans, tasks, layouts(tasks), strict=True)]

    def _task(self, plan: _Plan) -> Task:
        numbers = {card.node.id: at for at, card in enumerate(plan.cards)}
        frames = {group.id: at for at, group in enumerate(plan.groups)}
        lines = [
            Line(numbers[edge.source], numbers[edge.target], _wide(label), _high(label, self._ties.levels((), [edge])))
            for edge, label in zip(plan.edges, plan.labels, strict=True)
        ]
        return Task(
            [Box(card.width, card.height, _around(card.node, plan.picture, frames)) for card in plan.cards],
            lines,
            [Frame(len(_title(group)) * _TITLE_WIDTH, frames.get(group.parent)) for group in plan.groups],
        )

    def _plan(self, picture: Picture) -> _Plan:
        cards = [
            boxes.card(
                node, self._name(node), self._ties.levels(picture.of(node)), picture.parts.get(node.id) is not None
            )
            for node in picture.nodes
        ]
        frames = [list(reversed(above(node, picture.groups))) for node in picture.nodes]
        groups = {group.id: group for every in frames for group in every}
        roots = [group for group in groups.values() if not group.parent]
        shown = [group for group in groups.values() if group.parent or len(roots) > 1]
        edges = sorted(picture.edges, key=lambda edge: edge.label)
        labels = [[] if edge.label in _UNSAID else _lines(edge.label) for edge in edges]
        return _Plan(picture, cards, edges, labels, shown)

    def _name(self, node: Node) -> str:
        """The name of a node in its frame: without the stack or the module that the frame has as its title."""
        for group in self._drawn.above(self._drawn.nodes.get(node.id, node)):
            if group.kind == "root" and group.parent and node.title[: len(group.title)] == group.title:
                return node.title[len(group.title) :].lstrip("./") or node.title
        return node.title

    def _svg(self, plan: _Plan, task: Task, layout: Layout) -> Markup:
        picture, number = plan.picture, plan.picture.number
        named = [visible(card.node.title) for card in plan.cards]
        count = counted(resource_count(picture.resources()), "resource")
        title = f"{count} with {counted(len(plan.edges), 'connection')}"
        places = zip(plan.cards, layout.boxes, strict=True)
        wide, high = layout.width + 2 * _EDGE, layout.height + 2 * _EDGE
        ends = ("sure", "unsure", "failed")
        return element(
            "svg",
            element("title", f"{title}: {listed(named, 6)}", id=f"p{number}"),
            element("defs", *(_head(end, number) for end in ends)),
            *(_frame(group, layout.frames.get(at)) for at, group in enumerate(plan.groups)),
            element("g", *self._lines(plan, layout), class_="lines", aria_hidden="true"),
            *self._on_lines(plan, layout),
            *(self._box(card, x, y, picture) for card, (x, y) in places),
            viewBox=f"{-_EDGE} {-_EDGE} {wide:g} {high:g}",
            width=round(wide),
            height=round(high),
            role="group",
            aria_labelledby=f"p{number}",
            class_="picture" if task.has_labels else "picture dense",
        )

    def _box(self, card: boxes.Card, x: float, y: float, picture: Picture) -> Markup:
        """The box of a node, with what it leads to: its row in the list, the picture of a group, or another picture."""
        node = card.node
        anchors = " ".join(filter(None, map(self._ties.anchors, picture.of(node))))
        elsewhere = picture.beside.get(node.id)
        if elsewhere is not None:
            return boxes.drawn(card, x, y, anchors, "", elsewhere)
        name = picture.anchor(node)
        return boxes.drawn(card, x, y, anchors, name, f"{'i' if node.id in picture.parts else 'r'}{name[1:]}")

    def _lines(self, plan: _Plan, layout: Layout) -> list[Markup]:
        lines, number = [], plan.picture.number
        for edge, label, curve in zip(plan.edges, plan.labels, layout.lines, strict=True):
            if curve is not None:
                has_badges = bool(self._ties.on_edge(edge))
                lines.append(
                    _line(edge, label, curve, self._sentence(edge, plan), number, _BADGE / 2 if has_badges else 0)
                )
        return lines

    def _on_lines(self, plan: _Plan, layout: Layout) -> Iterator[Markup]:
        """A link for each edge that has findings, below its label."""
        for edge, label, curve in zip(plan.edges, plan.labels, layout.lines, strict=True):
            findings, levels = self._ties.on_edge(edge), self._ties.levels((), [edge])
            if curve is None or not findings:
                continue
            wide, tally = boxes.badges_width(levels), ", ".join(level_counts(levels))
            x = curve.label[0] - wide / 2
            y = curve.label[1] + len(label) * _LABEL_LINE / 2 - _BADGE / 2 + 2
            yield element(
                "a",
                element("rect", x=round(x, 1), y=round(y, 1), width=wide, height=18, rx=9),
                class_="on-line",
                href=f"#{self._ties.anchor(findings[0])}",
                aria_label=f"{edge.via}, {self._sentence(edge, plan)}: {tally}",
                data_f=" ".join(map(self._ties.anchor, findings)),
            )
            yield boxes.badges(levels, x, y)

    def _sentence(self, edge: Edge, plan: _Plan) -> str:
        source, target = (plan.named[node] for node in (edge.source, edge.target))
        return f"{source} {edge.label} {target}" + ("" if edge.is_sure else " (depends on what is left open)")


def _around(node: Node, picture: Picture, frames: Mapping[str, int]) -> int | None:
    """The number of the innermost frame around a node."""
    return next((frames[group.id] for group in above(node, picture.groups) if group.id in frames), None)


def _lines(label: str) -> list[str]:
    """A label in lines of about the same length."""
    words = visible(label).split(" ")
    if width(label) <= _LABEL or len(words) == 1:
        return [boxes.shortened(" ".join(words), _LABEL * 2)]
    parts = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    best = min(parts, key=lambda pair: max(map(width, pair)))
    return [boxes.shortened(line, _LABEL * 2) for line in best]


def _wide(label: Sequence[str]) -> float:
    return max(map(width, label)) * _ABOUT + 8 if label else 0


def _high(label: Sequence[str], levels: Mapping[Level, int]) -> float:
    return len(label) * _LABEL_LINE + 3 + (_BADGE if levels else 0)


def _title(group: Group) -> str:
    return boxes.shortened(visible(group.title), _TITLE)


def _frame(group: Group, place: Rectangle | None) -> Markup:
    if place is None:
        return element("g")
    return element(
        "g",
        element("title", visible(group.title)),
        element("rect", x=place.x, y=place.y, width=place.width, height=place.height, rx=9),
        element("text", _title(group), x=place.x + 10, y=place.y + 15),
        class_=f"frame {group.kind}",
    )


def _class(edge: Edge) -> str:
    return "failed" if "failed" in edge.label else "sure" if edge.is_sure else "unsure"


def _line(edge: Edge, label: Sequence[str], curve: Curve, sentence: str, number: int, up: float) -> Markup:
    first, *rest = [f"{x:g} {y:g}" for x, y in curve.points]
    last = "" if curve.end == curve.points[-1] else f"L{curve.end[0]:g} {curve.end[1]:g}"
    x, y = curve.label
    top = y - up - (len(label) - 1) * _LABEL_LINE / 2 + 4
    return element(
        "g",
        element("title", sentence),
        element("path", d=f"M{first}C{' '.join(rest)}{last}", marker_end=f"url(#{_class(edge)}{number})"),
        *(
            element("text", line, x=x, y=round(top + at * _LABEL_LINE, 1), text_anchor="middle")
            for at, line in enumerate(label)
        ),
        class_=f"line {_class(edge)}" + ("" if edge.is_sure else " open"),
        data_n=f"{edge.source} {edge.target}",
    )


def _head(name: str, number: int) -> Markup:
    """The head of an arrow; each picture has its own, as a browser draws none of a picture that is hidden."""
    return element(
        "marker",
        element("path", d="M0 0L10 4L0 8z"),
        id=f"{name}{number}",
        class_=f"head {name}",
        viewBox="0 0 10 8",
        refX=9,
        refY=4,
        markerWidth=10,
        markerHeight=8,
        markerUnits="userSpaceOnUse",
        orient="auto",
    )
