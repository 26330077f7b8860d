"""Patterns of texts: with wildcards, as people write them, and texts of which some pieces are not known.

In a pattern with `*`, `**` and `?` no other character is special: `fnmatch` would read `b[0]` in a Terraform address as
a set of characters, and a pattern that is converted to a regular expression could take exponential time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

_NUMBER = regex(r"\[\d+\]")
_INSTANCE_KEY = regex(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]', re.DOTALL)


def is_literal(pattern: str) -> bool:
    """Whether the pattern has no wildcards."""
    return "*" not in pattern and "?" not in pattern


def matches(pattern: str, text: str) -> bool:
    """Whether the whole `text` matches: `*` matches any number of characters, `?` exactly one."""
    if is_literal(pattern):
        return pattern == text
    return _fits(pattern, text, any_run="*", any_one="?")


def covers(pattern: str, other: str) -> bool:
    """Whether every text that matches the pattern `other` surely matches `pattern`, with the wildcards of `matches`."""
    # What one pattern leaves open, the other must leave open too: `?` is one character, and `*` may be none.
    return matches(pattern, other) and (pattern.count("?") == 0 or "*" not in other or pattern == other)


def without_instance_keys(address: str) -> str:
    """A Terraform address without the keys of `count` and `for_each`: "module.m.aws_sqs_queue.q" of "…m[0].…q["a"]"."""
    return _INSTANCE_KEY.sub("", address)


def instance_keys(address: str) -> tuple[str, ...]:
    """The keys of `count` and `for_each` in a Terraform address, as they are written there."""
    return tuple(_INSTANCE_KEY.findall(address))


def without_numbers(way: str) -> str:
    """The way to a property without the numbers of list items, which change with each item before: Tags[].Key."""
    return _NUMBER.sub("[]", way)


def path_matches(pattern: str, path: str) -> bool:
    """Whether a path (relative, with `/`) or a folder above it matches a pattern in the style of .gitignore.

    A pattern without a slash is compared with the name of the file and of every folder above it; one with a slash is
    compared with the whole path. `*` does not match a slash; `**` matches any number of folders.
    """
    steps = [step for step in path.split("/") if step not in ("", ".")]
    pattern_steps = [step for step in pattern.split("/") if step not in ("", ".")]
    while len(pattern_steps) > 1 and pattern_steps[-1] == "**":
        pattern_steps.pop()
    if "/" not in pattern.rstrip("/"):
        return any(matches(pattern_steps[0], step) for step in steps) if pattern_steps else False
    return any(_path_fits(pattern_steps, steps[:end]) for end in range(1, len(steps) + 1))


def _path_fits(pattern_steps: Sequence[str], steps: Sequence[str]) -> bool:
    return _fits(pattern_steps, steps, any_run="**", any_one="")


def _fits(pattern: Sequence[str], text: Sequence[str], *, any_run: str, any_one: str) -> bool:
    """Match with backtracking to the last wildcard only, so that the time is at most quadratic."""
    at = place = 0
    run, resume = -1, 0
    while place < len(text):
        if at < len(pattern) and pattern[at] == any_run:
            run, resume = at, place
            at += 1
        elif at < len(pattern) and _one_fits(pattern[at], text[place], any_one):
            at += 1
            place += 1
        elif run >= 0:
            resume += 1
            at, place = run + 1, resume
        else:
            return False
    return all(step == any_run for step in pattern[at:])


def _one_fits(pattern_step: str, given: str, any_one: str) -> bool:
    return matches(pattern_step, given) if not any_one else pattern_step in (any_one, given)


def is_of_cfn_lint(pattern: str) -> bool:
    """Whether the id or pattern of a rule is one of cfn-lint's: "E3002", "W*"."""
    rest = pattern[1:].removesuffix("*")
    is_number = len(rest) <= 4 and all(one in "0123456789?" for one in rest)
    return pattern[:1] in ("E", "W", "I") and len(pattern) > 1 and is_number


@record(frozen=True)
class Gap:
    """What surely stands in a text although its characters are not known: the same in every place of a deployment.

    name: a resource, or the key of an unknown value. attribute: that of the resource; empty for an unknown value.
    """

    name: str
    attribute: str = ""

    def __str__(self) -> str:
        return f"${{{self.name}.{self.attribute}}}" if self.attribute else f"${{{self.name}}}"


_KIND = "parameter "
"""What stands before the name of a parameter in the key of its value."""

Piece: TypeAlias = "str | Gap"


class TextPattern:
    """The pieces of a text in order. Two texts with equal patterns are certainly equal in their deployment.

    The verbs are those of `str`, and look for literal text only: no gap holds a separator or a prefix.
    """

    __slots__ = ("pieces",)

    def __init__(self, *pieces: Piece) -> None:
        # Most have one piece.
        self.pieces = tuple(_merged(pieces)) if len(pieces) != 1 or pieces[0] == "" else pieces

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextPattern) and self.pieces == other.pieces

    def __hash__(self) -> int:
        return hash(self.pieces)

    def __str__(self) -> str:
        """The pattern as one text that no other pattern has: a dollar sign that is no gap's is doubled."""
        return "".join(piece.replace("$", "$$") if isinstance(piece, str) else str(piece) for piece in self.pieces)

    def __repr__(self) -> str:
        return f"TextPattern({', '.join(map(repr, self.pieces))})"

    def __add__(self, other: TextPattern | str) -> TextPattern:
        return TextPattern(*self.pieces, *(other.pieces if isinstance(other, TextPattern) else (other,)))

    @property
    def literal(self) -> str | None:
        """The whole text, if it has no gap."""
        if not self.pieces:
            return ""
        only = self.pieces[0]
        return only if len(self.pieces) == 1 and isinstance(only, str) else None

    @property
    def gap(self) -> Gap | None:
        """The one gap that is the whole text."""
        only = self.pieces[0] if len(self.pieces) == 1 else None
        return only if isinstance(only, Gap) else None

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Gap))

    @property
    def is_empty(self) -> bool:
        """Whether it is surely the empty text."""
        return not self.pieces

    @property
    def ends_with_gap(self) -> bool:
        """Whether the last piece is not known."""
        return bool(self.pieces) and isinstance(self.pieces[-1], Gap)

    @property
    def shown(self) -> str:
        """The text for a message, each gap as `${name}`."""
        pieces = self.pieces
        return "".join(each if isinstance(each, str) else f"${{{each.name.removeprefix(_KIND)}}}" for each in pieces)

    def filled(self, text: str) -> str:
        """The text with the same literal text in each gap."""
        return "".join(piece if isinstance(piece, str) else text for piece in self.pieces)

    def startswith(self, prefix: str) -> bool:
        """Whether its literal beginning has the prefix."""
        return self._edge(0).startswith(prefix)

    def endswith(self, suffix: str | TextPattern) -> bool:
        """Whether its end is the suffix, gap by gap."""
        pieces = suffix.pieces if isinstance(suffix, TextPattern) else TextPattern(suffix).pieces
        if not pieces:
            return True
        first, rest = pieces[0], pieces[1:]
        start = len(self.pieces) - len(pieces)
        if start < 0 or self.pieces[start + 1 :] != rest:
            return False
        own = self.pieces[start]
        return own.endswith(first) if isinstance(own, str) and isinstance(first, str) else own == first

    def contains(self, text: str) -> bool:
        """Whether the text stands in one of its literal pieces."""
        return any(text in piece for piece in self.pieces if isinstance(piece, str))

    def count(self, text: str) -> int:
        """How often the text stands in its literal pieces."""
        return sum(piece.count(text) for piece in self.pieces if isinstance(piece, str))

    def removeprefix(self, prefix: str) -> TextPattern:
        """The pattern without the prefix, if it begins with it."""
        if not prefix or not self.startswith(prefix):
            return self
        return TextPattern(self._edge(0)[len(prefix) :], *self.pieces[1:])

    def rstrip(self, characters: str) -> TextPattern:
        """The pattern without these characters at its literal end."""
        edge = self._edge(-1)
        return TextPattern(*self.pieces[:-1], edge.rstrip(characters)) if edge else self

    def partition(self, separator: str) -> tuple[TextPattern, str, TextPattern]:
        """What stands before the first separator, the separator, and what stands after it; as `str.partition`."""
        for at, piece in enumerate(self.pieces):
            if isinstance(piece, str) and separator in piece:
                before, _, after = piece.partition(separator)
                first, last = self.pieces[:at], self.pieces[at + 1 :]
                return (
                    _of_pieces((*first, before) if before else first),
                    separator,
                    _of_pieces((after, *last) if after else last),
                )
        return self, "", TextPattern()

    def split(self, separator: str, times: int) -> list[TextPattern]:
        """What stands between the first separators, of which at most `times` count; as `str.split`."""
        parts: list[TextPattern] = []
        rest = self
        while len(parts) < max(times, 1):
            first, found, after = rest.partition(separator)
            if not found:
                break
            parts.append(first)
            rest = after
        return [*parts, rest]

    def after_last(self, separator: str) -> TextPattern:
        """What stands after the last separator; the whole pattern where there is none."""
        rest, found = self, True
        while found:
            _, sign, after = rest.partition(separator)
            rest, found = (after, True) if sign else (rest, False)
        return rest

    def differs_from(self, other: TextPattern) -> bool:
        """Whether the texts surely differ: both are known, or their known beginnings or ends do not fit together.

        References to different resources differ.
        """
        mine, its = self.gap, other.gap
        if mine is not None and its is not None:
            return mine.name != its.name and mine.attribute == its.attribute and mine.attribute in ("Ref", "Arn")
        if self.literal is not None and other.literal is not None:
            return self.literal != other.literal
        starts, ends = (self._edge(0), other._edge(0)), (self._edge(-1), other._edge(-1))
        fits = starts[0].startswith(starts[1]) or starts[1].startswith(starts[0])
        return not (fits and (ends[0].endswith(ends[1]) or ends[1].endswith(ends[0])))

    def _edge(self, at: int) -> str:
        piece = self.pieces[at] if self.pieces else ""
        return piece if isinstance(piece, str) else ""


def _of_pieces(pieces: tuple[Piece, ...]) -> TextPattern:
    """The pattern of pieces that need not be merged, such as a part of another one's."""
    pattern = TextPattern()
    pattern.pieces = pieces
    return pattern


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
        text = ""
        yield piece
    if text:
        yield text
