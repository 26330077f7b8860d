"""What the files `.gitignore` of a repository leave out of a walk.

The library for the patterns is loaded where there is such a file. It makes regular expressions of them, whose time may
grow with the product of their wildcards, so the work of a run is bounded; what is not applied is told.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.files.disk import Disk
from awslint_memo.files.gitignore_names import PatternNames
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
    """The patterns of one file: in which folder it is, its lines, and what they can't match.

    path: of the file, as shown. stars: how many patterns have so many `*` and `**`.
    """

    folder: str
    path: str
    lines: tuple[str, ...]
    stars: Counter[tuple[int, int]]
    names: PatternNames


class GitIgnore:
    """The files `.gitignore` of the repositories that a walk meets, from the top down to each folder.

    notices: receives sentences about patterns that were not applied.
    """

    def __init__(self, disk: Disk, bounds: Root | None, notices: dict[str, None]) -> None:
        self._disk, self._bounds = disk, bounds
        self._above: dict[str, tuple[_Patterns, ...] | None] = {}
        self._tops: set[str] = set()
        self._folders: dict[str, tuple[str, list[tuple[_Patterns, frozenset[int]]]]] = {}
        self._work = 0
        self.notices = notices

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is ignored, judging by the files above it; not whether a folder above it is."""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir):
            folder, name = os.path.split(os.path.abspath(path))
        whole, here = self._asked(folder)
        is_ignored = False
        for patterns, about_above in here:
            about = about_above | patterns.names.about(name)
            if not about:
                continue
            below = os.path.join(whole, name)[len(patterns.folder) :].lstrip(os.sep).replace(os.sep, "/")
            if not self._affords(patterns, below):
                self.notices[f"{NAME} was not applied to all: its patterns take too long; simplify those with *"] = None
                return False
            said = self._spec(patterns, about).check_file(f"{below}/" if is_folder else below).include
            is_ignored = is_ignored if said is None else said
        return is_ignored

    def _asked(self, folder: str) -> tuple[str, list[tuple[_Patterns, frozenset[int]]]]:
        """The absolute path of a folder, and the patterns for what is in it, each with its lines about the folders."""
        if folder not in self._folders:
            whole = os.path.abspath(folder)
            asked = []
            for one in self._of(whole) or ():
                steps = filter(None, whole[len(one.folder) :].split(os.sep))
                asked.append((one, frozenset[int]().union(*map(one.names.about, steps))))
            self._folders[folder] = whole, asked
        return self._folders[folder]

    def _spec(self, patterns: _Patterns, about: frozenset[int]) -> Any:
        return _spec(tuple(patterns.lines[index] for index in sorted(about)), patterns.path, self.notices)

    def is_within(self, folder: str) -> bool:
        """Whether a folder, or one above it in its repository, is ignored."""
        here = os.path.abspath(folder)
        while self._of(os.path.dirname(here)) is not None and not self._is_top(here):
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
            if self._is_top(folder) or above == folder:
                break
            folder = above
        for here in reversed(pending):
            above = os.path.dirname(here)
            if here in self._tops:
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
        for number, why in (made := _made(tuple(lines))).odd:
            self.notices[f"{shown}:{number}: not applied: {why}"] = None
        if made.is_about_any:
            yield _Patterns(folder, shown, made.lines, made.stars, made.names)

    def _is_top(self, folder: str) -> bool:
        """Whether a folder is the top of a repository, which it was at any time."""
        path = os.path.join(folder, ".git")
        is_top = self._disk.exists(path) if self._disk.is_now else os.path.exists(path)
        self._tops.update([folder] if is_top else [])
        return is_top


@record(frozen=True)
class _Made:
    """What is made of the lines of a file. odd: the numbers of those that are not applied, and why."""

    lines: tuple[str, ...]
    odd: Sequence[tuple[int, str]]
    is_about_any: bool
    stars: Counter[tuple[int, int]]
    names: PatternNames


@lru_cache(maxsize=1000)
def _made(lines: tuple[str, ...]) -> _Made:
    """What is made of lines; the folders of a repository often have copies of one file."""
    kept, odd = [], []
    stars: Counter[tuple[int, int]] = Counter()
    for number, line in enumerate(lines, 1):
        is_comment = line.startswith("#")
        found = (0, 0) if is_comment or "*" not in line else _stars(line)
        if is_comment or (max(found) <= MOST_STARS and len(line) <= _LONGEST):
            kept.append(line.rstrip("\r"))
            stars[found] += 1
        else:
            odd.append((number, f"the pattern has more than {MOST_STARS} wildcards, or is too long"))
    is_about_any = any(line.strip() and not line.startswith("#") for line in kept)
    return _Made(tuple(kept), odd, is_about_any, stars, PatternNames(kept))


def _spec(lines: tuple[str, ...], path: str, notices: dict[str, None]) -> Any:
    from pathspec import GitIgnoreSpec

    try:
        return _compiled(lines)
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
