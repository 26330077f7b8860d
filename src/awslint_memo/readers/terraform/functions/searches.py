"""Searches texts for regular expressions of RE2's syntax, in a time that has a limit.

Most patterns mean the same to Python's `re`, which tries one way to match after another. Some have more ways than
anybody can try, so the ways to read the text are counted first. Where they are too many, or the pattern may mean
something else to Python, google-re2 searches if it is installed; else the result is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol, TypeAlias

from awslint_memo.readers.terraform.functions.re2_syntax import Node, Syntax, read
from awslint_memo.readers.terraform.values import NotKnownError

_MAX_SETS = 2_000
"""The most sets of characters in a pattern in which repetitions are written out."""

_MAX_PAIRS = 50_000
"""The most pairs of these that may follow each other."""

_MAX_COMPARED = 2_000_000
"""The most characters that Python may compare in one search: about a tenth of a second."""

_MAX_STEPS = 300_000
"""The most steps of counting them."""


class Match(Protocol):
    """A match as both libraries give it."""

    def __getitem__(self, group: int) -> str | None:
        """The text of a group."""

    def span(self) -> tuple[int, int]:
        """The start and end of the whole match."""


class Pattern:
    """A pattern for searches. names: those of its groups from 1 on, empty if a group has none."""

    def __init__(self, written: str) -> None:
        self._written = written
        self._ways: Ways | None = None
        try:
            syntax = read(written)
            compiled: Any = re.compile(syntax.text, syntax.flags)
            self._ways = Ways(syntax)
        except (NotKnownError, re.error):
            compiled = _in_re2(written)
        self._compiled = compiled
        names = {number: name for name, number in compiled.groupindex.items()}
        self.names = tuple(names.get(number, "") for number in range(1, compiled.groups + 1))

    def cost(self, text: str) -> int:
        """How much a search in a text takes, in characters that are compared."""
        return len(text) if self._ways is None else _cost(self._ways, text)[0]

    def first(self, text: str) -> Match | None:
        """The leftmost match. Raises NotKnownError where the search would take too long."""
        match: Match | None = self._for(text).search(text)
        return match

    def all(self, text: str) -> Iterator[Match]:
        """All matches from left to right. An empty one directly behind another one does not count."""
        compiled = self._for(text)
        at, last = 0, -1
        while at <= len(text):
            match: Match | None = compiled.search(text, at)
            if match is None:
                return
            start, end = match.span()
            if end > start or start != last:
                yield match
            last = end
            at = end + 1 if end == start else end

    def _for(self, text: str) -> Any:
        is_bounded = self._ways is None or _cost(self._ways, text)[1]
        return self._compiled if is_bounded else _in_re2(self._written)


@lru_cache(maxsize=1024)
def pattern(written: str) -> Pattern:
    """A compiled pattern. Raises NotKnownError for one that can't be searched for, ValueError if RE2 refuses it."""
    return Pattern(written)


@lru_cache(maxsize=256)
def _in_re2(written: str) -> Any:
    """The pattern as google-re2 compiles it."""
    try:
        import re2
    except ImportError as error:
        raise NotKnownError("a regular expression that is not supported, too large, or takes too long") from error
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(written, options)
    except re2.error as error:
        raise ValueError("no regular expression") from error


class Characters(dict[str, bool]):
    """Whether a set of characters, in Python's syntax, has a character."""

    def __init__(self, written: str, flags: int) -> None:
        self._own = re.compile(written, flags)

    def __missing__(self, character: str) -> bool:
        self[character] = has = self._own.match(character) is not None
        return has


@lru_cache(maxsize=1024)
def _characters(written: str, flags: int) -> Characters:
    return Characters(written, flags)


Part: TypeAlias = "tuple[list[int], list[int], bool]"
"""The places where a part of a pattern can begin and end, and whether it may be empty."""


class Ways:
    """In how many ways a pattern can be followed through a text, whether it matches in the end or not.

    It is the automaton whose states are the places of sets of characters in the pattern. A place follows another one
    as often as there are ways from this to that. Raises NotKnownError for a pattern that is too large, or in which what
    may be empty is repeated.
    """

    def __init__(self, syntax: Syntax) -> None:
        self._flags = syntax.flags
        self._sets: list[Characters] = []
        self._following: list[list[int]] = []
        self._pairs = 0
        self._first, _, _ = self._part(syntax.node)
        self._is_at_start = _is_at_start(syntax.node)

    def cost(self, text: str) -> tuple[int, bool]:
        """How much a search takes, in characters that are compared, and whether that is within the limit."""
        # Python folds the case of other letters than RE2 does.
        if self._flags & re.IGNORECASE and not text.isascii():
            return 0, False
        active: dict[int, int] = {}
        compared = steps = 0
        for number, character in enumerate(text):
            reached: dict[int, int] = {}
            starts = [] if self._is_at_start and number else [(1, self._first)]
            for count, following in (*starts, *((count, self._following[at]) for at, count in active.items())):
                steps += len(following)
                compared += count * len(following)
                for at in following:
                    if self._sets[at][character]:
                        reached[at] = reached.get(at, 0) + count
            if compared > _MAX_COMPARED or steps > _MAX_STEPS:
                return steps, False
            if not reached and self._is_at_start:
                break
            active = reached
        return steps + compared // 5, True

    def _part(self, node: Node) -> Part:
        kind = node[0]
        if kind == "set":
            self._sets.append(_characters(node[1], self._flags))
            self._following.append([])
            if len(self._sets) > _MAX_SETS:
                raise NotKnownError("a regular expression too large to follow")
            here = [len(self._sets) - 1]
            return here, here, False
        if kind == "repeat":
            return self._repeated(node[1], node[2], node[3])
        if kind == "all":
            return self._sequence(map(self._part, node[1]))
        parts = [self._part(one) for one in node[1]] if kind == "any" else [([], [], True)]
        if sum(may_be_empty for _, _, may_be_empty in parts) > 1:
            raise NotKnownError("a regular expression with several ways to be empty")
        firsts, lasts, empties = zip(*parts, strict=True)
        return list(chain(*firsts)), list(chain(*lasts)), any(empties)

    def _repeated(self, node: Node, least: int, most: int | None) -> Part:
        parts = [self._part(node) for _ in range(max(least, 1) if most is None else most)]
        if any(may_be_empty for _, _, may_be_empty in parts):
            raise NotKnownError("a regular expression that repeats what may be empty")
        if most is None:
            self._link(parts[-1][1], parts[-1][0])
            first, last, _ = self._sequence(parts)
            return first, last, not least
        # Each of the optional ones is inside of the one before.
        for before, behind in zip(parts[least:], parts[least + 1 :], strict=False):
            self._link(before[1], behind[0])
        optional = parts[least][0] if least < most else [], [place for part in parts[least:] for place in part[1]], True
        return self._sequence([*parts[:least], optional])

    def _sequence(self, parts: Iterable[Part]) -> Part:
        first: list[int] = []
        last: list[int] = []
        is_empty = True
        for begin, end, may_be_empty in parts:
            self._link(last, begin)
            first = [*first, *begin] if is_empty else first
            last = [*last, *end] if may_be_empty else end
            is_empty = is_empty and may_be_empty
        return first, last, is_empty

    def _link(self, before: list[int], behind: list[int]) -> None:
        self._pairs += len(before) * len(behind)
        if self._pairs > _MAX_PAIRS:
            raise NotKnownError("a regular expression too large to follow")
        for at in before:
            self._following[at] += behind


@lru_cache(maxsize=16)
def _cost(ways: Ways, text: str) -> tuple[int, bool]:
    """What a search in a text costs: it is asked before and when it is made."""
    return ways.cost(text)


def _is_at_start(node: Node) -> bool:
    """Whether a pattern matches at the start of the text only."""
    if node[0] in ("all", "any"):
        parts = node[1][:1] if node[0] == "all" else node[1]
        return bool(parts) and all(map(_is_at_start, parts))
    return bool(node[0] == "start")
