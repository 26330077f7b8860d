"""Parses regular expressions in RE2's syntax, as Terraform takes them, to nodes for `re2_program`.

https://github.com/google/re2/wiki/Syntax (read on 2026-11-26). It has no back references and no look-around.
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from awslint_memo.model.record import record, replace
from awslint_memo.model.regex import regex
from awslint_memo.readers.terraform.functions.arguments import NotKnownError
from awslint_memo.readers.terraform.functions.re2_characters import (
    DIGITS,
    LAST,
    NAMED,
    SPACE,
    WORD,
    Characters,
    Range,
    others,
)

MAX_PATTERN = 2_000
MAX_DEPTH = 100
_MAX_REPEAT = 1_000

Node: TypeAlias = "tuple[Any, ...]"
"""What is parsed, with its kind first: ("set", characters), ("assert", kind), ("all", nodes), ("any", nodes),
("repeat", node, least, most or None, is_greedy), ("group", node, number)."""

_SETS = {"d": DIGITS, "s": SPACE, "w": WORD}
_SIMPLE = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}
_ASSERTED = {"A": "start", "z": "end", "b": "edge", "B": "inside"}
_COUNTED = regex(r"\{(\d{1,9})(,(\d{0,9}))?\}", re.ASCII)
_OPENED = regex(r"\?(?:P?<(?P<name>\w+)>|(?P<on>[imsU]*)(?:-(?P<off>[imsU]+))?(?P<end>[:)]))", re.ASCII)
_CATEGORY = regex(r"\^?(?:[LMNPSZC][a-z]?)")


@record(frozen=True)
class Flags:
    """The flags in effect: i, s, m, U."""

    folds: bool = False
    dot_all: bool = False
    lines: bool = False
    is_lazy: bool = False

    def changed(self, letters: str, to: bool) -> Flags:
        """The flags with these letters switched on or off."""
        names = {"i": "folds", "s": "dot_all", "m": "lines", "U": "is_lazy"}
        return replace(self, **{names[letter]: to for letter in letters})


@record(frozen=True)
class Parsed:
    """A pattern, and the name of each of its groups from 1 on, empty if it has none."""

    node: Node
    names: tuple[str, ...]


def parsed(pattern: str) -> Parsed:
    """Parse a pattern. Raises ValueError for what RE2 does not take, NotKnownError for what is too large."""
    if len(pattern) > MAX_PATTERN:
        raise NotKnownError("a regular expression too long to follow")
    parser = _Parser(pattern)
    try:
        return Parsed(parser.whole(), tuple(parser.names))
    except (IndexError, KeyError) as error:
        raise ValueError("a regular expression that ends too early") from error


class _Parser:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._flags = Flags()
        self._depth = 0
        self.names: list[str] = []

    def whole(self) -> Node:
        node = self._alternatives()
        if self._at < len(self._pattern):
            raise ValueError("a parenthesis that was not opened")
        return node

    def _alternatives(self) -> Node:
        before = self._flags
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotKnownError("a regular expression nested too deep")
        found = [self._sequence()]
        while self._takes("|"):
            found.append(self._sequence())
        self._flags = before
        self._depth -= 1
        return found[0] if len(found) == 1 else ("any", found)

    def _sequence(self) -> Node:
        found: list[Node] = []
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            atom = self._atom()
            found += [self._repeated(one) if number == len(atom) - 1 else one for number, one in enumerate(atom)]
        return ("all", found)

    def _takes(self, word: str) -> bool:
        if self._pattern.startswith(word, self._at):
            self._at += len(word)
            return True
        return False

    def _next(self) -> str:
        self._at += 1
        return self._pattern[self._at - 1]

    def _repeated(self, node: Node) -> Node:
        is_repeated = False
        while True:
            bounds = self._bounds()
            if bounds is None:
                return node
            if is_repeated:
                raise ValueError("a repetition of a repetition")
            is_repeated = True
            node = ("repeat", node, *bounds, self._takes("?") == self._flags.is_lazy)

    def _bounds(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self._takes(sign):
                return bounds
        match = _COUNTED.match(self._pattern, self._at)
        if match is None:
            return None
        self._at = match.end()
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        if max(least, most or 0) > _MAX_REPEAT or (most is not None and most < least):
            raise ValueError("a repetition that is out of bounds")
        return least, most

    def _atom(self) -> list[Node]:
        """The next piece, which may be repeated; several for quoted text, of which the last may be."""
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            return [("set", self._class())]
        if sign == ".":
            ends = () if self._flags.dot_all else ((10, 10),)
            return [("set", Characters(ends, is_negated=True))]
        if sign in "^$":
            kind = {"^": "start", "$": "end"}[sign]
            return [("assert", f"line {kind}" if self._flags.lines else kind)]
        if sign in "*+?":
            raise ValueError("a repetition of nothing")
        if sign != "\\":
            return [self._literal(ord(sign))]
        if self._takes("Q"):
            end = self._pattern.find("\\E", self._at)
            text = self._pattern[self._at : end if end >= 0 else None]
            self._at += len(text) + (2 if end >= 0 else 0)
            return [self._literal(ord(character)) for character in text]
        if self._pattern[self._at : self._at + 1] in _ASSERTED:
            return [("assert", _ASSERTED[self._next()])]
        ranges, categories = self._escape()
        return [("set", Characters(ranges, categories, folds=self._flags.folds))]

    def _literal(self, code: int) -> Node:
        return ("set", Characters(((code, code),), folds=self._flags.folds))

    def _group(self) -> list[Node]:
        number, outer = 0, self._flags
        match = _OPENED.match(self._pattern, self._at)
        if self._pattern.startswith("?", self._at) and match is None:
            raise ValueError("a kind of group that RE2 does not have")
        if match is None or match["name"]:
            self.names.append(match["name"] if match is not None else "")
            number = len(self.names)
            if self.names.count(self.names[-1]) > 1 and self.names[-1]:
                raise ValueError("two groups of one name")
        if match is not None:
            self._at = match.end()
            self._flags = outer.changed(match["on"] or "", True).changed(match["off"] or "", False)
            if match["end"] == ")":
                return []
        node = self._alternatives()
        self._flags = outer
        if not self._takes(")"):
            raise ValueError("a parenthesis that is not closed")
        return [("group", node, number) if number else node]

    def _class(self) -> Characters:
        is_negated = self._takes("^")
        ranges: list[Range] = []
        categories: list[tuple[str, bool]] = []
        is_first = True
        while is_first or not self._takes("]"):
            is_first = False
            low, named = self._member()
            high = low
            is_range = self._pattern.startswith("-", self._at) and not self._pattern.startswith("-]", self._at)
            if len(low) == 1 and low[0][0] == low[0][1] and is_range:
                self._at += 1
                high, _ = self._member()
                low = ((low[0][0], high[0][1]),)
                if len(high) != 1 or high[0][0] != high[0][1] or low[0][0] > low[0][1]:
                    raise ValueError("a range that has no characters")
            ranges += low
            categories += named
        return Characters(tuple(ranges), tuple(categories), is_negated, self._flags.folds)

    def _member(self) -> tuple[tuple[Range, ...], tuple[tuple[str, bool], ...]]:
        sign = self._next()
        if sign == "[" and self._takes(":"):
            end = self._pattern.index(":]", self._at)
            name = self._pattern[self._at : end]
            self._at = end + 2
            ranges = NAMED[name.removeprefix("^")]
            return others(ranges) if name.startswith("^") else ranges, ()
        return self._escape() if sign == "\\" else (((ord(sign), ord(sign)),), ())

    def _escape(self) -> tuple[tuple[Range, ...], tuple[tuple[str, bool], ...]]:
        sign = self._next()
        if sign in "pP":
            name = self._next()
            if name == "{":
                end = self._pattern.index("}", self._at)
                name, self._at = self._pattern[self._at : end], end + 1
            if not _CATEGORY.fullmatch(name):
                raise NotKnownError("a regular expression with the characters of a script")
            return (), ((name.removeprefix("^"), name.startswith("^") != (sign == "P")),)
        if sign.lower() in _SETS:
            ranges = _SETS[sign.lower()]
            return ranges if sign.islower() else others(ranges), ()
        code = self._code(sign)
        return ((code, code),), ()

    def _code(self, sign: str) -> int:
        if sign == "x":
            match = re.compile(r"\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2})").match(self._pattern, self._at)
            code = int(match[1] or match[2], 16) if match is not None else LAST + 1
            if match is None or code > LAST:
                raise ValueError("no character")
            self._at = match.end()
            return code
        if sign in "01234567":
            match = re.compile(r"[0-7]{0,2}").match(self._pattern, self._at)
            digits = match[0] if match is not None else ""
            if sign != "0" and not digits:
                raise ValueError("a reference back, which RE2 does not have")
            self._at += len(digits)
            return int(sign + digits, 8)
        if sign in _SIMPLE:
            return _SIMPLE[sign]
        if sign.isascii() and (sign.isalnum() or sign == "_"):
            raise ValueError("an escape that RE2 does not have")
        return ord(sign)
