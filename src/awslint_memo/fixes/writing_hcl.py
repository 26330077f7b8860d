"""How values and blocks are written in HCL, laid out as `terraform fmt` leaves them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.fix import Reference, Same, Setable
from awslint_memo.model.record import record

STEP = 2
"""The indentation of `terraform fmt`."""


@record(frozen=True, slots=True)
class NewBlock:
    """A block to write: its arguments, and blocks in it, in order."""

    type: str
    body: Mapping[str, Body]


@record(frozen=True, slots=True)
class NewJson:
    """A text to write with jsonencode()."""

    value: Setable


@record(frozen=True, slots=True)
class Verbatim:
    """An expression to write as it is."""

    text: str


Body: TypeAlias = "NewBlock | NewJson | Verbatim | Setable"


class HclWriter:
    """Writes values; expression_of: the expression for an attribute of a resource, or for another argument."""

    def __init__(self, expression_of: Callable[[Reference | Same], str]) -> None:
        self._expression_of = expression_of

    def lines(self, value: Body) -> list[str]:
        """A value, not a block; the lines behind the first one are indented from the argument's name."""
        if isinstance(value, NewBlock):
            return self.block(value)
        if isinstance(value, NewJson):
            first, *rest = self.lines(value.value)
            return [f"jsonencode({first}", *rest[:-1], f"{rest[-1]})"] if rest else [f"jsonencode({first})"]
        if isinstance(value, Verbatim):
            return [value.text]
        if isinstance(value, (Reference, Same)):
            return [self._expression_of(value)]
        if isinstance(value, Mapping):
            inner = aligned([(_key(name), self.lines(one)) for name, one in value.items()])
            return ["{", *(" " * STEP + line for line in inner), "}"] if inner else ["{}"]
        if isinstance(value, Sequence) and not isinstance(value, str):
            return self._list(value)
        return [scalar(value)]

    def _list(self, value: Sequence[Setable]) -> list[str]:
        written = [self.lines(one) for one in value]
        if len(written) == 1 and len(written[0]) > 1:
            first, *rest = written[0]
            return [f"[{first}", *rest[:-1], f"{rest[-1]}]"]
        if all(len(lines) == 1 for lines in written):
            return [f"[{', '.join(lines[0] for lines in written)}]"]
        for lines in written:
            lines[-1] += ","
        return ["[", *(" " * STEP + line for lines in written for line in lines), "]"]

    def block(self, made: NewBlock, head: str = "") -> list[str]:
        """A block in several lines. head: its first line up to the brace, if it has labels."""
        arguments = [(name, self.lines(one)) for name, one in made.body.items() if not isinstance(one, NewBlock)]
        lines = aligned(arguments)
        for inner in (one for one in made.body.values() if isinstance(one, NewBlock)):
            lines += [*([""] if lines else []), *self.block(inner)]
        return [f"{head or made.type} {{", *(" " * STEP + line if line else "" for line in lines), "}"]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name) else json.dumps(name)


def scalar(value: str | int | bool) -> str:
    """A literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else json.dumps(value).replace("${", "$${").replace("%{", "%%{")


def aligned(arguments: Sequence[tuple[str, list[str]]]) -> list[str]:
    """Lines of arguments. The equals signs of neighbours within one line stand below each other."""
    lines: list[str] = []
    group: list[tuple[str, str]] = []

    def flush() -> None:
        width = max((len(name) for name, _ in group), default=0)
        lines.extend(f"{name:<{width}} = {value}" for name, value in group)
        group.clear()

    for name, value in arguments:
        if len(value) == 1:
            group.append((name, value[0]))
        else:
            flush()
            lines += [f"{name} = {value[0]}", *value[1:]]
    flush()
    return lines
