"""Markup made of elements, in which every text is escaped: what a file says is never a part of the page's own code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    return Markup("".join(one if type(one) is Markup else text(one) for one in children if one))


def spaced(parts: Iterable[Child]) -> Iterator[Child]:
    """Pieces with a blank behind each, which who copies or hears them needs."""
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
    return element("ul", *(element("li", one) for one in items), **attributes) if items else EMPTY
