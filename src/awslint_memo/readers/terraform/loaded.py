"""A directory of Terraform configuration after its files are read, and the directories that it calls as modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.sections import Directory

Called: TypeAlias = "Callable[[str, str], Loaded | None]"
"""Takes a directory's path and the `source` of a module call, and returns the called directory; None if not local."""


@record
class Loaded:
    """A directory with its files, and what is wrong in them. `directory` is None if it has no files."""

    path: str
    files: list[TerraformConfiguration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    directory: Directory | None = None


def reached(called: Called, start: Loaded) -> list[Loaded]:
    """The directories that `start` calls, directly or through others; includes `start` only for a circular call."""
    found: dict[str, Loaded] = {}
    pending = [start]
    while pending:
        current = pending.pop()
        for block in current.directory.sections.modules.values() if current.directory is not None else ():
            source = literal(block.arguments.get("source"))
            below = called(current.path, source) if source is not None else None
            if below is not None and below.path not in found:
                found[below.path] = below
                pending.append(below)
    return list(found.values())
