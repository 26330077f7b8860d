"""Replaces characters that the tree-sitter grammar parses incorrectly by ones that it parses correctly.

Each character of the file becomes one ASCII character, so offsets do not change. Names and values are always read
from the file itself.
"""

from __future__ import annotations

import re

from awslint_memo.model.lazy import regex

NOWHERE = "`"
"""A character that is valid in strings and comments only."""

_MISREAD = regex(
    r"(?<!\$)\$\$+\{|(?<!%)%%+\{"  # an escaped brace; with an even number of signs the grammar does not see the escape
    r"|\"{64,}"  # the grammar takes very long for many empty strings in a row, which are no HCL
    r"|(?<![\w.])[0-9]+[eE][+-]?[0-9]+"  # a number that the grammar accepts only with a decimal point
    r"|(?<![\w-])0[xX]"  # a hexadecimal number, which the grammar accepts and HCL does not
    r"|\.[0-9]+\.(?=[0-9])"  # two points in a number, or in consecutive legacy indexes
    r"|[^\x00-\x7f]|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_BLANK = r"[ \t\r]*"
_NAME_BEFORE_PARENTHESIS = regex(rf"(?m)^(?!.*<<)(.*[\w-]){_BLANK}\n(?=\s*\()")


def masked(text: str) -> str:
    """The text to parse with the grammar; it has the same length."""
    return _MISREAD.sub(_mask, text)


def _mask(match: re.Match[str]) -> str:
    found = match[0]
    if found[0] in "$%":
        return NOWHERE * len(found)
    if found[0] == '"':
        return found[:2] + NOWHERE * (len(found) - 2)
    if found[0] == ".":
        return found[:-1] + NOWHERE
    if found[0] in "0123456789":
        return found[0] + NOWHERE if found[1] in "xX" else "1" * len(found)
    return "a" if f"a{found}".isidentifier() else NOWHERE


def with_commas(text: str) -> str | None:
    """A masked text with commas for line ends between a name and a parenthesis; None if there are none.

    The grammar parses these as a function call, but in an object the parenthesis may begin the next key.
    """
    changed = _NAME_BEFORE_PARENTHESIS.sub(lambda match: f"{match[1]}{',' * (len(match[0]) - len(match[1]))}", text)
    return None if changed == text else changed
