"""The configuration of a state: where its arguments are written, as long as they are written as they were applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.plan.configuration import IsThere, reading
from awslint_memo.readers.property_maps import UnshownZero
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.instances import Instance
from awslint_memo.syntax.node import Node


def applied(
    read: Callable[[str], Value], block: Block, written: Instance | None, is_there: IsThere
) -> Callable[[str], Value]:
    """Wrap `read` so that its values have the positions of the block's arguments, and say where they were decided.

    What the block says otherwise is not applied yet, or was changed by somebody else: it stays where the state has it.
    written: the instance as the configuration makes it. is_there: whether the state has a resource with an address.
    """

    def read_zeros(name: str) -> Value:
        is_written = name in block.arguments or (written is not None and not isinstance(written.read(name), Absent))
        return _with_zeros(read(name)) if is_written else read(name)

    placed = reading(read_zeros, block, written, is_there)

    def read_there(name: str) -> Value:
        node, value = block.arguments.get(name), read_zeros(name)
        return value if node is not None and differs(node, value) else placed(name)

    return read_there


def _with_zeros(value: Value) -> Value:
    """The value of an argument that is written, so that each 0 in it is one."""
    if isinstance(value, UnshownZero):
        return Known(0, value.place, value.origin)
    if isinstance(value, Known) and isinstance(value.content, list):
        return value.having([_with_zeros(item) for item in value.content])
    if isinstance(value, Known) and isinstance(value.content, Mapping):
        return value.having({key: _with_zeros(child) for key, child in value.content.items()})
    return value


def differs(node: Node, value: Value) -> bool:
    """Whether a literal in an argument, or in the blocks in it, surely is another one than a state has."""
    content = node.content
    if isinstance(content, list):
        # A single block is an object, or a list with one item.
        items = value.items if isinstance(value, Known) else []
        return len(items) == len(content) and any(map(differs, content, items))
    if isinstance(content, Mapping):
        inner = value.items[0] if isinstance(value, Known) and len(value.items) == 1 else value
        return any(differs(child, inner.get(key)) for key, child in content.items() if isinstance(inner, Known))
    if content is None or (isinstance(content, str) and ("${" in content or "%{" in content)):
        return False
    if isinstance(value, Absent):
        return content != "" and content is not False
    if not isinstance(value, Known):
        return False
    literal = Known(content, node)
    if literal.number is not None and value.number is not None:
        return literal.number != value.number
    # AWS knows an engine of version 12 as 12.4, and writes the days of windows with small letters.
    return value.text is not None and not value.text.lower().startswith((literal.text or "").lower())
