"""The expressions of a module as they are written, without evaluating them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.record import record
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.instances import is_translated
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.syntax.node import Node


@record(frozen=True, eq=False)
class Expression:
    """An expression. block: where it stands; None for a local. address: that of the block in the module. name: of the
    argument, or of the local. place: where it stands. text: what is written there."""

    block: Block | None
    address: str
    name: str
    place: Node
    text: str


def expressions(sections: Sections) -> Iterator[Expression]:
    """The expressions of the locals of a module, and those of its resources and calls of modules."""
    for name, node in sections.locals.items():
        yield from (Expression(None, "", name, place, text) for place, text in _texts(node))
    resources, modules = sections.resources.values(), sections.modules.values()
    pairs = [*((block, block.name) for block in resources), *((block, f"module.{block.name}") for block in modules)]
    for block, address in pairs:
        for name, node in block.arguments.items():
            yield from (Expression(block, address, name, place, text) for place, text in _texts(node))


def _texts(node: Node) -> Iterator[tuple[Node, str]]:
    """The parts of a node that are evaluated at once, with their texts: what is native is not parsed for it."""
    if isinstance(node, Written):
        yield node, node.text
        return
    content = node.content
    if isinstance(content, Mapping):
        for child in content.values():
            yield from _texts(child)
    elif isinstance(content, list):
        for child in content:
            yield from _texts(child)
    elif isinstance(content, str) and "${" in content:
        yield node, content


def user(module: Module, address: str) -> str:
    """The address of a resource that stands for a block of a module: its own, one of the module that it calls, or else
    the first one; empty where there is none."""
    addresses = [one.address for one in module.instances() if is_translated(one.type)]
    name = f"{module.prefix}{address}"
    mine = [one for one in addresses if address and (one == name or one.startswith((f"{name}.", f"{name}[")))]
    return next(iter([*mine, *addresses]), "")
