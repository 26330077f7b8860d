"""Makes programs for `re2_matcher` of regular expressions in RE2's syntax."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.readers.terraform.functions.arguments import NotKnownError
from awslint_memo.readers.terraform.functions.re2_parser import Node, parsed

MAX_PROGRAM = 20_000
"""The most instructions of a program; a repetition repeats the instructions of what it repeats."""

Code: TypeAlias = "list[tuple[Any, ...]]"
"""Instructions: ("set", characters), ("assert", kind), ("split", first, second), ("jump", to), ("save", slot) and
("match",)."""


@record(frozen=True)
class Program:
    """The instructions of a pattern. names: that of each group from 1 on, empty if it has none."""

    code: Code
    names: tuple[str, ...]


@lru_cache(maxsize=1024)
def program(pattern: str) -> Program:
    """The program of a pattern. Raises ValueError for what RE2 does not take, NotKnownError for what is too large."""
    written = parsed(pattern)
    made = Program([], written.names)
    _emit(written.node, made.code)
    made.code.append(("match",))
    return made


def _emit(node: Node, code: Code) -> None:
    """Append the instructions of a node."""
    if len(code) > MAX_PROGRAM:
        raise NotKnownError("a regular expression too large to follow")
    kind, inner = node[0], node[1]
    if kind == "all":
        for one in inner:
            _emit(one, code)
    elif kind == "any":
        _emit_any(inner, code)
    elif kind == "repeat":
        _emit_repeat(node, code)
    elif kind == "group":
        code.append(("save", 2 * node[2]))
        _emit(inner, code)
        code.append(("save", 2 * node[2] + 1))
    else:
        code.append(node)


def _emit_any(nodes: list[Node], code: Code) -> None:
    jumps: list[int] = []
    for node in nodes[:-1]:
        split = len(code)
        code.append(())
        _emit(node, code)
        jumps.append(len(code))
        code.append(())
        code[split] = ("split", split + 1, len(code))
    _emit(nodes[-1], code)
    for jump in jumps:
        code[jump] = ("jump", len(code))


def _emit_repeat(repeat: Node, code: Code) -> None:
    _, node, least, most, is_greedy = repeat

    def split(at: int, inside: int, after: int) -> None:
        code[at] = ("split", inside, after) if is_greedy else ("split", after, inside)

    for _ in range(least):
        _emit(node, code)
    if most is None:
        start = len(code)
        code.append(())
        _emit(node, code)
        code.append(("jump", start))
        split(start, start + 1, len(code))
        return
    starts: list[int] = []
    for _ in range(most - least):
        starts.append(len(code))
        code.append(())
        _emit(node, code)
    for start in starts:
        split(start, start + 1, len(code))
