"""Tells from the names in the patterns of a `.gitignore` what they can't match, without the library for patterns.

Most patterns are a name (`node_modules/`) or an ending (`*.pyc`), and most files of a repository have neither. A large
repository may have hundreds of such files, whose patterns take longer to compile than the whole walk.
"""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.regex import regex

_WILD = "*?[\\"

_PIECES = regex(r"[*?]|\\.?|\[[!^]?[^]!^\[\\][^]\[\\]*\]")
"""What stands for other characters. Odd sets (`[[:space:]]`, `[]]`) are none of it, so that their `[` is left."""


class PatternNames:
    """The names of files and folders that lines of a `.gitignore` may be about.

    A pattern matches a path only if each of its steps matches a step of the path, so that one of its steps is enough.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._is_any = False
        self._names: set[str] = set()
        self._parts: dict[str, None] = {}
        self._known: dict[str, bool] = {}
        for line in lines:
            self._take(line.rstrip())

    def may_match(self, step: str) -> bool:
        """Whether a pattern may match a path with this step."""
        if self._is_any or step in self._names:
            return True
        if step not in self._known:
            self._known[step] = any(part in step for part in self._parts)
        return self._known[step]

    def _take(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        steps = [step for step in line.removeprefix("!").split("/") if step]
        names = [step for step in steps if not any(one in step for one in _WILD)]
        part = max((_longest(step) for step in steps), key=len, default="")
        if "//" in line or line.endswith("\\"):
            self._is_any = True  # It may be no pattern, which the library is to say.
        elif names:
            self._names.add(names[-1])
        elif part:
            self._parts[part] = None
        else:
            self._is_any = True


def _longest(step: str) -> str:
    """The longest text without wildcards that is in each name which a step matches; empty if that is not known."""
    pieces = _PIECES.split(step)
    return "" if any("[" in piece for piece in pieces) else max(pieces, key=len)
