"""Tells from the names in the patterns of a `.gitignore` what they can't match, without the library for patterns.

Most patterns are a name (`node_modules/`) or an ending (`*.pyc`), and most files of a repository have neither. A large
repository may have hundreds of such files, whose patterns take longer to compile than the whole walk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

_WILD = "*?[\\"
_ANY, _NAME, _FOLDED, _PART, _END = range(5)
"""What is known of a pattern: nothing, or of a step the name, the name in letters of any case, a part, or the end."""

_LETTER = regex(r"\[([A-Za-z])([A-Za-z])\]")
_WALKED = (".yaml", ".yml", ".json", ".template", ".tf", ".tofu", ".hcl")
"""How the names end that are asked about; a folder's has no ending mostly."""

_PIECES = regex(r"[*?]|\\.?|\[[!^]?[^]!^\[\\][^]\[\\]*\]")
"""What stands for other characters. Odd sets (`[[:space:]]`, `[]]`) are none of it, so that their `[` is left."""

_PLAIN = regex(r"(!?)(/?)[^\s!#/*?\[\\][^\s/*?\[\\]*(/?)")
"""A pattern that is the name of one step."""

_NOTHING: frozenset[int] = frozenset()


class PatternNames:
    """Which lines of a `.gitignore` may be about files and folders of a name.

    A pattern matches a path only if each of its steps matches a step of the path, so that one of its steps is enough.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._about: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {}, {})
        self._known: dict[str, frozenset[int]] = {}
        for number, line in enumerate(lines):
            if known := _known(line):
                kind, text = known
                self._about[kind].setdefault(text, []).append(number)
        taken_back = (number for number, line in enumerate(lines) if line.startswith("!"))
        self.taken_back = frozenset(taken_back).difference(*self._about[_ANY].values())
        """The indexes of the lines whose patterns only say what is not ignored."""
        self._lines = lines
        self._ends = tuple(self._about[_END])
        self.has_patterns = any(self._about)

    def about(self, step: str) -> frozenset[int]:
        """The indexes of the lines whose patterns may match a path with this step."""
        found = self._known.get(step)
        if found is None:
            every, names, folded, parts, ends = self._about
            lines = [*every.values(), names.get(step, []), folded.get(step.lower(), [])]
            lines += [numbers for part, numbers in parts.items() if part in step]
            if step.endswith(self._ends):
                lines += [numbers for end, numbers in ends.items() if step.endswith(end)]
            found = self._known[step] = frozenset().union(*lines) or _NOTHING
        return found

    def said(self, about: frozenset[int], *, is_folder: bool, is_at_top: bool) -> bool | None:
        """Whether these lines, of which each `is_plain`, ignore what has the name; None if they say nothing.

        is_at_top: whether it is in the folder that has the file.
        """
        found = None
        for number in sorted(about):
            plain = _plain(self._lines[number])
            if plain is not None and (is_at_top or not plain.is_at_top) and (is_folder or not plain.is_folder):
                found = not plain.is_taken_back
        return found

    def are_plain(self, about: frozenset[int]) -> bool:
        """Whether lines have nothing but the name of what they ignore, so that no library is needed for them."""
        return all(_plain(self._lines[number]) is not None for number in about)


@record(frozen=True)
class _Plain:
    """A pattern that is a name: whether it takes back what others ignore, and where and what it ignores only."""

    is_taken_back: bool
    is_at_top: bool
    is_folder: bool


@lru_cache(maxsize=10_000)
def _plain(line: str) -> _Plain | None:
    match = _PLAIN.fullmatch(line)
    return None if match is None else _Plain(*map(bool, match.groups()))


@lru_cache(maxsize=10_000)
def _known(line: str) -> tuple[int, str] | None:
    """What is known of the pattern in a line; None if it has none. The files of a repository have many lines alike."""
    stripped = line.rstrip(" ")
    if not stripped.strip() or line.startswith("#"):
        return None
    if "//" in stripped or stripped.endswith("\\") or stripped[-1].isspace():
        return _ANY, ""  # It may be no pattern, or may have a step less or more, which the library is to say.
    # Of several names the last one is the rarest mostly.
    told = [_told(step) for step in reversed(stripped.removeprefix("!").split("/")) if step]
    return max(told, key=_worth, default=(_ANY, ""))


def _told(step: str) -> tuple[int, str]:
    """What a step of a pattern tells of the names that it matches."""
    if not any(one in step for one in _WILD):
        return _NAME, step
    folded = _LETTER.sub(_folded, step)
    if not any(one in folded for one in _WILD):
        return _FOLDED, folded.lower()
    pieces = _PIECES.split(step)
    if any("[" in piece for piece in pieces):
        return _ANY, ""
    longest = max(pieces, key=len)
    if not longest:
        return _ANY, ""
    return (_END, pieces[-1]) if len(pieces[-1]) == len(longest) else (_PART, longest)


def _worth(told: tuple[int, str]) -> tuple[int, int]:
    """How many names are told apart, so that the best step of a pattern is the one that is looked at."""
    kind, text = told
    if kind == _END and text.startswith(".") and not text.lower().endswith(_WALKED):
        return 3, 0
    return (2, 0) if kind in (_NAME, _FOLDED) else (1 if kind in (_PART, _END) else 0, len(text))


def _folded(match: re.Match[str]) -> str:
    letter, other = match.groups()
    return str(letter) if letter.lower() == other.lower() else match[0]
