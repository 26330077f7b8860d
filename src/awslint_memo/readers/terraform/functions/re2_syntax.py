"""Reads regular expressions of RE2's syntax, which Terraform takes, as far as they mean the same in Python.

https://github.com/google/re2/wiki/Syntax (read on 2026-11-26). What is not supported: flags for a part of the pattern,
Unicode's categories, quoted text, octal numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.readers.terraform.values import NotKnownError

_MAX_PATTERN = 2_000
_MAX_REPEAT = 1_000
_MAX_DEPTH = 100

_ESCAPE = r"\\(?:[dDwWsaftnrv]|x[0-9a-fA-F]{2}|[!-/:-@\[-`{-~])"
_TOKEN = regex(
    rf"""(?P<open>\((?!\?)|\(\?(?::|P?<[A-Za-z_]\w*>))|(?P<close>\))|(?P<or>\|)
    |(?P<test>\^|\$|\\[AzbB])
    |(?P<repeat>(?:[*+?]|\{{(?P<least>\d+)(?:(?P<comma>,)(?P<most>\d*))?\}})\??)
    |(?P<set>{_ESCAPE}|\\S|\[\^?\]?(?:\[:[a-z]+:\]|{_ESCAPE}|[^\]\\])*\]|[^\\()\[|^$*+?])""",
    re.ASCII | re.VERBOSE,
)
_FLAGS = regex(r"\(\?([ims]+)\)")
_MEMBER = regex(rf"(?:\[:(?P<class>[a-z]+):\]|(?P<set>\\[dDwWs]))-?|{_ESCAPE}|.", re.DOTALL | re.ASCII)
_MISREAD = regex(r"--|&&|~~|\|\|")
"""What in a class Python may read as an operator one day."""

_SPACES = r"\t\n\f\r "
_SETS = {r"\s": f"[{_SPACES}]", r"\S": f"[^{_SPACES}]"}
_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "blank": r"\t ",
    "digit": "0-9",
    "lower": "a-z",
    "print": " -~",
    "punct": r"!-/:-@\[-`{-~",
    "space": r"\t-\r ",
    "upper": "A-Z",
    "word": r"\w",
    "xdigit": "0-9A-Fa-f",
}
"""The classes `[:alpha:]` and so on, as members of a class in Python."""

Node: TypeAlias = "tuple[Any, ...]"
"""A part of a pattern: ("set", what is in it), ("test", what it asks), ("start",), ("all", nodes), ("any", nodes) and
("repeat", node, least, most or None)."""


@record(frozen=True)
class Syntax:
    """A pattern in Python's syntax, with the flags for it, and what it consists of."""

    text: str
    flags: int
    node: Node


def read(written: str) -> Syntax:
    """Read a pattern. Raises NotKnownError for one that is not supported."""
    flags = _FLAGS.match(written)
    letters = flags[1] if flags is not None else ""
    pieces: list[str] = []
    groups: list[list[list[Node]]] = [[[]]]
    is_repeatable = False
    for match in _tokens(written, flags.end() if flags is not None else 0):
        kind, text, parts = match.lastgroup, match[0], groups[-1][-1]
        if kind == "open" and len(groups) <= _MAX_DEPTH:
            groups.append([[]])
            text = text.replace("(?<", "(?P<")
        elif kind == "close" and len(groups) > 1:
            group = _any(groups.pop())
            groups[-1][-1].append(group)
        elif kind == "or":
            groups[-1].append([])
        elif kind == "test":
            text = r"\Z" if text == r"\z" or (text == "$" and "m" not in letters) else text
            parts.append(("start",) if text == r"\A" or (text == "^" and "m" not in letters) else ("test", text))
        elif kind == "set":
            text = _set(text)
            parts.append(("set", text))
        elif kind == "repeat" and is_repeatable:
            parts.append(("repeat", parts.pop(), *_bounds(match)))
        else:
            raise NotKnownError("a regular expression that is not supported")
        is_repeatable = kind in ("set", "close")
        pieces.append(text)
    flag = re.ASCII
    for letter in letters:
        flag |= re.RegexFlag[letter.upper()]
    return Syntax("".join(pieces), flag, _any(groups[0]))


def _tokens(written: str, at: int) -> Iterator[re.Match[str]]:
    if len(written) > _MAX_PATTERN:
        raise NotKnownError("a regular expression too long to follow")
    while at < len(written):
        match = _TOKEN.match(written, at)
        if match is None:
            raise NotKnownError("a regular expression that is not supported")
        yield match
        at = match.end()


def _set(text: str) -> str:
    """A set of characters in Python's syntax."""
    if not text.startswith("["):
        return _SETS.get(text, text if len(text) > 1 or text == "." else re.escape(text))
    if _MISREAD.search(text) or "[:^" in text:
        raise NotKnownError("a regular expression with a class that may mean something else")
    head = re.match(r"\[\^?\]?", text)
    start = head.end() if head is not None else 1
    members = "".join(map(_member, _MEMBER.finditer(text, start, len(text) - 1)))
    return text[:start].replace("]", r"\]") + members + "]"


def _member(match: re.Match[str]) -> str:
    if match["class"] is None and match["set"] is None:
        return r"\[" if match[0] == "[" else match[0]
    if match["class"] and match["class"] not in _CLASSES:
        raise NotKnownError("a regular expression with a class that is not supported")
    members = _CLASSES[match["class"]] if match["class"] else {r"\s": _SPACES}.get(match["set"], match["set"])
    # Behind a set of characters, the sign for a range is a character.
    return members + (r"\-" if match[0].endswith("-") else "")


def _any(alternatives: Sequence[list[Node]]) -> Node:
    return ("any", [("all", parts) for parts in alternatives])


def _bounds(match: re.Match[str]) -> tuple[int, int | None]:
    if match["least"] is None:
        return int(match[0][0] == "+"), 1 if match[0][0] == "?" else None
    least = int(match["least"])
    most = int(match["most"]) if match["most"] else None if match["comma"] else least
    if max(least, most or 0) > _MAX_REPEAT or (most is not None and most < least):
        raise NotKnownError("a repetition that is out of bounds")
    return least, most
