"""Searches texts for a rule's regular expression, in a time that grows with the length of the text only.

A repository writes the texts, so an expression such as `^(a+)+$` must not take for ever, as it does where one way to
match is tried after another. Here all ways are followed at once, character by character, and each step that was taken
is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.model.record import record
from awslint_memo.readers.terraform.functions.re2_syntax import Node, read
from awslint_memo.readers.terraform.functions.searches import Characters
from awslint_memo.readers.terraform.values import NotKnownError

_MAX_PLACES = 2_000
"""The most places of an expression in which repetitions are written out."""

_MAX_KNOWN = 10_000
"""The most steps that are remembered of an expression."""


@record
class _Place:
    """Where a search may be in an expression. kind: "set" (a character is read), "way" (nothing is), "test", "end".

    then: the places that follow. has: the characters of a set. asks: what a test asks.
    """

    kind: str
    then: Sequence[int] = ()
    has: Any = None
    asks: str = ""


class Search:
    """A search for one expression, in RE2's syntax. Raises NotKnownError for what that does not have, or what is too
    large."""

    def __init__(self, written: str) -> None:
        syntax = read(written)
        self._flags = syntax.flags
        self._places = [_Place("end")]
        self._start = self._built(syntax.node, 0)
        self._known: dict[tuple[frozenset[int], int, str], tuple[bool, frozenset[int]]] = {}

    def finds(self, text: str) -> bool:
        """Whether the expression is found in a text."""
        here: frozenset[int] = frozenset()
        before = ""
        for character in (*text, ""):
            key = here, _kind(before), character
            if key not in self._known:
                if len(self._known) >= _MAX_KNOWN:
                    self._known.clear()
                self._known[key] = self._step(here, before, character)
            is_found, here = self._known[key]
            if is_found:
                return True
            before = character
        return False

    def _step(self, here: frozenset[int], before: str, character: str) -> tuple[bool, frozenset[int]]:
        """Whether the end is reached before a character ("" behind the last one), and where the search is after it."""
        stack, met, reached = [*here, self._start], set[int](), set[int]()
        while stack:
            number = stack.pop()
            if number in met:
                continue
            met.add(number)
            place = self._places[number]
            if place.kind == "end":
                return True, frozenset()
            if place.kind == "set":
                reached.update(place.then if character and place.has[character] else ())
            elif place.kind == "way" or _holds(place.asks, before, character):
                stack += place.then
        return False, frozenset(reached)

    def _added(self, place: _Place) -> int:
        self._places.append(place)
        if len(self._places) > _MAX_PLACES:
            raise NotKnownError("a regular expression too large to follow")
        return len(self._places) - 1

    def _built(self, node: Node, then: int) -> int:
        """The place where a part of the expression begins. then: the one behind it."""
        kind = node[0]
        if kind == "set":
            return self._added(_Place("set", (then,), Characters(node[1], self._flags)))
        if kind in ("test", "start"):
            return self._added(_Place("test", (then,), asks="start" if kind == "start" else node[1]))
        if kind == "any":
            return self._added(_Place("way", [self._built(part, then) for part in node[1]]))
        if kind == "all":
            for part in reversed(node[1]):
                then = self._built(part, then)
            return then
        return self._repeated(node[1], node[2], node[3], then)

    def _repeated(self, node: Node, least: int, most: int | None, then: int) -> int:
        if most is None:
            loop = _Place("way")
            here = self._added(loop)
            loop.then = (self._built(node, here), then)
        else:
            here = then
            for _ in range(most - least):
                here = self._added(_Place("way", (self._built(node, here), then)))
        for _ in range(least):
            here = self._built(node, here)
        return here


@lru_cache(maxsize=256)
def search(written: str) -> Search:
    """The search for an expression. Raises NotKnownError as `Search` does."""
    return Search(written)


def _kind(character: str) -> int:
    """As much of the character before as tests ask for: none, a line feed, one of a word, another one."""
    return 0 if not character else 1 if character == "\n" else 2 if _is_of_word(character) else 3


def _is_of_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _holds(asks: str, before: str, character: str) -> bool:
    """Whether what a test asks is so between two characters, of which either may be missing."""
    if asks in (r"\b", r"\B"):
        return (_is_of_word(before) != _is_of_word(character)) == (asks == r"\b")
    if asks in ("start", "^"):
        return not before or (asks == "^" and before == "\n")
    return not character or (asks == "$" and character == "\n")
