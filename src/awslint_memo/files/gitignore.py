"""What the files `.gitignore` of a repository leave out of a walk.

The library for the patterns is loaded where there is such a file. It makes regular expressions of them, whose time may
grow with the product of their wildcards, so the work of a run is bounded; what is not applied is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from awslint_memo.files.disk import Disk
from awslint_memo.files.root import Root
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

NAME = ".gitignore"

MAX_BYTES = 1_000_000
MOST_STARS = 3
"""How many `*` a pattern may have between two slashes, and how many `**`; those of large repositories have two."""

_LONGEST = 1000

WORK = 200_000_000
"""How much the patterns of a run may take: the length of a name, raised to the number of `*`, and so on for `**`."""


@record(frozen=True, eq=False)
class _Patterns:
    """The patterns of one file: in which folder it is, how many have so many `*` and `**`, and the library's object."""

    folder: str
    stars: Counter[tuple[int, int]]
    spec: Any


class GitIgnore:
    """The files `.gitignore` of the repositories that a walk meets, from the top down to each folder.

    notices: receives sentences about patterns that were not applied.
    """

    def __init__(self, disk: Disk, bounds: Root | None, notices: dict[str, None]) -> None:
        self._disk, self._bounds = disk, bounds
        self._above: dict[str, tuple[_Patterns, ...] | None] = {}
        self._work = 0
        self.notices = notices

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is ignored, judging by the files above it; not whether a folder above it is."""
        whole = os.path.abspath(path)
        here = self._of(os.path.dirname(whole)) or ()
        is_ignored = False
        for patterns in here:
            below = whole[len(patterns.folder) :].lstrip(os.sep).replace(os.sep, "/")
            if not self._affords(patterns, below):
                self.notices[f"{NAME} was not applied to all: its patterns take too long; simplify those with *"] = None
                return False
            said = patterns.spec.check_file(f"{below}/" if is_folder else below).include
            is_ignored = is_ignored if said is None else said
        return is_ignored

    def is_within(self, folder: str) -> bool:
        """Whether a folder, or one above it in its repository, is ignored."""
        here = os.path.abspath(folder)
        while self._of(os.path.dirname(here)) is not None and not _is_top(here):
            if self.leaves_out(here, is_folder=True):
                return True
            here = os.path.dirname(here)
        return False

    def _affords(self, patterns: _Patterns, below: str) -> bool:
        steps = below.split("/")
        longest, depth = max(map(len, steps)), len(steps) + 1
        self._work += sum(longest**one * depth**deep * count for (one, deep), count in patterns.stars.items())
        return self._work <= WORK

    def _of(self, folder: str) -> tuple[_Patterns, ...] | None:
        """The patterns for what is in a folder, those of the top first; None outside of a repository."""
        pending = []
        while folder not in self._above:
            pending.append(folder)
            above = os.path.dirname(folder)
            if _is_top(folder) or above == folder:
                break
            folder = above
        for here in reversed(pending):
            above = os.path.dirname(here)
            if _is_top(here):
                self._above[here] = tuple(self._read(here))
            else:
                inherited = self._above.get(above) if above != here else None
                self._above[here] = None if inherited is None else (*inherited, *self._read(here))
        return self._above[pending[0] if pending else folder]

    def _read(self, folder: str) -> Iterator[_Patterns]:
        path = os.path.join(folder, NAME)
        # Git itself follows no link here.
        if not self._disk.is_file(path) or self._disk.is_link(path):
            return
        shown = os.path.relpath(path)
        try:
            if self._disk.size(path) > MAX_BYTES:
                raise Problem(f"the file is larger than {MAX_BYTES // 1_000_000} MB", shown)
            lines = self._disk.read(shown, path if self._bounds is None else self._bounds.opened(path)).text.split("\n")
        except Problem as problem:
            self.notices[f"{shown}: not applied: {problem.message}"] = None
            return
        kept = [
            line.rstrip("\r") for number, line in enumerate(lines, 1) if self._is_bearable(line, f"{shown}:{number}")
        ]
        if any(line.strip() and not line.startswith("#") for line in kept):
            yield _Patterns(folder, Counter(map(_stars, kept)), _spec(kept, shown, self.notices))

    def _is_bearable(self, line: str, place: str) -> bool:
        if line.startswith("#") or (max(_stars(line)) <= MOST_STARS and len(line) <= _LONGEST):
            return True
        self.notices[f"{place}: not applied: the pattern has more than {MOST_STARS} wildcards, or is too long"] = None
        return False


def _spec(lines: list[str], path: str, notices: dict[str, None]) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        return _compiled(tuple(lines))
    except ValueError:
        kept = [line for line in lines if _is_pattern(line)]
        notices[f"{path}: {len(lines) - len(kept)} of its lines are no patterns of git, and were not applied"] = None
        return GitIgnoreSpec.from_lines(kept)


@lru_cache(maxsize=1000)
def _compiled(lines: tuple[str, ...]) -> Any:
    """The library's object; the folders of a repository often have copies of one file."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _stars(line: str) -> tuple[int, int]:
    """The most `*` that a pattern has between two slashes, and how many `**`."""
    steps = line.split("/")
    return max(0 if step == "**" else step.count("*") for step in steps), steps.count("**")


def _is_top(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))
