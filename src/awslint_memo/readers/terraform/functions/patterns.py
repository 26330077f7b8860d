"""Terraform's functions that take regular expressions, and the patterns of `fileset`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import limited, plains
from awslint_memo.readers.terraform.functions.searches import Match, pattern
from awslint_memo.readers.terraform.values import NotKnownError

_COMPARED_A_ROUND = 30

_INSERTED = regex(r"\$(?:(\$)|(\w+)|\{(\w+)\})", re.ASCII)


def rounds(name: str, values: Sequence[Value]) -> int:
    """How much a search with these arguments of a function may cost, in iterations of a loop."""
    first, second = [*(value.text or "" for value in values), "", ""][:2]
    if name == "replace" and not _is_pattern(second):
        return 0
    written, text = (second[1:-1], first) if name == "replace" else (first, second)
    try:
        return pattern(written).cost(text) // _COMPARED_A_ROUND
    except (ValueError, NotKnownError):
        return 0


def _result(names: Sequence[str], match: Match) -> Any:
    if not names:
        return match[0]
    if any(names):
        if not all(names):
            raise ValueError("groups with and without names")
        return {name: match[number] for number, name in enumerate(names, 1)}
    return [match[number] for number in range(1, len(names) + 1)]


def _regex(written: str, text: str) -> Any:
    compiled = pattern(written)
    match = compiled.first(text)
    if match is None:
        raise ValueError("no match")
    return _result(compiled.names, match)


def _regexall(written: str, text: str) -> list[Any]:
    compiled = pattern(written)
    if any(compiled.names) and not all(compiled.names):
        raise ValueError("groups with and without names")
    return [_result(compiled.names, match) for match in compiled.all(text)]


def replaced(text: str, old: str, new: str) -> str:
    """The text with `new` for each `old`, which is a regular expression if it stands between slashes."""
    if _is_pattern(old):
        return _substituted(text, old[1:-1], new)
    limited(len(text) + (text.count(old) + 1) * len(new))
    return text.replace(old, new)


def _is_pattern(old: str) -> bool:
    return len(old) > 1 and old.startswith("/") and old.endswith("/")


@lru_cache(maxsize=256)
def _substituted(text: str, written: str, new: str) -> str:
    """The text with each match replaced; `$1` and `${name}` in `new` are the groups."""
    compiled = pattern(written)
    pieces: list[str] = []
    at = length = 0
    for match in compiled.all(text):
        start, end = match.span()
        pieces += [text[at:start], _expanded(new, compiled.names, match)]
        length += len(pieces[-1])
        limited(length + len(text))
        at = end
    return "".join([*pieces, text[at:]])


def _expanded(new: str, names: Sequence[str], match: Match) -> str:
    def part(inserted: re.Match[str]) -> str:
        if inserted[1]:
            return "$"
        name = inserted[2] or inserted[3]
        number = whole(name) if name.isdecimal() else names.index(name) + 1 if name in names else -1
        return (match[number] or "") if 0 <= number <= len(names) else ""

    return _INSERTED.sub(part, new)


PATTERNS: dict[str, Function] = plains(
    {
        "regex": ("text text", _regex),
        "regexall": ("text text", _regexall),
        "replace": ("text text text", replaced),
    }
)
"""The implementation of each function by name."""

_PIECE = regex(r"\*\*/|\*\*|\*|\?|\[\^?[^]]+\]|\\.|.", re.DOTALL)
_WORDS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]", "{": "(?:", "}": ")"}


def fixed_folder(glob: str) -> str:
    """The folders with which every match of a pattern of `fileset` begins, with a `/` at the end; empty without any."""
    fixed = re.match(r"(?:[^*?\[{\\/]+/)+", glob)
    return fixed[0] if fixed else ""


def matching(glob: str, paths: Sequence[str]) -> Iterator[str]:
    """The paths that match a pattern of `fileset`: `*`, `**`, `?`, `[…]` and `{a,b}`.

    Raises ValueError for no pattern, NotKnownError for one that is too large.
    """
    compiled = pattern(f"(?s)^(?:{''.join(_translated(glob))})$")
    return (path for path in paths if compiled.first(path) is not None)


def _translated(glob: str) -> Iterator[str]:
    depth = 0
    for piece in _PIECE.findall(glob):
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
