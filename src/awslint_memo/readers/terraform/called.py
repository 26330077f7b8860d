"""Finds the directory of a called module, and says where a downloaded copy does not fit its call."""

from __future__ import annotations

from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.installed import Installed, is_local
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.version_constraints import allows

_OF_CALLS = frozenset(("count", "depends_on", "for_each", "lifecycle", "providers", "source", "version"))
"""Arguments of a module call that are no variables of the module.

https://developer.hashicorp.com/terraform/language/block/module (read on 2026-11-26)
"""

_COPY = "its copy in .terraform/modules"


def called_directory(caller: Directory, block: Block, installed: Installed, key: str) -> tuple[Directory | None, str]:
    """The directory that a module call leads to, None if there is none; or why it is not used, in words.

    key: that of the call in the list of downloaded modules.
    """
    source = literal(block.arguments.get("source")) or ""
    directory = caller.find(source, installed.folders.get(key))
    if directory is None or is_local(source):
        return directory, ""
    why, remedy = _misfit(block, directory, installed.versions.get(key, ""))
    if why and installed.misfits is not None:  # What was downloaded for the calls of then is not here any more.
        installed.misfits[f"{block.place.span.path}: module {block.name} of then: {why}"] = None
        return directory, ""
    return (None, f"{why}; {remedy}") if why else (directory, "")


def _misfit(block: Block, copy: Directory, version: str) -> tuple[str, str]:
    """Where a copy does not fit, and what to do; empty if it does."""
    wanted = literal(block.arguments.get("version"))
    if wanted and version and allows(wanted, version) is False:
        return f"{_COPY} is version {version}, but the call asks for {wanted}", "run terraform init"
    missing = [name for name in block.arguments if name not in _OF_CALLS and name not in copy.sections.variables]
    if missing and copy.is_whole:
        return f"{_COPY} has no variable {missing[0]}", "run terraform init or remove the argument"
    return "", ""
