"""Which files Terraform and OpenTofu read, and which folders call which as modules, without parsing any.

The calls are asked of all files of a repository to find the roots of a changed module, so that must be quick. What is
taken for a call and is none costs a look at one folder more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final, Literal, TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex

NATIVE = (".tf", ".tofu")
"""Endings of files in native syntax."""

JSON = (".tf.json", ".tofu.json")
"""Endings of files in JSON syntax."""

SUFFIXES = (*NATIVE, *JSON)

Tool: TypeAlias = Literal["Terraform", "OpenTofu"]
"""A tool that deploys configuration; a directory may have other files for each of them."""

TERRAFORM: Final = "Terraform"
OPENTOFU: Final = "OpenTofu"

STATE = "terraform.tfstate"
WORKSPACES = "terraform.tfstate.d"
"""The folder beside the configuration with a folder for the state of each workspace."""
TERRAGRUNT = "terragrunt.hcl"
COMPONENTS = (".tfcomponent.hcl", ".tfstack.hcl")
DEPLOYMENTS = (".tfdeploy.hcl",)
STACKS = (*COMPONENTS, *DEPLOYMENTS)
"""Endings of the files of Terraform Stacks."""

_CALLING = (*SUFFIXES, TERRAGRUNT, *COMPONENTS)


def is_ignored(name: str) -> bool:
    """Whether Terraform and OpenTofu pass over a file because it is hidden or an editor's backup.

    https://developer.hashicorp.com/terraform/language/files (read on 2026-11-26)
    """
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def is_read(path: str) -> bool:
    """Whether a file of this name is part of the module in its directory."""
    return path.endswith(SUFFIXES) and not is_ignored(os.path.basename(path))


def is_override(path: str) -> bool:
    """Whether what a file says stands over what the other files of its directory say.

    https://developer.hashicorp.com/terraform/language/files/override (read on 2026-11-26)
    """
    stem = os.path.basename(path).removesuffix(".json").removesuffix(".tf").removesuffix(".tofu")
    return stem == "override" or stem.endswith("_override")


def read_names(names: Collection[str], tool: Tool = OPENTOFU) -> list[str]:
    """The configuration files that a tool reads, among the names of a directory's files, in their order.

    Terraform reads no files for OpenTofu. OpenTofu reads both, but `x.tofu` instead of `x.tf` and `x.tofu.json` instead
    of `x.tf.json`. https://opentofu.org/docs/language/files/ (read on 2026-11-26)
    """
    if tool == TERRAFORM:
        return [name for name in names if is_read(name) and not is_for_opentofu(name)]
    listed = set(names)
    return [
        name for name in names if is_read(name) and (_of_opentofu(name) == name or _of_opentofu(name) not in listed)
    ]


def is_for_opentofu(path: str) -> bool:
    """Whether only OpenTofu reads a configuration file, by its name."""
    return path.endswith((".tofu", ".tofu.json"))


def _of_opentofu(name: str) -> str:
    stem = name.removesuffix(".json")
    return f"{stem.removesuffix('.tf')}.tofu{name.removeprefix(stem)}" if stem.endswith(".tf") else name


_SOURCE = regex(rb"""\bsource["']?\s*[=:]\s*["']([^"'\r\n]*)["']""")
CALLS = b"source"
"""What a file that calls modules has."""

_AUTOMATIC = ("terraform.tfvars", "terraform.tfvars.json")


def may_call(path: str) -> bool:
    """Whether a file of this name may call modules."""
    return path.endswith(_CALLING) and (
        is_read(path) or os.path.basename(path) == TERRAGRUNT or path.endswith(COMPONENTS)
    )


def is_automatic(path: str) -> bool:
    """Whether Terraform reads a file of variables by itself, beside the configuration."""
    name = os.path.basename(path)
    return name in _AUTOMATIC or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def callers(folders: Iterable[str], sources: Iterable[Source], repository: Callable[[str], str]) -> set[str]:
    """The folders that call one of `folders` as a module, directly or through others; all of them absolute.

    sources: files that `may_call`. repository: gives the root of the repository that has a file.
    """
    above: dict[str, set[str]] = {}
    for one in sources:
        here = os.path.dirname(os.path.abspath(one.path))
        for folder, _ in calls(one, repository):
            above.setdefault(folder, set()).add(here)
    found: set[str] = set()
    pending = list(folders)
    while pending:
        new = above.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found


def calls(one: Source, repository: Callable[[str], str]) -> Iterator[tuple[str, int]]:
    """The absolute folders that a file calls as modules, each with the number of the line that names it."""
    here = os.path.dirname(os.path.abspath(one.path))
    for match in _SOURCE.finditer(one.data):
        source = local_source(match[1].decode("utf-8", "replace").replace("//", "/"), here, repository(one.path))
        if source is not None:
            yield os.path.normpath(os.path.join(here, source)), one.data.count(b"\n", 0, match.start()) + 1


FROM_TOP = "${get_repo_root()}"
"""How a path begins that Terragrunt takes from the top of the repository."""


def local_source(written: str, folder: str, repository: str) -> str | None:
    """The folder that a `source` names, relative to that of the `terragrunt.hcl`; None if it is not local or not known.

    Two slashes separate what is copied from the module in it.
    """
    path = written.replace("${get_terragrunt_dir()}", ".").replace("${get_original_terragrunt_dir()}", ".")
    path = path.replace(FROM_TOP, path_from(repository, folder or ".").replace(os.sep, "/"))
    is_local = path.startswith(("./", "../")) or path in (".", "..")
    return os.path.normpath(path) if is_local and "${" not in path else None
