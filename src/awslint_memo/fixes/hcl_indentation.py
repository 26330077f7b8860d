"""White space of HCL as the lines beside have it: indentation, and equals signs that tabs put below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.fixes.edit import indent_of, leading, line_start
from awslint_memo.model.lazy import regex
from awslint_memo.syntax.hcl.document import Argument, Block
from awslint_memo.syntax.hcl.expressions import Object

STEP = "  "
"""The indentation of `terraform fmt`."""

_TAB_WIDTHS = (8, 4, 2)
"""How wide editors show a tab, the usual first."""

_INDENTED = regex(r"(?m)^([ \t]+)\S")
_STEP = regex(r"\t+| {1,4}")


def inner_indent(text: str, body: Block) -> str:
    """The white space of a new line in a block: that of the last line in it, or a step more than the block's own."""
    for item in reversed(body.items):
        at = item.name.start if isinstance(item, Argument) else item.start
        spaces = leading(text, at)
        is_first = line_start(text, at) + len(spaces) == at
        if is_first and line_start(text, at) > body.start:
            return spaces
    return indent_of(text, body.start) + _usual_step(text)


def step_of(text: str, body: Block) -> str:
    """The white space by which the lines in a block are indented more than the block."""
    return _step(text, leading(text, body.start), inner_indent(text, body))


def step_of_object(text: str, value: Object) -> str:
    """The same for the keys of an object in several lines, which has some."""
    return _step(text, leading(text, value.start), leading(text, value.items[0][0].start))


def _step(text: str, outer: str, inner: str) -> str:
    step = inner.removeprefix(outer)
    return step if inner.startswith(outer) and _STEP.fullmatch(step) else _usual_step(text)


def _usual_step(text: str) -> str:
    """The step of a text by its first indented line, which may be a tab."""
    match = _INDENTED.search(text)
    return "\t" if match is not None and match[1].startswith("\t") else STEP


def has_tabs(line: re.Match[str]) -> bool:
    """Whether tabs stand around the equals sign of a line with one argument."""
    return "\t" in line[3] or "\t" in line[4]


def in_column(line: re.Match[str], group: Sequence[re.Match[str]], name: str) -> str:
    """A name, the equals sign below those of the lines beside, which tabs put there, and the blanks behind it.

    line: the line beside. group: all lines around it, with itself.
    """
    if "\t" not in line[3]:
        return f"{name}{line[3]}={line[4]}"
    for width in _TAB_WIDTHS:
        column = _end(line[1] + line[2] + line[3], width)
        others = [one for one in group if len(one[2]) != len(line[2])]
        if others and all(_end(one[1] + one[2] + one[3], width) == column for one in others):
            behind = "\t"
            while _end(line[1] + name + behind, width) < column:
                behind += "\t"
            return f"{name}{behind}={line[4]}"
    return f"{name}\t={line[4]}"


def _end(text: str, width: int) -> int:
    """The column behind a text whose tabs lead to multiples of a width."""
    return len(text.expandtabs(width))
