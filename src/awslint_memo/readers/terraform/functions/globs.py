"""The patterns of `fileset`: `*`, `**`, `?`, `[…]` and `{a,b}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from awslint_memo.model.regex import regex
from awslint_memo.readers.terraform.functions.re2_matcher import Search
from awslint_memo.readers.terraform.functions.re2_program import program

_PIECE = regex(r"\*\*/|\*\*|\*|\?|\[\^?[^]]+\]|\\.|.", re.DOTALL)
_WORDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


def fixed_folder(pattern: str) -> str:
    """The folders with which every match begins, with a `/` at the end; empty if there are none."""
    fixed = re.match(r"(?:[^*?\[{\\/]+/)+", pattern)
    return fixed[0] if fixed else ""


def matching(pattern: str, paths: Sequence[str]) -> Iterator[str]:
    """The paths that match. Raises ValueError for no pattern, NotKnownError for one that is too large."""
    made = program(f"^(?s:{''.join(_translated(pattern))})$")
    return (path for path in paths if Search(made, path).first() is not None)


def _translated(pattern: str) -> Iterator[str]:
    depth = 0
    for piece in _PIECE.findall(pattern):
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if piece == "[" or depth < 0:
            raise ValueError("a bracket that is not closed")
        if piece == "," and depth:
            yield "|"
        elif piece in _WORDS:
            yield _WORDS[piece]
        elif piece.startswith("["):
            yield piece.replace("[!", "[^", 1)
        else:
            yield re.escape(piece[-1])
    if depth:
        raise ValueError("a brace that is not closed")
