"""Determines what the provider of a resource gives it, passed through module calls: its region, and tags."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.property_maps import only
from awslint_memo.readers.terraform.blocks import Block, literal, mapping, word
from awslint_memo.readers.terraform.evaluations import Evaluations
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.syntax.node import Node


class Calling(Protocol):
    """The part of a module's interface that concerns providers."""

    providers: dict[tuple[str, str], tuple[Calling, str, Node] | None]
    """What they say, by the name of a provider and of an argument, as far as somebody asked."""

    @property
    def directory(self) -> Directory:
        """The blocks of the module."""

    @property
    def scope(self) -> ModuleScope:
        """The scope in which the module's expressions are evaluated."""

    @property
    def values(self) -> Evaluations:
        """What is evaluated once, and not in a circle."""

    @property
    def caller(self) -> tuple[Calling, Block] | None:
        """The calling module and its `module` block; None for the root module."""


def region(module: Calling, block: Block, read: Callable[[str], Value]) -> Value | None:
    """The region of a resource; None if neither the resource nor its provider sets one. read: gives an argument."""
    if "region" in block.arguments:
        value = read("region")
        return None if isinstance(value, Absent) else value
    return _of_provider(module, block, "region")


def default_tags(module: Calling, block: Block) -> Value:
    """The tags that the provider of a resource adds to all of its resources, as a map; Absent if it adds none."""
    written = _of_provider(module, block, "default_tags")
    return Absent(block.place) if written is None else only(written).get("tags")


def _of_provider(module: Calling, block: Block, argument: str) -> Value | None:
    """An argument of the provider of a resource; None if it is not set."""
    name = word(block.arguments.get("provider")) or block.labels[0].partition("_")[0]
    if (name, argument) not in module.providers:
        module.providers[name, argument] = _said(module, name, argument)
    found = module.providers[name, argument]
    if found is None:
        return None
    of, named, node = found
    # A provider may ask for a resource, whose region is the provider's.
    return of.values.once((f"provider.{named}", argument), node, partial(of.scope.evaluate, node))


def _said(module: Calling | None, name: str, argument: str) -> tuple[Calling, str, Node] | None:
    """What the provider of a name in a module says: the module that has it, and its name there; None if nothing."""
    while module is not None:
        for provider in module.directory.sections.providers:
            alias = literal(provider.arguments.get("alias"))
            if name == (f"{provider.name}.{alias}" if alias else provider.name):
                node = provider.arguments.get(argument)
                return None if node is None else (module, name, node)
        if module.caller is None:
            return None
        module, call = module.caller
        passed = call.arguments.get("providers")
        given = {_bare(key): word(node) for key, node in mapping(passed).items()} if passed is not None else {}
        name = given.get(name, name)
    return None


def _bare(key: str) -> str:
    return key.removeprefix("${").removesuffix("}")
