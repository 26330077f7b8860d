"""Runs programs of regular expressions: all ways to match at once, so that no text makes a search take forever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from awslint_memo.readers.terraform.functions.arguments import NotKnownError
from awslint_memo.readers.terraform.functions.re2_program import Program

Groups: TypeAlias = "tuple[int | None, ...]"
"""The start and end of the whole match, then of each group; None for a group that has no part in it."""


class Search:
    """The matches of a program in a text, within a number of steps in proportion to both."""

    def __init__(self, program: Program, text: str) -> None:
        self._code = program.code
        self._text = text
        self._nothing: Groups = (None,) * (2 * len(program.names) + 2)
        self._left = 20 * (len(text) + 500) * len(program.code)

    def all(self) -> Iterator[Groups]:
        """All matches from left to right. An empty one directly behind another one does not count."""
        at, last = 0, -1
        while at <= len(self._text):
            found = self.first(at)
            if found is None:
                return
            start, end = found[0] or 0, found[1] or 0
            if end > start or start != last:
                yield found
            last = end
            at = end + 1 if end == start else end

    def first(self, at: int = 0) -> Groups | None:
        """The leftmost match from a position on, of which the first way counts; None if there is none."""
        threads: dict[int, Groups] = {}
        found: Groups | None = None
        while True:
            if found is None:
                self._follow(0, at, (at, *self._nothing[1:]), threads)
            if not threads:
                return found
            character = self._text[at : at + 1]
            following: dict[int, Groups] = {}
            for here, groups in threads.items():
                step = self._code[here]
                if step[0] == "match":
                    found = (groups[0], at, *groups[2:])
                    break
                if step[0] == "set" and character and character in step[1]:
                    self._follow(here + 1, at + 1, groups, following)
            threads = following
            at += 1
            if at > len(self._text):
                return found

    def _follow(self, start: int, at: int, groups: Groups, threads: dict[int, Groups]) -> None:
        """Add the instructions that read a character and are reached from one, in order of priority."""
        stack = [(start, groups)]
        while stack:
            here, groups = stack.pop()
            if here in threads:
                continue
            self._left -= 1
            if self._left < 0:
                raise NotKnownError("a regular expression that takes too long")
            threads[here] = groups
            step = self._code[here]
            if step[0] == "jump":
                stack.append((step[1], groups))
            elif step[0] == "split":
                stack += [(step[2], groups), (step[1], groups)]
            elif step[0] == "save":
                slot = step[1]
                stack.append((here + 1, (*groups[:slot], at, *groups[slot + 1 :])))
            elif step[0] == "assert" and self._holds(step[1], at):
                stack.append((here + 1, groups))

    def _holds(self, kind: str, at: int) -> bool:
        text = self._text
        if kind in ("edge", "inside"):
            before, after = (_is_word(text[one : one + 1]) if one >= 0 else False for one in (at - 1, at))
            return (before != after) == (kind == "edge")
        if kind.endswith("start"):
            return at == 0 or (kind == "line start" and text[at - 1] == "\n")
        return at == len(text) or (kind == "line end" and text[at] == "\n")


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")
