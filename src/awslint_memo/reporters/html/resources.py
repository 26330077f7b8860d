"""The resources by the templates that make them: pictures, what stands alone, and a list of all with their ties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted
from awslint_memo.model.phrases import listed as listed_words
from awslint_memo.relations.graph.graph import Edge, Node
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.graph_folding import resource_count
from awslint_memo.reporters.html.boxes import kind_of, note_of, shortened
from awslint_memo.reporters.html.drawing import Drawer
from awslint_memo.reporters.html.families import Drawn, Family
from awslint_memo.reporters.html.findings import place
from awslint_memo.reporters.html.layout import is_drawn
from awslint_memo.reporters.html.markup import EMPTY, Markup, element, glyph, joined, listed, mark, spaced
from awslint_memo.reporters.html.pictures import Picture
from awslint_memo.reporters.html.ties import Ties
from awslint_memo.reporters.shown_findings import NOUNS

_ALONE = 8
"""How many resources without a connection are shown unfolded, if not more have findings."""

_CHIP = 52
"""The columns of a name there."""

_PICTURES = 6
"""How many pictures of a template are shown unfolded; those with the gravest findings come first."""

_FAMILIES = 12
"""How many templates are named unfolded."""

_OPEN = 3
"""How many templates are shown unfolded."""


class Resources:
    """The chapter of the resources."""

    def __init__(self, drawn: Drawn, ties: Ties) -> None:
        self._drawn = drawn
        self._ties = ties
        drawings = Drawer(drawn, ties).pictures(drawn.drawings) if drawn.drawings else []
        self._drawings = {picture.number: part for picture, part in zip(drawn.drawings, drawings, strict=True)}

    def chapter(self) -> Markup:
        """All templates, those with the gravest findings first."""
        families = sorted(self._drawn.families, key=lambda family: self._gravity(family.nodes))
        parts = [self._family(family, is_open=at < _OPEN) for at, family in enumerate(families)]
        return _folded(parts, _FAMILIES, "template")

    def _gravity(self, nodes: Sequence[Node]) -> tuple[int, ...]:
        levels = self._ties.levels(nodes, self._drawn.edges(nodes))
        return tuple(-levels.get(level, 0) for level in LEVELS)

    def _family(self, family: Family, *, is_open: bool) -> Markup:
        titles = [group.title for group in family.roots]
        shown = titles if len(titles) <= 4 else [*titles[:3], f"and {len(titles) - 3} more"]
        name = element("h3", *spaced(element("code", title, class_="root") for title in shown))
        facts = [
            counted(resource_count(family.nodes), "resource"),
            *self._levels(family.nodes, self._drawn.edges(family.nodes)),
        ]
        head = element(
            "summary", name, element("span", *spaced(element("span", fact) for fact in facts), class_="facts")
        )
        return element(
            "details",
            head,
            *self._pictures_of(family),
            self._alone(family),
            self._list(family),
            class_="family",
            open=is_open,
        )

    def _levels(self, nodes: Sequence[Node], edges: Sequence[Edge] = ()) -> list[Markup]:
        numbers = self._ties.levels(nodes, edges).items()
        return [
            element("span", mark(level), " ", counted(number, NOUNS[level]), class_=f"tally {level}")
            for level, number in numbers
        ]

    def _pictures_of(self, family: Family) -> Iterator[Markup]:
        pictures = sorted(
            family.pictures, key=lambda picture: (*self._gravity(picture.resources()), -len(picture.nodes))
        )
        shown = pictures if len(pictures) <= _PICTURES + 2 else pictures[:_PICTURES]
        if shown:
            yield element("div", *map(self._figure, shown), class_="pictures")
        if rest := pictures[len(shown) :]:
            title = element("summary", counted(len(rest), "more picture"))
            yield element("details", title, element("div", *map(self._figure, rest), class_="pictures"))

    def _figure(self, picture: Picture) -> Markup:
        part = self._drawings.get(picture.number)
        if part is None:
            return element("p", _undrawn(picture), class_="undrawn")
        name = f"Picture {picture.number}"
        drawing = element("div", part, class_="scroll", tabindex=0, role="region", aria_label=name)
        parts = [self._part(box, picture) for box in picture.nodes if box.id in picture.parts]
        return element("div", drawing, *parts, class_="grouped") if parts else drawing

    def _part(self, box: Node, picture: Picture) -> Markup:
        """The picture of a group, folded; its box in the picture around it leads here."""
        part = picture.parts[box.id]
        anchor = picture.anchor(box)
        facts = [box.kind, *self._levels(part.nodes, self._drawn.edges(part.nodes))]
        words = element("span", *spaced(element("span", fact) for fact in facts), class_="facts")
        head = element("summary", element("code", box.name, class_="root"), " ", words)
        back = element("p", element("a", "Back to its box", href=f"#{anchor}"), class_="back")
        return element("details", head, back, self._figure(part.picture), class_="part", id=f"i{anchor[1:]}")

    def _alone(self, family: Family) -> Markup:
        if not family.alone:
            return EMPTY
        title = "Without a connection that is known" if family.pictures else "No connection between them is known"
        nodes = sorted(family.alone, key=lambda node: not self._ties.findings(node))
        first = max(_ALONE, sum(bool(self._ties.findings(node)) for node in nodes))
        first = len(nodes) if len(nodes) <= first + 3 else first
        chips = listed([self._chip(node) for node in nodes[:first]], class_="chips")
        rest = listed([self._chip(node) for node in nodes[first:]], class_="chips")
        folded = element("summary", f"{len(nodes) - first} more, without findings")
        return joined(element("h4", title), chips, element("details", folded, rest) if rest else EMPTY)

    def _chip(self, node: Node) -> Markup:
        return element(
            "a",
            glyph(node.service, node.kind),
            *spaced(
                [
                    element("span", shortened(visible(node.title), _CHIP), class_="name", title=visible(node.name)),
                    element("span", kind_of(node), class_="kind"),
                    *self._levels([node]),
                ]
            ),
            class_="chip",
            id=f"n-{node.id}",
            href=f"#r-{node.id}",
            data_f=self._ties.anchors(node),
        )

    def _list(self, family: Family) -> Markup:
        heads = ("resource", "what it is", "what is known of it", "connections", "findings")
        rows = map(self._row, family.nodes)
        head = element("thead", element("tr", *(element("th", head, scope="col") for head in heads)))
        table = element("table", head, element("tbody", *rows))
        title = element("summary", f"List of {counted(resource_count(family.nodes), 'resource')}")
        name = f"List of resources of {_named(family)}"
        wide = element("div", table, class_="wide", tabindex=0, role="region", aria_label=name)
        return element("details", title, wide, class_="list")

    def _row(self, node: Node) -> Markup:
        name, anchor, row = element("code", node.title), self._drawn.anchor(node), f"r-{node.id}"
        names = [name if anchor == row else element("a", name, href=f"#{anchor}"), self._place(node)]
        if node.title != node.name:
            names.insert(1, element("code", node.name, class_="at"))
        if node.deployments:
            names.append(element("span", f"in {', '.join(node.deployments)}", class_="where"))
        cells = [
            kind_of(node),
            listed([joined(note_of(note.name, note.text)) for note in node.notes]),
            listed(list(self._connections(node))),
            listed([self._finding(node, at) for at in range(len(self._ties.findings(node)))]),
        ]
        head = element("th", *spaced(names), scope="row")
        return element("tr", head, *(element("td", cell) for cell in cells), id=row, tabindex=-1)

    def _place(self, node: Node) -> Markup:
        """The line of a node; with its file, if that is not the template that its list is of."""
        span, above = node.place.span, self._drawn.above(node)
        if above and above[-1].path == span.path:
            return element("code", f"line {span.line}", class_="at")
        return place(span)

    def _connections(self, node: Node) -> Iterator[Markup]:
        for edge in self._drawn.of.get(node.id, ()):
            yield joined(edge.label, " ", self._link(edge.target), _more(edge))
        for edge in self._drawn.to.get(node.id, ()):
            yield joined(self._link(edge.source), " ", edge.label, " it", _more(edge))

    def _link(self, node: str) -> Markup:
        return element("a", self._drawn.nodes[node].title, href=f"#r-{node}")

    def _finding(self, node: Node, at: int) -> Markup:
        finding = self._ties.findings(node)[at]
        level = finding.level or "warning"
        link = element("a", finding.rule, href=f"#{self._ties.anchor(finding)}", title=finding.message)
        return joined(mark(level), element("span", f"{level} ", class_="unseen"), link)


def _folded(parts: Sequence[Markup], most: int, noun: str) -> Markup:
    """Parts of which those after the first are folded."""
    if len(parts) <= most + 2:
        return joined(*parts)
    title = element("summary", counted(len(parts) - most, f"more {noun}"))
    return joined(*parts[:most], element("details", title, *parts[most:]))


def _undrawn(picture: Picture) -> str:
    """Why a picture is not there, and what there is instead."""
    count = counted(resource_count(picture.resources()), "resource")
    sizes = f"{count} with {counted(len(picture.edges), 'connection')} that hang together"
    if is_drawn(len(picture.nodes), len(picture.edges)):
        why = "the page would be too large"
        instead = "The list below has them, and a page of fewer files has room for more."
    else:
        why, instead = "it would be too large for one picture", "The list below has them."
    return f"Not drawn, as {why}: {sizes}. {instead}"


def _named(family: Family) -> str:
    return listed_words([group.title for group in family.roots], 3)


def _more(edge: Edge) -> str:
    words = "; ".join(filter(None, (edge.via, "" if edge.is_sure else "depends on what is left open")))
    return f" ({words})" if words else ""
