"""Terraform's functions that take regular expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.model.regex import regex
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, limited, plains
from awslint_memo.readers.terraform.functions.re2_matcher import Groups, Search
from awslint_memo.readers.terraform.functions.re2_program import Program, program

_STEPS_A_ROUND = 30

_INSERTED = regex(r"\$(?:(\$)|(\w+)|\{(\w+)\})", re.ASCII)


def rounds(name: str, values: Sequence[Value]) -> int:
    """How much a search with these arguments of a function may cost, in iterations of a loop."""
    first, second = [*(value.text or "" for value in values), "", ""][:2]
    pattern, text = (second[1:-1], first) if name == "replace" else (first, second)
    try:
        return len(program(pattern).code) * (len(text) + 1) // _STEPS_A_ROUND
    except (ValueError, NotKnownError):
        return 0


def _result(made: Program, text: str, groups: Groups) -> Any:
    parts = [
        None if start is None or end is None else text[start:end]
        for start, end in zip(groups[::2], groups[1::2], strict=True)
    ]
    if not made.names:
        return parts[0]
    if any(made.names):
        if not all(made.names):
            raise ValueError("groups with and without names")
        return dict(zip(made.names, parts[1:], strict=True))
    return parts[1:]


def _regex(pattern: str, text: str) -> Any:
    made = program(pattern)
    found = Search(made, text).first()
    if found is None:
        raise ValueError("no match")
    return _result(made, text, found)


def _regexall(pattern: str, text: str) -> list[Any]:
    made = program(pattern)
    if any(made.names) and not all(made.names):
        raise ValueError("groups with and without names")
    return [_result(made, text, found) for found in Search(made, text).all()]


@lru_cache(maxsize=256)
def replaced(text: str, pattern: str, new: str) -> str:
    """The text with each match replaced; `$1` and `${name}` in `new` are the groups."""
    made = program(pattern)
    pieces: list[str] = []
    at = length = 0
    for found in Search(made, text).all():
        start, end = found[0] or 0, found[1] or 0
        pieces += [text[at:start], _expanded(new, made, text, found)]
        length += len(pieces[-1])
        limited(length + len(text))
        at = end
    return "".join([*pieces, text[at:]])


def _expanded(new: str, made: Program, text: str, groups: Groups) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1]:
            return "$"
        name = match[2] or match[3]
        number = int(name) if name.isdigit() else made.names.index(name) + 1 if name in made.names else -1
        if not 0 <= number <= len(made.names):
            return ""
        start, end = groups[2 * number : 2 * number + 2]
        return "" if start is None or end is None else text[start:end]

    return _INSERTED.sub(part, new)


PATTERNS: dict[str, Function] = plains(
    {
        "regex": ("text text", _regex),
        "regexall": ("text text", _regexall),
    }
)
"""The implementation of each function by name."""

WITH_PATTERNS = frozenset((*PATTERNS, "replace"))
"""The functions whose cost is counted."""
