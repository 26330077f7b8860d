"""Whether who calls a module decides what an argument in it is: nobody edits the files of a downloaded module."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol

from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.instance_keys import repeated_by
from awslint_memo.readers.terraform.scope import dynamic_labels
from awslint_memo.syntax.node import Node, plain

_NAME = regex(r"(?<![\w.\"/-])([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)")
"""What an expression begins a reference with."""

_NOT_SAID = "…("
"""What stands in facts for what nobody states."""

_OWN = frozenset(("path", "terraform"))
"""What Terraform itself tells."""


class Called(Protocol):
    """The part of a module's interface that is asked."""

    @property
    def directory(self) -> Directory:
        """Its files."""

    @property
    def caller(self) -> tuple[Called, Block] | None:
        """The calling module and its `module` block; None for the root module."""


def has_a_say(module: Called, block: Block, names: Collection[str]) -> bool:
    """Whether the call of a module that nobody edits may decide one of the arguments of a block in it, or a part of it;
    so it is where that is not certain."""
    arguments = block.arguments
    if not set(names).isdisjoint(dynamic_labels(arguments)):
        return True
    return any(_asks(module, plain(arguments[name]), set()) for name in names if name in arguments)


def _asks(module: Called, data: Any, met: set[tuple[int, str]]) -> bool:
    """Whether expressions in a module ask for something that its call may decide. met: what was looked at already."""
    for kind, name in _references(data):
        if kind == _NOT_SAID:
            return True
        known = id(module), f"{kind}.{name}"
        if known in met:
            continue
        met.add(known)
        if _is_open(module, kind, name, met):
            return True
    return False


def _is_open(module: Called, kind: str, name: str, met: set[tuple[int, str]]) -> bool:
    sections = module.directory.sections
    if kind == "var":
        return _is_given(module, name, met)
    if kind == "local" and name in sections.locals:
        return _asks(module, plain(sections.locals[name]), met)
    block = sections.resources.get((kind, name))
    if block is not None:
        # Its attributes are its own; only whether there is one may be decided elsewhere.
        repeated = repeated_by(block)
        return repeated is not None and _asks(module, plain(repeated[1]), met)
    return kind not in _OWN


def _is_given(module: Called, name: str, met: set[tuple[int, str]]) -> bool:
    """Whether the call that somebody may edit decides a variable, by itself or through other modules."""
    if module.caller is None:
        return True
    caller, call = module.caller
    if not caller.directory.is_given:
        return True
    node: Node | None = call.arguments.get(name)
    return node is not None and _asks(caller, plain(node), met)


def _references(data: Any) -> Iterator[tuple[str, str]]:
    """What the expressions in plain data refer to: a kind and a name; `_NOT_SAID` if that is not said."""
    if isinstance(data, Mapping):
        for child in data.values():
            yield from _references(child)
    elif isinstance(data, list):
        for child in data:
            yield from _references(child)
    elif isinstance(data, str) and ("${" in data or "%{" in data):
        if _NOT_SAID in data:
            yield _NOT_SAID, ""
        for match in _NAME.finditer(data):
            yield match[1], match[2]
