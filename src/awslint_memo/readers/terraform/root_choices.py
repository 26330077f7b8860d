"""The variables of a root module of which deployments may choose the values, and the values of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.model.budget import meet_choices
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform.production_words import replaced_in_production
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Node

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.environments import Environments

Described: TypeAlias = "Callable[[], Environments | None]"
"""Gives the deployments that files of variables describe; None where the user says which."""


def choices_of(
    declared: Mapping[str, Block], given: Mapping[str, Given], described: Described, *, is_workspace_open: bool
) -> Choices:
    """What can be chosen of a root module. declared: its variables. given: their values. described: gives the
    deployments that files of variables describe."""
    # Somebody who gives values deploys the module as it is, into a workspace that is not said.
    replaced = replaced_in_production(defaults_of(declared, given), partial(_are_given, described))
    return Choices(_free(declared, given) | replaced.keys(), is_workspace_open, replaced)


def _are_given(described: Described) -> bool:
    environments = described()
    return environments is None or bool(environments.files)


def defaults_of(declared: Mapping[str, Block], given: Mapping[str, Given]) -> dict[str, str]:
    """The default values of the variables to which nothing else is given, as far as they are texts or switches; empty
    for null."""
    nodes = ((name, block.arguments.get("default")) for name, block in declared.items() if name not in given)
    written = ((name, _default(node)) for name, node in nodes)
    return {name: value for name, value in written if value is not None}


def _default(node: Node | None) -> str | None:
    content = None if node is None else node.content
    if node is not None and (content is None or isinstance(content, bool)):
        return {None: "", True: "true", False: "false"}[content]
    return literal(node)


def _free(declared: Mapping[str, Block], given: Mapping[str, Given]) -> frozenset[str]:
    """The variables that have no value."""
    free = frozenset(name for name, block in declared.items() if "default" not in block.arguments and name not in given)
    meet_choices(len(free))
    return free
