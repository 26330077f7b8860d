"""What the grammar misreads is written in another way for it, character for character, so that places stay true.

The grammar sees one ASCII character in place of each character of the file. Names and values are always taken from
the file itself.
"""

from __future__ import annotations

import re

NOWHERE = "`"
"""A character that can stand in text and in comments, and nowhere else."""

_MISREAD = re.compile(
    r"\$\$+\{|%%+\{"  # an escaped brace, of which the grammar takes an even number of signs for none
    r"|(?<![\w.])[0-9]+[eE][+-]?[0-9]+"  # a number that the grammar takes only with a point in it
    r"|(?<![\w-])0[xX]"  # a number that only the grammar takes
    r"|\.[0-9]+\.(?=[0-9])"  # two points in one number, or in the index of an index
    r"|[^\x00-\x7f]|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_BLANK = r"[ \t\r]*"
_NAME_BEFORE_PARENTHESIS = re.compile(rf"(?m)^(?!.*<<)(.*[\w-]){_BLANK}\n(?=\s*\()")


def masked(text: str) -> str:
    """The text as the grammar is to see it; of the same length."""
    return _MISREAD.sub(_mask, text)


def _mask(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] in "$%":
        return NOWHERE * len(found)
    if found[0] == ".":
        return found[:-1] + NOWHERE
    if found[0] in "0123456789":
        return found[0] + NOWHERE if found[1] in "xX" else "1" * len(found)
    return "a" if f"a{found}".isidentifier() else NOWHERE


def with_commas(text: str) -> str | None:
    """A masked text with a comma in place of the end of a line where a name ends it and a parenthesis follows.

    There the grammar sees a call, and an object may well have a key in parentheses. None where there is no such place.
    """
    changed = _NAME_BEFORE_PARENTHESIS.sub(lambda match: f"{match[1]}{',' * (len(match[0]) - len(match[1]))}", text)
    return None if changed == text else changed
