"""The facts about a module as nodes and blocks, as if its files were there. All of them stand where it is called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from awslint_memo.model.span import Place, Span
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.sections import ACTING, Sections
from awslint_memo.readers.terraform.source_expressions import Extract, Written
from awslint_memo.readers.terraform_modules.facts import Fact
from awslint_memo.readers.terraform_modules.writing import written
from awslint_memo.syntax.hcl.document import Argument
from awslint_memo.syntax.hcl.expressions import Expression
from awslint_memo.syntax.node import Content, Node

Arguments: TypeAlias = "Mapping[str, Fact]"
"""The arguments of a block by name."""

Blocks: TypeAlias = "Mapping[tuple[str, ...], Arguments]"
"""The blocks of a module by kind and labels: ("resource", "aws_sqs_queue", "this")."""


class _Call(Extract):
    """Stands for the text that nobody has."""

    __slots__ = ("place",)

    def __init__(self, place: Place) -> None:
        super().__init__(place.span.path, "", 1)
        self.place = place


class Stated(Written):
    """An expression that a fact states."""

    __slots__ = ()
    extract: _Call

    @property
    def text(self) -> str:
        """The expression as it might be written."""
        return self._text(self.of)

    @property
    def span(self) -> Span:
        """Where the module is called."""
        return self.extract.place.span

    def at(self, expression: Expression) -> Stated:
        """The node of a part of the expression."""
        return Stated(self.extract, expression)

    def _text(self, part: Argument | Expression) -> str:
        return written(part.expression if isinstance(part, Argument) else part)


class StatedBody:
    """A body, an object or a list that a fact states, or the arguments of a block."""

    __slots__ = ("_call", "_content", "_parts")

    def __init__(self, call: _Call, parts: Arguments | list[Fact]) -> None:
        self._call = call
        self._parts = parts
        self._content: Content = None

    @property
    def content(self) -> Content:
        """What is inside, as nodes; made on first access, as most of a module is never asked for."""
        if self._content is None:
            parts = self._parts
            self._content = (
                [_node(self._call, part) for part in parts]
                if isinstance(parts, list)
                else {name: _node(self._call, part) for name, part in parts.items()}
            )
        return self._content

    @property
    def span(self) -> Span:
        """Where the module is called."""
        return self._call.place.span

    def key(self, name: str) -> Place:
        """The same for each key."""
        del name
        return self._call.place


def _node(call: _Call, fact: Fact) -> Node:
    parts = fact.parts
    return Stated(call, fact.expression) if parts is None else StatedBody(call, parts)


def sections(blocks: Blocks, place: Place) -> Sections:
    """The blocks of a module that is called at a place."""
    whole, call = Sections(), _Call(place)
    kinds = {"data": whole.data, "module": whole.modules, "output": whole.outputs, "variable": whole.variables}
    for (kind, *labels), arguments in blocks.items():
        if kind == "local":
            whole.locals[labels[0]] = _node(call, arguments["value"])
            continue
        block = Block(tuple(labels), StatedBody(call, arguments), place)
        if kind == "resource":
            whole.resources[labels[0], labels[1]] = block
            continue
        kinds[kind][block.name] = block
        if kind == "data" and labels[0] in ACTING:
            type_ = f"data.{labels[0]}"
            whole.resources[type_, labels[1]] = Block((type_, labels[1]), block.body, place)
    return whole
