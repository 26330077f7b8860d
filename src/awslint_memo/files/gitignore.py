"""What the files `.gitignore` of a repository leave out of a walk.

The library for the patterns takes long to load and to compile. So an index tells by names which patterns may match;
those that are a name need no more. The library makes regular expressions, whose time may grow with the product of their
wildcards, so the work of a run is bounded; what is not applied is told.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeAlias

from awslint_memo.files.disk import Disk, path_from
from awslint_memo.files.git_patterns import MOST_STARS, compiled, wild_name
from awslint_memo.files.root import Root
from awslint_memo.files.tracked import Tracked
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

NAME = ".gitignore"

MAX_BYTES = 1_000_000
WORK = 200_000_000
"""How much the patterns of a run may take: the length of a name, raised to the number of `*`, and so on for `**`."""

_COMPILING, _TOGETHER = 10_000, 100
"""How much of that it takes to compile a pattern, and to put one together with others."""

_LONGEST = 1000
_NO_NAMES = ("", os.curdir, os.pardir)
_OWN = (NAME, ".git")
"""What changes which patterns count in a folder."""

_PLAIN = regex(r"(?P<taken_back>!?)(?P<top>/?)[^\s!#/*?\[\\][^\s/*?\[\\]*(?P<folder>/?)")
"""A pattern that is the name of one step, and whether it takes back what others ignore, and where and what it ignores
only."""

_PIECES = regex(r"[*?]|\\.?|\[[!^]?[^]!^\[\\][^]\[\\]*\]")
"""What stands for other characters. Odd sets (`[[:space:]]`, `[]]`) are none of it, so that their `[` is left."""

_LETTER = regex(r"\[([A-Za-z])([A-Za-z])\]")
_WALKED = (".yaml", ".yml", ".json", ".template", ".tf", ".tofu", ".hcl")
"""How the names end that are asked about; a folder's has no ending mostly."""

_ANY, _NAME, _FOLDED, _PART, _END = range(5)
"""What is known of a pattern: nothing, or of a step the name, the name in letters of any case, a part, or the end."""

_NO_LINES: frozenset[int] = frozenset()


class Patterns:
    """The patterns of a text in the format of `.gitignore`, and an index of the names that they may match.

    A pattern matches a path only if each of its steps matches a step of the path, so that one of its steps is enough.
    """

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self.unapplied: list[tuple[int, str]] = []
        """The numbers of the lines that are not applied, and why."""
        self.wildcards: Counter[tuple[int, int]] = Counter()
        """How many patterns have so many `*` and `**`."""
        self.taken_back: set[int] = set()
        """The indexes of the lines whose patterns only say what is not ignored."""
        self.plain: list[re.Match[str] | None] = []
        """The parts of each pattern that is a name."""
        self._by_step: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {}, {})
        self._end_lengths: set[int] = set()
        self._about: dict[str, frozenset[int]] = {}
        for number, line in enumerate((line.rstrip("\r") for line in text.split("\n")), 1):
            step, wildcards = _rarest_step(line), _wildcards(line)
            if step is not None and wildcards is not None:
                self._add(line, *step)
                self.wildcards[wildcards] += 1
            elif step is not None:
                self.unapplied.append((number, f"the pattern has more than {MOST_STARS} wildcards, or is too long"))

    def _add(self, line: str, kind: int, step: str) -> None:
        self._by_step[kind].setdefault(step, []).append(len(self.lines))
        if kind == _END:
            self._end_lengths.add(len(step))
        if line.startswith("!") and kind != _ANY:
            self.taken_back.add(len(self.lines))
        self.plain.append(_PLAIN.fullmatch(line))
        self.lines.append(line)

    def about(self, name: str) -> frozenset[int]:
        """The indexes of the lines whose patterns may match a path with a step of this name."""
        lines = self._about.get(name)
        if lines is None:
            every, names, folded, parts, ends = self._by_step
            found = [*every.values(), names[name]] if name in names else [*every.values()]
            found += [folded[name.lower()]] if folded and name.lower() in folded else ()
            # A name has few parts, and a file may have tens of thousands of lines.
            found += [ends[name[-length:]] for length in self._end_lengths if name[-length:] in ends]
            if parts and len(parts) > len(name) ** 2:
                inner = {name[at:end] for at in range(len(name)) for end in range(at + 1, len(name) + 1)}
                found += [parts[part] for part in inner if part in parts]
            elif parts:
                found += [lines for part, lines in parts.items() if part in name]
            lines = self._about[name] = frozenset().union(*found) if found else _NO_LINES
        return lines


_Counting: TypeAlias = "Sequence[tuple[str, Patterns, frozenset[int]]]"
"""The patterns that count in a folder: each file's folder, its patterns, and its lines about the folders on the way."""


class GitIgnore:
    """The files `.gitignore` of the repositories that a walk meets, from the top down to each folder.

    notices: receives sentences about patterns that were not applied.
    """

    def __init__(self, disk: Disk, bounds: Root | None, notices: dict[str, None]) -> None:
        self._disk, self._bounds = disk, bounds
        self._counting: dict[str, _Counting | None] = {}
        """By folder, as it is written and by its absolute path; None outside of a repository."""
        self._tops: set[str] = set()
        self._work = 0
        self._together: set[tuple[str, ...]] = set()
        self._lines: set[str] = set()
        """The lines that were compiled, together and each."""
        self.notices = notices
        self.tracked = Tracked(disk)

    def leaves_out(self, path: str, *, is_folder: bool) -> bool:
        """Whether a path is ignored, judging by the files above it; not whether a folder above it is."""
        folder, _, name = path.rpartition(os.sep)
        if not folder or name in _NO_NAMES:
            folder, name = os.path.split(os.path.abspath(path))
        if folder not in self._counting:
            self._counting[folder] = self._in(self._disk.absolute(folder))
        is_ignored = False
        for top, patterns, about_above in self._counting[folder] or ():
            about = patterns.about(name) | about_above if about_above else patterns.about(name)
            if not about or (not is_ignored and about <= patterns.taken_back):
                continue
            whole = self._disk.absolute(folder)
            plain = [pattern for at in sorted(about - about_above) if (pattern := patterns.plain[at]) is not None]
            if len(plain) == len(about):
                for pattern in plain:
                    if (is_folder or not pattern["folder"]) and (not pattern["top"] or whole == top):
                        is_ignored = not pattern["taken_back"]
                continue
            below = os.path.join(whole, name)[len(top) :].lstrip(os.sep).replace(os.sep, "/")
            lines = tuple(patterns.lines[at] for at in sorted(about))
            if not self._affords(patterns, below, lines):
                self.notices[f"{NAME} was not applied to all: its patterns take too long; simplify those with *"] = None
                return False
            spec, refused = compiled(lines)
            if refused:
                shown = path_from(os.path.join(top, NAME))
                self.notices[f"{shown}: {refused} of its lines are no patterns of git, and were not applied"] = None
            answer = spec.check_file(f"{below}/" if is_folder else below).include
            is_ignored = is_ignored if answer is None else answer
        return is_ignored

    def is_within(self, folder: str) -> bool:
        """Whether a folder, or one above it in its repository, is ignored."""
        here = os.path.abspath(folder)
        while self._in(os.path.dirname(here)) is not None and not self._is_top(here):
            if self.leaves_out(here, is_folder=True):
                return True
            here = os.path.dirname(here)
        return False

    def _in(self, folder: str) -> _Counting | None:
        """The patterns for what is in a folder, given by its absolute path; those of the top come first."""
        pending = []
        here = folder
        while here not in self._counting:
            pending.append(here)
            above = os.path.dirname(here)
            if self._is_top(here) or above == here:
                break
            here = above
        for here in reversed(pending):
            above, name = os.path.split(here)
            outer = [] if here in self._tops else self._counting.get(above)
            if outer is None:
                self._counting[here] = None
            elif self._disk.lacks(here, _OWN) and not any(patterns.about(name) for _, patterns, _ in outer):
                self._counting[here] = outer  # Most folders have nothing that changes what counts above.
            else:
                inherited = [(top, patterns, about | patterns.about(name)) for top, patterns, about in outer]
                self._counting[here] = [*inherited, *self._read(here)]
        return self._counting[folder]

    def _read(self, folder: str) -> _Counting:
        """The patterns of the file in a folder, if it has one."""
        path = os.path.join(folder, NAME)
        # Git itself follows no link here.
        size = None if self._disk.lacks(folder, (NAME,)) else self._disk.plain_size(path)
        if size is None:
            return ()
        try:
            if size > MAX_BYTES:
                raise Problem(f"the file is larger than {MAX_BYTES // 1_000_000} MB", path)
            text = self._disk.read(path, path if self._bounds is None else self._bounds.opened(path)).text
        except Problem as problem:
            self.notices[f"{path_from(path)}: not applied: {problem.message}"] = None
            return ()
        patterns = _patterns(text)
        for number, why in patterns.unapplied:
            self.notices[f"{path_from(path)}:{number}: not applied: {why}"] = None
        return [(folder, patterns, frozenset())] if patterns.lines else ()

    def _is_top(self, folder: str) -> bool:
        """Whether a folder is the top of a repository, which it was at any time."""
        if self._disk.lacks(folder, (".git",)):
            return False
        path = os.path.join(folder, ".git")
        is_top = self._disk.exists(path) if self._disk.is_now else os.path.exists(path)
        self._tops.update([folder] if is_top else [])
        return is_top

    def _affords(self, patterns: Patterns, below: str, lines: tuple[str, ...]) -> bool:
        if lines not in self._together:
            self._together.add(lines)
            before = len(self._lines)
            self._lines.update(lines)
            self._work += _COMPILING * (len(self._lines) - before) + _TOGETHER * len(lines)
        steps = below.split("/")
        longest, depth = max(map(len, steps)), len(steps) + 1
        self._work += sum(longest**one * depth**deep * count for (one, deep), count in patterns.wildcards.items())
        return self._work <= WORK


_patterns = lru_cache(maxsize=1000)(Patterns)
"""Folders of a repository often have copies of one file."""


@lru_cache(maxsize=10_000)
def _wildcards(line: str) -> tuple[int, int] | None:
    """The most `*` that a pattern has between two slashes, and how many `**`; None if that is too much, or too long."""
    if len(line) > _LONGEST:
        return None
    steps = line.split("/") if "*" in line else ()
    most = max((step.count("*") for step in steps if step != "**"), default=0)
    wildcards = most, steps.count("**")
    return wildcards if max(wildcards) <= MOST_STARS else (1, 0) if wild_name(line) else None


@lru_cache(maxsize=10_000)
def _rarest_step(line: str) -> tuple[int, str] | None:
    """What is known of the pattern in a line by the step that tells most names apart; None if it has no pattern."""
    stripped = line.rstrip(" ")
    if not stripped.strip() or line.startswith("#"):
        return None
    if "//" in stripped or stripped.endswith("\\") or stripped[-1].isspace():
        return _ANY, ""  # It may be no pattern, or may have a step less or more, which the library is to say.
    # Of several names the last one is the rarest mostly.
    steps = (_step(step) for step in reversed(stripped.removeprefix("!").split("/")) if step)
    return max(steps, key=_worth, default=(_ANY, ""))


def _step(step: str) -> tuple[int, str]:
    """What a step of a pattern tells of the names that it matches."""
    name = _LETTER.sub(lambda match: match[1] if match[1].lower() == match[2].lower() else match[0], step)
    if not any(character in name for character in "*?[\\"):
        return (_NAME, step) if name == step else (_FOLDED, name.lower())
    pieces = _PIECES.split(step)
    longest = max(pieces, key=len)
    if not longest or any("[" in piece for piece in pieces):
        return _ANY, ""
    return (_END, pieces[-1]) if len(pieces[-1]) == len(longest) else (_PART, longest)


def _worth(step: tuple[int, str]) -> tuple[int, int]:
    """How many names are told apart, so that the best step of a pattern is the one that is looked at."""
    kind, text = step
    if kind == _END and text.startswith(".") and not text.lower().endswith(_WALKED):
        return 3, 0
    return (2, 0) if kind in (_NAME, _FOLDED) else (1 if kind in (_PART, _END) else 0, len(text))
