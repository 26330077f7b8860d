"""HCL as text: what stands in a block, and how values and blocks are written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.fixes.edit import Refused, indent_of
from awslint_memo.fixes.hcl_indentation import STEP
from awslint_memo.fixes.hcl_lines import aligned
from awslint_memo.fixes.old_terraform import interpolated
from awslint_memo.model.fix import Reference, Same, Setable
from awslint_memo.model.record import record
from awslint_memo.syntax.hcl.document import Argument, Block, Item
from awslint_memo.syntax.hcl.expressions import Call, Expression, Name, Template

APART = ("count", "depends_on", "for_each", "provider", "tags")
"""Arguments that people often keep apart from the others: Terraform's own, and tags."""


@record(frozen=True, slots=True)
class HclStep:
    """One step to an argument: a block, the argument itself, or a key in its object or in the text that it encodes as
    JSON.

    index: which of several blocks of this name it is; None if there is one at most.
    """

    name: str
    is_block: bool = False
    is_json: bool = False
    index: int | None = None


def inner_argument(items: Sequence[Item], name: str) -> Argument | None:
    """The argument of this name among the items of a block."""
    return next((item for item in items if isinstance(item, Argument) and item.name.text == name), None)


def inner_block(body: Block, step: HclStep) -> Block | None:
    """The block that a step leads to. Raises Refused if that is not written so plainly."""
    if any(_is_dynamic(item, step.name) for item in body.items):
        raise Refused(f"a dynamic block gives {step.name}; change it by hand")
    blocks = [item for item in body.items if isinstance(item, Block) and item.name.text == step.name]
    if step.index is not None:
        if step.index >= len(blocks):
            raise Refused(f"it is not written as a block {step.name}; change it by hand")
        return blocks[step.index]
    if len(blocks) > 1:
        raise Refused(f"there are several blocks {step.name}; change it by hand")
    return blocks[0] if blocks else None


def _is_dynamic(item: Item, name: str) -> bool:
    return isinstance(item, Block) and [item.name.text, *(label.text for label in item.labels)] == ["dynamic", name]


def content(expression: Expression, *, is_json: bool) -> Expression:
    """What an argument says: itself, or what it encodes as JSON, which is empty where it is something else."""
    if not is_json:
        return expression
    is_encoded = isinstance(expression, Call) and expression.name == "jsonencode" and len(expression.arguments) == 1
    return expression.arguments[0] if is_encoded and isinstance(expression, Call) else Name(0, 0, "")


def text_of_key(expression: Expression) -> str:
    """The key of an object; empty if it is an expression."""
    if isinstance(expression, Name):
        return expression.name
    if isinstance(expression, Template) and len(expression.parts) == 1 and isinstance(expression.parts[0], str):
        return expression.parts[0]
    return ""


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
    """Writes values; expression_of: the expression for an attribute of a resource, or for another argument. step: the
    white space by which inner lines are indented. is_old: whether the file is written for Terraform 0.11."""

    def __init__(
        self,
        expression_of: Callable[[Reference | Same], str],
        step: str = STEP,
        is_old: Callable[[], bool] = lambda: False,
    ) -> None:
        self._expression_of = expression_of
        self._step = step
        self._is_old = is_old

    def lines(self, value: Body) -> list[str]:
        """A value, not a block; the lines behind the first one are indented from the argument's name."""
        if isinstance(value, NewBlock):
            return self.block(value)
        if isinstance(value, NewJson):
            if self._is_old():
                raise Refused(
                    "the file is written for Terraform 0.11, whose jsonencode() takes no object; set it by hand"
                )
            first, *rest = self.lines(value.value)
            return [f"jsonencode({first}", *rest[:-1], f"{rest[-1]})"] if rest else [f"jsonencode({first})"]
        if isinstance(value, Verbatim):
            return value.text.split("\n")
        if isinstance(value, (Reference, Same)):
            written = self._expression_of(value)
            return (interpolated(written) if self._is_old() else written).split("\n")
        if isinstance(value, Mapping):
            inner = aligned([(_key(name), self.lines(one)) for name, one in value.items()])
            return ["{", *(self._step + line for line in inner), "}"] if inner else ["{}"]
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
        return ["[", *(self._step + line for lines in written for line in lines), "]"]

    def block(self, made: NewBlock, head: str = "") -> list[str]:
        """A block in several lines. head: its first line up to the brace, if it has labels."""
        arguments = [(name, self.lines(one)) for name, one in made.body.items() if not isinstance(one, NewBlock)]
        lines = aligned(arguments)
        for inner in (one for one in made.body.values() if isinstance(one, NewBlock)):
            lines += [*([""] if lines else []), *self.block(inner)]
        return [f"{head or made.type} {{", *(self._step + line if line else "" for line in lines), "}"]


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][\w-]*", name) else json.dumps(name)


def dedented(text: str, argument: Argument) -> str:
    """The expression of an argument, its lines indented from the argument's name."""
    indent = indent_of(text, argument.name.start)
    return re.sub(rf"\r?\n(?:{indent})?", "\n", text[argument.start : argument.end])


def with_suffix(expression: str, suffix: str) -> str:
    """A text of an expression and what follows it; the ending of a FIFO queue's name stays the last."""
    if not suffix:
        return expression
    text = re.fullmatch(r'"((?:[^"\\$]|\$\{[^{}"]*\})*)"', expression)
    inner = text[1] if text else f"${{{expression}}}"
    stem = inner.removesuffix(".fifo")
    return f'"{stem}{suffix}{".fifo" if stem != inner else ""}"'


def scalar(value: str | float | bool) -> str:
    """A literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        str(value) if isinstance(value, (int, float)) else json.dumps(value).replace("${", "$${").replace("%{", "%%{")
    )
