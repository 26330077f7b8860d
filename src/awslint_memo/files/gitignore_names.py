"""Tells from the names in the patterns of a `.gitignore` what they can't match, without the library for patterns.

Most patterns are a name (`node_modules/`) or an ending (`*.pyc`), and most files of a repository have neither. A large
repository may have hundreds of such files, whose patterns take longer to compile than the whole walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from awslint_memo.model.regex import regex

_WILD = "*?[\\"
_ANY, _NAME, _PART, _END = range(4)
"""What is known of a pattern: nothing, or the name of a step, a part of one, or its end."""

_PIECES = regex(r"[*?]|\\.?|\[[!^]?[^]!^\[\\][^]\[\\]*\]")
"""What stands for other characters. Odd sets (`[[:space:]]`, `[]]`) are none of it, so that their `[` is left."""

_NOTHING: frozenset[int] = frozenset()


class PatternNames:
    """Which lines of a `.gitignore` may be about files and folders of a name.

    A pattern matches a path only if each of its steps matches a step of the path, so that one of its steps is enough.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._about: tuple[dict[str, list[int]], ...] = ({}, {}, {}, {})
        self._known: dict[str, frozenset[int]] = {}
        for number, line in enumerate(lines):
            if known := _known(line):
                kind, text = known
                self._about[kind].setdefault(text, []).append(number)
        self._ends = tuple(self._about[_END])
        self.has_patterns = any(self._about)

    def about(self, step: str) -> frozenset[int]:
        """The indexes of the lines whose patterns may match a path with this step."""
        found = self._known.get(step)
        if found is None:
            every, names, parts, ends = self._about
            of_parts = [numbers for part, numbers in parts.items() if part in step]
            if step.endswith(self._ends):
                of_parts += [numbers for end, numbers in ends.items() if step.endswith(end)]
            of_parts += [*every.values(), names.get(step, [])]
            found = self._known[step] = frozenset().union(*of_parts) or _NOTHING
        return found


@lru_cache(maxsize=10_000)
def _known(line: str) -> tuple[int, str] | None:
    """What is known of the pattern in a line; None if it has none. The files of a repository have many lines alike."""
    line = line.rstrip()
    if not line or line.startswith("#"):
        return None
    if "//" in line or line.endswith("\\"):
        return _ANY, ""  # It may be no pattern, which the library is to say.
    steps = [step for step in line.removeprefix("!").split("/") if step]
    names = [step for step in steps if not any(one in step for one in _WILD)]
    if names:
        return _NAME, names[-1]
    part, step = max(((_longest(step), step) for step in steps), key=lambda one: len(one[0]), default=("", ""))
    if not part:
        return _ANY, ""
    return (_END if step == f"*{part}" else _PART), part


def _longest(step: str) -> str:
    """The longest text without wildcards that is in each name which a step matches; empty if that is not known."""
    pieces = _PIECES.split(step)
    return "" if any("[" in piece for piece in pieces) else max(pieces, key=len)
