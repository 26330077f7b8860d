"""Tells from the names in the patterns of a `.gitignore` what they can't match, without the library for patterns.

Most patterns are a name (`node_modules/`) or an ending (`*.pyc`), and most files of a repository have neither. A large
repository may have hundreds of such files, whose patterns take longer to compile than the whole walk.
"""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.regex import regex

_WILD = "*?[\\"

_PIECES = regex(r"[*?]|\\.?|\[[!^]?[^]!^\[\\][^]\[\\]*\]")
"""What stands for other characters. Odd sets (`[[:space:]]`, `[]]`) are none of it, so that their `[` is left."""


class PatternNames:
    """Which lines of a `.gitignore` may be about files and folders of a name.

    A pattern matches a path only if each of its steps matches a step of the path, so that one of its steps is enough.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._about_any: set[int] = set()
        self._names: dict[str, set[int]] = {}
        self._parts: dict[str, set[int]] = {}
        self._known: dict[str, frozenset[int]] = {}
        for number, line in enumerate(lines):
            self._take(number, line.rstrip())

    def about(self, step: str) -> frozenset[int]:
        """The indexes of the lines whose patterns may match a path with this step."""
        if step not in self._known:
            of_parts = (numbers for part, numbers in self._parts.items() if part in step)
            self._known[step] = frozenset().union(self._about_any, self._names.get(step, ()), *of_parts)
        return self._known[step]

    def _take(self, number: int, line: str) -> None:
        if not line or line.startswith("#"):
            return
        steps = [step for step in line.removeprefix("!").split("/") if step]
        names = [step for step in steps if not any(one in step for one in _WILD)]
        part = max((_longest(step) for step in steps), key=len, default="")
        if "//" in line or line.endswith("\\"):
            self._about_any.add(number)  # It may be no pattern, which the library is to say.
        elif names:
            self._names.setdefault(names[-1], set()).add(number)
        elif part:
            self._parts.setdefault(part, set()).add(number)
        else:
            self._about_any.add(number)


def _longest(step: str) -> str:
    """The longest text without wildcards that is in each name which a step matches; empty if that is not known."""
    pieces = _PIECES.split(step)
    return "" if any("[" in piece for piece in pieces) else max(pieces, key=len)
