"""A directory of Terraform configuration after its files are read, and the directories that it calls as modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.sections import Directory

Called: TypeAlias = "Callable[[str, str, str | None], Loaded | None]"
"""Takes a directory's path, the `source` of a module call and the folder that it was downloaded to, if it was; returns
the called directory, None if there is none."""


@record
class Loaded:
    """A directory with its files, and what is wrong in them. `directory` is None if it has no files."""

    path: str
    files: list[TerraformConfiguration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    directory: Directory | None = None

    def unlike(self, source: str) -> str:
        """Says that the configuration that the user named for a plan is not quite the one that it was made from."""
        why = str(self.problems[0]) if self.problems else "it has other resources or modules than the plan"
        return f"--source {source} only says where resources are, not what the plan leaves open: {why}"


def reached(called: Called, start: Loaded) -> list[Loaded]:
    """The directories that `start` calls, directly or through others; includes `start` only for a circular call."""
    found: dict[str, Loaded] = {}
    folders = start.directory.installed().folders if start.directory is not None else {}
    pending = [(start, "")]
    while pending:
        current, above = pending.pop()
        for block in current.directory.sections.modules.values() if current.directory is not None else ():
            key = f"{above}{block.name}"
            below = called(current.path, literal(block.arguments.get("source")) or "", folders.get(key))
            if below is not None and below.path not in found:
                found[below.path] = below
                pending.append((below, f"{key}."))
    return list(found.values())
