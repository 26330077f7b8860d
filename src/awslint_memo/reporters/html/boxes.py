"""The box of a node: what it is, its name, what is known of it, and how many findings there are about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.finding import Level
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.relations.graph.graph import Node
from awslint_memo.reporters.characters import visible, width
from awslint_memo.reporters.html.markup import EMPTY, MARKS, Markup, element, glyph_of, joined
from awslint_memo.reporters.shown_findings import level_counts

LEAST, MOST = 132, 280
"""The width of a box in pixels."""

_LEFT, _RIGHT, _TOP = 34, 12, 9
_NAME, _SMALL = 8.3, 6.5
"""About how wide a character of a name is, and one of the smaller words; a page has no one font."""

_BETWEEN = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[._/\[-])(?=[^._/\[-])")
"""Where a name may go on in the next line."""

_LINE = 15
_NOTES = 2
"""The lines of what is known; the list below a picture has all of it."""

_BADGE = 34


@record(frozen=True)
class Card:
    """A node as it is drawn. names: its name, in a line or two. lines: what is known of it."""

    node: Node
    names: Sequence[str]
    kind: str
    lines: Sequence[str]
    levels: Mapping[Level, int]
    width: float
    height: float
    is_group: bool = False


def card(node: Node, name: str, levels: Mapping[Level, int], is_group: bool = False) -> Card:
    """The card of a node with its size. levels: how many findings of each level there are about it.

    is_group: whether it stands for the nodes of a group.
    """
    names = parted(visible(name), _fitting(MOST, _NAME))
    kind = shortened(kind_of(node), _fitting(MOST, _SMALL))
    lines = wrapped([note_of(note.name, note.text) for note in node.notes], _fitting(MOST, _SMALL))[:_NOTES]
    widest = max([*(width(name) * _NAME for name in names), *(width(line) * _SMALL for line in (kind, *lines))])
    badges = len(levels) * _BADGE + 12
    return Card(
        node,
        names,
        kind,
        lines,
        levels,
        min(max(LEAST, widest + _LEFT + _RIGHT, badges), MOST),
        2 * _TOP + _LINE * (1 + len(names) + len(lines)) + 2,
        is_group,
    )


def kind_of(node: Node) -> str:
    """A node's service and kind in words."""
    return visible(f"{node.service} {node.kind}".strip())


def note_of(name: str, words: str) -> str:
    """What is known of a node, in two words."""
    return visible(f"{name} {words}".strip())


def _fitting(room: float, character: float) -> int:
    return int((room - _LEFT - _RIGHT) / character)


def shortened(words: str, most: int) -> str:
    """Words of so many columns at most, of which the end counts more than the middle."""
    if width(words) <= most:
        return words
    end = most * 3 // 5
    return f"{_first(words, most - end - 1)}…{_first(words[::-1], end)[::-1]}"


def parted(name: str, most: int) -> list[str]:
    """A name in a line or two of so many columns, parted between its words; shortened, if it is longer."""
    ends = [match.start() for match in _BETWEEN.finditer(name)]
    fitting = [at for at in ends if width(name[:at]) <= most and width(name[at:]) <= most]
    if width(name) <= most or not fitting:
        return [shortened(name, most)]
    middle = min(fitting, key=lambda at: abs(width(name[:at]) - width(name[at:])))
    return [name[:middle], name[middle:]]


def _first(words: str, columns: int) -> str:
    used = 0
    for at, character in enumerate(words):
        used += width(character)
        if used > columns:
            return words[:at]
    return words


def wrapped(parts: Sequence[str], columns: int, separator: str = " · ") -> list[str]:
    """Parts in lines of so many columns; one that is longer is shortened."""
    lines: list[str] = []
    for part in (shortened(part, columns) for part in parts):
        if lines and width(lines[-1]) + width(separator) + width(part) <= columns:
            lines[-1] += separator + part
        else:
            lines.append(part)
    return lines


def told(card: Card, is_elsewhere: bool) -> str:
    """A node in words for a screen reader; they begin with the visible words, which a user of speech input says."""
    whole, name = visible(card.node.title), " ".join(card.names)
    name = name if name == whole else f"{name} ({whole})"
    words = " ".join((card.kind, name, *card.lines))
    if is_elsewhere:
        return f"{words}: in another picture, which this opens"
    tally = ", ".join(level_counts(card.levels)) or "no findings"
    more = "; a group, whose picture this opens" if card.is_group else ""
    return f"{words}: {tally}{more}"


def drawn(card: Card, x: float, y: float, anchors: str, name: str, target: str) -> Markup:
    """The box with its middle at a point. anchors: the ids of its findings.

    name: the id of the box; empty where it stands for what is drawn elsewhere. target: the id of what it leads to.
    """
    left, top = round(x - card.width / 2, 1), round(y - card.height / 2, 1)
    gravest = next(iter(card.levels), "none")
    words = [(card.kind, "kind", 11)]
    words += [(name, "name", 12 + number * _LINE) for number, name in enumerate(card.names, 1)]
    words += [(line, "note", 13 + number * _LINE) for number, line in enumerate(card.lines, 1 + len(card.names))]
    kind = "node group" if card.is_group else "node" if name else "node elsewhere"
    behind = (
        [element("rect", class_="box", x=4, y=4, width=card.width, height=card.height, rx=7)] if card.is_group else []
    )
    link = element(
        "a",
        *behind,
        element("rect", class_="box", width=card.width, height=card.height, rx=7),
        element(
            "use",
            href=f"#g-{'group' if card.is_group else glyph_of(card.node.service, card.node.kind)}",
            x=10,
            y=11,
            width=16,
            height=16,
        ),
        *(element("text", line, class_=name, x=_LEFT, y=_TOP + down) for line, name, down in words),
        class_=f"{kind} {gravest}",
        id=name or None,
        href=f"#{target}",
        transform=f"translate({left:g} {top:g})",
        aria_label=told(card, not name),
        data_f=anchors,
        data_n=card.node.id,
        data_x=x,
        data_y=y,
    )
    return joined(link, badges(card.levels, left + card.width + 4 - badges_width(card.levels), top - 9))


def badges_width(levels: Mapping[Level, int]) -> float:
    """The width of badges in a row."""
    return sum(badge_width(number) + 2 for number in levels.values())


def badges(levels: Mapping[Level, int], x: float, y: float) -> Markup:
    """A badge for each level, from a point to the right; the link behind them has them in words."""
    marks = []
    for level, number in levels.items():
        marks.append(badge(level, number, round(x, 1), round(y, 1)))
        x += badge_width(number) + 2
    return element("g", *marks, class_="badges", aria_hidden="true") if marks else EMPTY


def badge_width(number: int) -> float:
    """The width of a badge in pixels."""
    return 24 + 7 * len(str(number))


def badge(level: str, number: int, x: float, y: float) -> Markup:
    """A level by its shape, and how many findings it has."""
    return element(
        "g",
        element("rect", width=badge_width(number), height=18, rx=9),
        element("path", d=MARKS[level], transform="translate(5 3) scale(.75)"),
        element("text", str(number), x=20, y=13),
        class_=f"badge {level}",
        transform=f"translate({x:g} {y:g})",
    )
