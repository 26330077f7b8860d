"""Determines the region of a resource: its own `region`, else that of its provider, passed through module calls."""

from __future__ import annotations

from typing import Protocol

from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.terraform.blocks import Block, literal, mapping, word
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Directory


class Calling(Protocol):
    """The part of a module's interface that concerns providers."""

    @property
    def directory(self) -> Directory:
        """The blocks of the module."""

    @property
    def scope(self) -> ModuleScope:
        """The scope in which the module's expressions are evaluated."""

    @property
    def caller(self) -> tuple[Calling, Block] | None:
        """The calling module and its `module` block; None for the root module."""


def region(module: Calling, block: Block, scope: ModuleScope) -> Value | None:
    """The region of a resource; None if neither the resource nor its provider sets one."""
    arguments = block.arguments
    if "region" in arguments:
        value = scope.evaluate(arguments["region"])
        return None if isinstance(value, Absent) else value
    return _of_provider(module, word(arguments.get("provider")) or block.labels[0].partition("_")[0])


def _of_provider(module: Calling | None, name: str) -> Value | None:
    while module is not None:
        for provider in module.directory.sections.providers:
            alias = literal(provider.arguments.get("alias"))
            if name == (f"{provider.name}.{alias}" if alias else provider.name):
                node = provider.arguments.get("region")
                return module.scope.evaluate(node) if node is not None else None
        if module.caller is None:
            return None
        module, call = module.caller
        passed = call.arguments.get("providers")
        given = {_bare(key): word(node) for key, node in mapping(passed).items()} if passed is not None else {}
        name = given.get(name, name)
    return None


def _bare(key: str) -> str:
    return key.removeprefix("${").removesuffix("}")
