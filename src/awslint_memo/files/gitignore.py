"""What the files `.gitignore` of a repository leave out of a walk.

The library for the patterns is loaded where there is such a file. It makes regular expressions of them, whose time may
grow with the product of their wildcards, so the work of a run is bounded; what is not applied is told.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from awslint_memo.files.disk import Disk
from awslint_memo.files.gitignore_names import PatternNames
from awslint_memo.files.root import Root
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

NAME = ".gitignore"

MAX_BYTES = 1_000_000
MOST_STARS = 3
"""How many `*` a pattern may have between two slashes, and how many `**`; those of large repositories have two."""

MOST_IN_NAME = 10
"""How many `*` a pattern may have that is a name, as those of reports and dumps are; more are no name of anything."""

_LONGEST = 1000
_ONE_NAME = regex(r"(!?)(/?)([^\\/^]*[^\\/^?\]])(/?)")
"""A pattern that is a name, without what `fnmatch` reads differently."""
_NO_NAMES = ("", os.curdir, os.pardir)
_OWN = (NAME, ".git")
"""What changes which patterns count in a folder."""

WORK = 200_000_000
"""How much the patterns of a run may take: the length of a name, raised to the number of `*`, and so on for `**`."""


@record(frozen=True, eq=False)
class _Patterns:
    """The patterns of one file: in which folder it is, its lines, and what they can't match.

    path: of the file. stars: how many patterns have so many `*` and `**`.
    """

    folder: str
    path: str
    lines: tuple[str, ...]
    stars: Counter[tuple[int, int]]
    names: PatternNames


_Asked: TypeAlias = Sequence[tuple[_Patterns, frozenset[int]]]
"""The patterns for what is in a folder, each with its lines about the folders on the way."""


class GitIgnore:
    """The files `.gitignore` of the repositories that a walk meets, from the top down to each folder.

    notices: receives sentences about patterns that were not applied.
    """

    def __init__(self, disk: Disk, bounds: Root | None, notices: dict[str, None]) -> None:
        self._disk, self._bounds = disk, bounds
        self._above: dict[str, tuple[_Patterns, ...] | None] = {}
        self._tops: set[str] = set()
        self._folders: dict[str, _Asked] = {}
        self._work = 0
        self.notices = notices

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is ignored, judging by the files above it; not whether a folder above it is."""
        folder, _, name = path.rpartition(os.sep)
        if not folder or name in _NO_NAMES:
            folder, name = os.path.split(os.path.abspath(path))
        asked = self._folders.get(folder)
        is_ignored = False
        for patterns, about_above in self._asked(folder) if asked is None else asked:
            about = patterns.names.about(name)
            if not (about or about_above):
                continue
            about |= about_above
            if not is_ignored and about <= patterns.names.taken_back:
                continue
            if not about_above and patterns.names.are_plain(about):
                is_at_top = self._disk.absolute(folder) == patterns.folder
                said = patterns.names.said(about, is_folder=is_folder, is_at_top=is_at_top)
                is_ignored = is_ignored if said is None else said
                continue
            whole = os.path.join(self._disk.absolute(folder), name)
            below = whole[len(patterns.folder) :].lstrip(os.sep).replace(os.sep, "/")
            if not self._affords(patterns, below):
                self.notices[f"{NAME} was not applied to all: its patterns take too long; simplify those with *"] = None
                return False
            said = self._spec(patterns, about).check_file(f"{below}/" if is_folder else below).include
            is_ignored = is_ignored if said is None else said
        return is_ignored

    def _asked(self, folder: str) -> _Asked:
        """What is asked about what is in a folder; most folders have nothing that changes what was asked above."""
        above, _, name = folder.rpartition(os.sep)
        outer = self._folders.get(above or (os.sep if folder.startswith(os.sep) else self._disk.absolute("")))
        whole = self._disk.absolute(folder)
        if outer is None or name in _NO_NAMES or not self._disk.lacks(whole, _OWN):
            made = self._asked_anew(whole)
        elif any(patterns.names.about(name) for patterns, _ in outer):
            made = [(patterns, about | patterns.names.about(name)) for patterns, about in outer]
        else:
            made = outer
        self._folders[folder] = made
        return made

    def _asked_anew(self, whole: str) -> _Asked:
        made = []
        for one in self._of(whole) or ():
            steps = filter(None, whole[len(one.folder) :].split(os.sep))
            made.append((one, frozenset[int]().union(*map(one.names.about, steps))))
        return made

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
                own = () if inherited is None or self._disk.lacks(here, (NAME,)) else tuple(self._read(here))
                self._above[here] = (*inherited, *own) if inherited is not None and own else inherited
        return self._above[pending[0] if pending else folder]

    def _read(self, folder: str) -> Iterator[_Patterns]:
        path = os.path.join(folder, NAME)
        # Git itself follows no link here.
        size = self._disk.plain_size(path)
        if size is None:
            return
        try:
            if size > MAX_BYTES:
                raise Problem(f"the file is larger than {MAX_BYTES // 1_000_000} MB", path)
            text = self._disk.read(path, path if self._bounds is None else self._bounds.opened(path)).text
        except Problem as problem:
            self.notices[f"{os.path.relpath(path)}: not applied: {problem.message}"] = None
            return
        for number, why in (made := _made(text)).odd:
            self.notices[f"{os.path.relpath(path)}:{number}: not applied: {why}"] = None
        if made.names.has_patterns:
            yield _Patterns(folder, path, made.lines, made.stars, made.names)

    def _is_top(self, folder: str) -> bool:
        """Whether a folder is the top of a repository, which it was at any time."""
        if self._disk.lacks(folder, (".git",)):
            return False
        path = os.path.join(folder, ".git")
        is_top = self._disk.exists(path) if self._disk.is_now else os.path.exists(path)
        self._tops.update([folder] if is_top else [])
        return is_top


@record(frozen=True)
class _Made:
    """What is made of the lines of a file. odd: the numbers of those that are not applied, and why."""

    lines: tuple[str, ...]
    odd: Sequence[tuple[int, str]]
    stars: Counter[tuple[int, int]]
    names: PatternNames


@lru_cache(maxsize=1000)
def _made(text: str) -> _Made:
    """What is made of a file; the folders of a repository often have copies of one."""
    kept, stars, odd = [], [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line[0] == "#":
            continue
        found = _stars(line)
        if found is None:
            odd.append((number, f"the pattern has more than {MOST_STARS} wildcards, or is too long"))
        else:
            kept.append(line.rstrip("\r"))
            stars.append(found)
    return _Made(tuple(kept), odd, Counter(stars), PatternNames(kept))


def _spec(lines: tuple[str, ...], path: str, notices: dict[str, None]) -> Any:
    try:
        return _compiled(lines)
    except ValueError:
        kept = [line for line in lines if _is_pattern(line)]
        shown = os.path.relpath(path)
        notices[f"{shown}: {len(lines) - len(kept)} of its lines are no patterns of git, and were not applied"] = None
        return _compiled(tuple(kept))


@lru_cache(maxsize=1000)
def _compiled(lines: tuple[str, ...]) -> Any:
    """The library's object; the folders of a repository often have copies of one file."""
    from pathspec import GitIgnoreSpec

    made: list[Any] = []
    for line in lines:
        made += GitIgnoreSpec.from_lines([line]).patterns if _named(line) is None else [_of_name(line)]
    return GitIgnoreSpec(made)


def _named(line: str) -> re.Match[str] | None:
    """The parts of a pattern that is a name with more wildcards than the library takes in little time, else None."""
    is_wild = MOST_STARS < line.count("*") <= MOST_IN_NAME and "**" not in line
    return _ONE_NAME.fullmatch(line.rstrip(" ")) if is_wild else None


def _of_name(line: str) -> Any:
    """A pattern that is a name, matched by a regular expression that never goes back behind a `*`."""
    from fnmatch import translate

    from pathspec import RegexPattern

    match = _named(line)
    taken_back, at_top, step, folder = match.groups() if match is not None else ("", "", "", "")
    name = translate(step)
    above = "" if at_top else "(?:.*/)?"
    # Nothing but the end of the name of a folder has a slash.
    written = rf"\A{above}(?=[^/]*/?\Z){name[: name.rindex(')') + 1]}{folder or '/?'}\Z"
    return RegexPattern(re.compile(written), not taken_back)


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


@lru_cache(maxsize=10_000)
def _stars(line: str) -> tuple[int, int] | None:
    """The most `*` that a pattern has between two slashes, and how many `**`; None if that is too much, or too long."""
    if len(line) > _LONGEST:
        return None
    steps = line.split("/") if "*" in line else ()
    most = max((step.count("*") for step in steps if step != "**"), default=0)
    found = (most, steps.count("**"))
    if max(found) > MOST_STARS:
        return None if _named(line) is None else (1, 0)
    return found
