"""Markup made of elements, in which every text is escaped, and the small drawings that a page refers to.

What a file says is never a part of the page's own code. The drawings are our own: one for each kind of node, and one
for each level, so that a level has a shape beside its colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from typing import TypeAlias

from awslint_memo.reporters.characters import visible


class Markup(str):
    """A piece of a page; every other str is text, which is escaped."""

    __slots__ = ()


Child: TypeAlias = "Markup | str | None"
Attribute: TypeAlias = "str | int | float | bool | None"

EMPTY = Markup("")
LINE_END = Markup("\n")

_VOID = frozenset(("br", "hr", "img", "input", "link", "meta"))
_IN_LINE = frozenset(
    ("a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "option", "small", "span", "strong", "use")
)
"""Elements behind which no line ends, as a blank would be shown there or in a listing."""


def text(words: str) -> Markup:
    """A text as markup: escaped, and no character of it controls anything."""
    return Markup(escape(visible(words)))


def joined(*children: Child) -> Markup:
    """Pieces in a row."""
    return Markup("".join(part if type(part) is Markup else text(part) for part in children if part))


def spaced(parts: Iterable[Child]) -> Iterator[Child]:
    """Pieces with a blank behind each, so that they stay apart when they are copied or read aloud."""
    for part in parts:
        yield from (part, " ")


def element(tag: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """An element. attributes: by their names, with `_` for `-`, and one behind Python's own words.

    True is an attribute that is its own value; None and False are none. It is well-formed XML too.
    """
    start = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if tag in _VOID:
        return Markup(f"<{tag}{start}/>")
    end = "" if tag in _IN_LINE else "\n"
    return Markup(f"<{tag}{start}>{joined(*children)}</{tag}>{end}")


def _attribute(key: str, value: Attribute) -> str:
    if value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    written = name if value is True else f"{value:g}" if isinstance(value, float) else text(str(value))
    return f' {name}="{written}"'


def listed(items: list[Markup], **attributes: Attribute) -> Markup:
    """A list; nothing if it is empty."""
    return element("ul", *(element("li", part) for part in items), **attributes) if items else EMPTY


_DRAWINGS: Mapping[str, str] = {
    "queue": "M2 5h12v6H2zM5 5v6M8 5v6M11 5v6",
    "topic": "M3 8h3M6 8l6-4M6 8h7M6 8l6 4",
    "code": "M4 3h2.2l5 10H13M8.6 7.6L4 13",
    "database": "M3 4.2c0-2.9 10-2.9 10 0v7.6c0 2.9-10 2.9-10 0zM3 4.2c0 2.7 10 2.7 10 0M3 8c0 2.7 10 2.7 10 0",
    "table": "M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6",
    "cache": "M9.5 1.5L4 9h4l-1.5 5.5L12 7H8z",
    "bucket": "M2.5 4h11l-1.6 9h-7.8zM2.5 4c0-1.4 11-1.4 11 0",
    "stream": "M2 5.5c3-3 5 3 8 0 1.6-1.5 3-1 4 0M2 10.5c3-3 5 3 8 0 1.6-1.5 3-1 4 0",
    "alarm": "M8 2.2v1.4M3.5 12h9l-1.2-2V7.4c0-4.4-6.6-4.4-6.6 0V10zM6.8 13.8h2.4",
    "pipeline": "M2 4l4 4-4 4M6.5 4l4 4-4 4M11 4l3 4-3 4",
    "door": "M8 2v12M2.5 8H7M9 8h4.5M11 5.5L13.5 8 11 10.5",
    "server": "M3 3h10v4.2H3zM3 8.8h10V13H3zM5 5.1h.6M5 10.9h.6",
    "clock": "M8 2.2a5.8 5.8 0 1 0 .01 0zM8 5v3.2l2.2 1.4",
    "key": "M5.5 6.2a2.8 2.8 0 1 0 .01 0M7.9 9h6v2.4M11.6 9v2",
    "group": "M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3",
    "other": "M3.5 3.5h9v9h-9z",
}

_BY_WORDS: Sequence[tuple[str, Sequence[str]]] = (
    ("pipeline", ("action", "pipeline", "deployment", "codebuild")),
    ("cache", ("elasticache", "cache")),
    ("alarm", ("alarm",)),
    ("queue", ("queue",)),
    ("topic", ("topic",)),
    ("table", ("table",)),
    ("database", ("database", "rds", "neptune", "docdb", "redshift", "opensearch", "file system")),
    ("stream", ("stream", "kinesis", "firehose")),
    ("code", ("function", "state machine", "task definition")),
    ("bucket", ("bucket", "backup")),
    ("clock", ("schedule", "rule")),
    ("topic", ("event",)),
    ("door", ("load balancer", "api", "distribution", "target group", "record", "zone")),
    ("server", ("instance", "cluster", "service", "group")),
    ("key", ("role", "policy", "key", "secret")),
)
"""The drawing for the words of what a node is; the first that fits."""

MARKS: Mapping[str, str] = {
    "error": "M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2zM5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8",
    "warning": "M8 1.8l6.6 12H1.4zM8 6.2v3.6M8 11.6v.6",
    "advice": "M8 1.6a6.4 6.4 0 1 0 .01 0zM8 7.2v4M8 4.6v.6",
}
"""An octagon with a cross, a triangle, and a circle."""


@cache
def glyph_of(service: str, kind: str) -> str:
    """The name of the drawing for a kind of node."""
    words = f"{kind} {service}".lower()
    return next((name for name, known in _BY_WORDS if any(word in words for word in known)), "other")


def symbols() -> Markup:
    """All drawings, for the page to refer to."""
    drawings = {f"g-{name}": path for name, path in _DRAWINGS.items()}
    drawings |= {f"m-{name}": path for name, path in MARKS.items()}
    definitions = [element("symbol", _path(path), id=name, viewBox="0 0 16 16") for name, path in drawings.items()]
    return element("svg", element("defs", *definitions), class_="symbols", width=0, height=0, aria_hidden="true")


def _path(shape: str) -> Markup:
    # As attributes, since a style sheet does not reach what stands for a symbol.
    return element(
        "path",
        d=shape,
        fill="none",
        stroke="currentColor",
        stroke_width=1.4,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def mark(level: str) -> Markup:
    """The shape of a level in a text, beside which its name stands."""
    return element(
        "svg", element("use", href=f"#m-{level}"), class_=f"mark {level}", width=16, height=16, aria_hidden="true"
    )


def glyph(service: str, kind: str) -> Markup:
    """The drawing for a node in a list."""
    shape = element("use", href=f"#g-{glyph_of(service, kind)}")
    return element("svg", shape, class_="glyph", width=16, height=16, aria_hidden="true")


def level_word(level: str) -> Markup:
    """A level by its shape and its name."""
    return joined(mark(level), element("span", level, class_=f"level {level}"))
