"""A directory of Terraform's configuration with the files that were read of it, and the directories that it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.sections import Directory

Called: TypeAlias = "Callable[[str, str], Loaded | None]"
"""Takes a directory's path and a call's source, and gives the directory that is called; None for one elsewhere."""


@record
class Loaded:
    """A directory with its files; none of it where two of them hold the same resource."""

    path: str
    files: list[TerraformConfiguration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    directory: Directory | None = None


def reached(called: Called, start: Loaded) -> list[Loaded]:
    """The directories that one calls, directly or through others; itself only where it is called in a circle."""
    found: dict[str, Loaded] = {}
    pending = [start]
    while pending:
        here = pending.pop()
        for block in here.directory.sections.modules.values() if here.directory is not None else ():
            source = literal(block.arguments.get("source"))
            below = called(here.path, source) if source is not None else None
            if below is not None and below.path not in found:
                found[below.path] = below
                pending.append(below)
    return list(found.values())
