"""In which region a resource stands: the one that it names, else that of its provider, by alias and through modules."""

from __future__ import annotations

from typing import Protocol

from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.terraform.blocks import Block, literal, mapping, word
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Directory


class Calling(Protocol):
    """A module, as far as its providers go: those that it configures, and the call that passes it others."""

    @property
    def directory(self) -> Directory:
        """The module as it is written."""

    @property
    def scope(self) -> ModuleScope:
        """What its names mean."""

    @property
    def caller(self) -> tuple[Calling, Block] | None:
        """The module and the block in it that call it."""


def region(module: Calling, block: Block, scope: ModuleScope) -> Value | None:
    """The region of a resource; None where neither it nor its provider names one."""
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
