"""What stands in a block of HCL: its arguments, the blocks in it, and the objects that its arguments are."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.fixes.edit import Refused
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
    return next((one for one in items if isinstance(one, Argument) and one.name.text == name), None)


def inner_block(body: Block, step: HclStep) -> Block | None:
    """The block that a step leads to. Raises Refused if that is not written so plainly."""
    if any(_is_dynamic(one, step.name) for one in body.items):
        raise Refused(f"a dynamic block gives {step.name}; change it by hand")
    blocks = [one for one in body.items if isinstance(one, Block) and one.name.text == step.name]
    if step.index is not None:
        if step.index >= len(blocks):
            raise Refused(f"it is not written as a block {step.name}; change it by hand")
        return blocks[step.index]
    if len(blocks) > 1:
        raise Refused(f"there are several blocks {step.name}; change it by hand")
    return blocks[0] if blocks else None


def _is_dynamic(item: Item, name: str) -> bool:
    return isinstance(item, Block) and [item.name.text, *(one.text for one in item.labels)] == ["dynamic", name]


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
