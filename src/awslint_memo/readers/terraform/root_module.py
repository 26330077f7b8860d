"""Makes root modules, and lets go of modules that were made for one question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from awslint_memo.readers.terraform.choices import WORKSPACE, Choices
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.tree import Tree
from awslint_memo.readers.terraform.variables import Given


def root_module(directory: Directory, given: Mapping[str, Given], choices: Choices | None = None) -> Module:
    """The root module in a directory, with the values that its variables and the workspace's name are given."""
    tree = Tree(given.get(WORKSPACE), installed=directory.installed(), local=directory.local)
    tree.choices = choices or Choices()
    return Module(directory, given, tree=tree, inside=(directory.path,) if directory.path else ())


@contextmanager
def forgotten(module: Module) -> Iterator[Module]:
    """A module of which nobody asks anything behind the block."""
    try:
        yield module
    finally:
        module.forget()
