"""The names of configuration files: which files of a directory Terraform and OpenTofu read, and in which role."""

from __future__ import annotations

import os
from collections.abc import Collection

NATIVE = (".tf", ".tofu")
"""Endings of files in native syntax."""

JSON = (".tf.json", ".tofu.json")
"""Endings of files in JSON syntax."""

SUFFIXES = (*NATIVE, *JSON)

VARIABLES = (".tfvars", ".tfvars.json")
"""Endings of files with values of variables."""

TERRAGRUNT = "terragrunt.hcl"
COMPONENTS = (".tfcomponent.hcl", ".tfstack.hcl")
DEPLOYMENTS = (".tfdeploy.hcl",)
STACKS = (*COMPONENTS, *DEPLOYMENTS)
"""Endings of the files of Terraform Stacks."""


def is_ignored(name: str) -> bool:
    """Whether Terraform and OpenTofu pass over a file because it is hidden or an editor's backup.

    https://developer.hashicorp.com/terraform/language/files (read on 2026-11-26)
    """
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def is_read(path: str) -> bool:
    """Whether a file of this name is part of the module in its directory."""
    name = os.path.basename(path)
    return name.endswith(SUFFIXES) and not is_ignored(name)


def is_override(path: str) -> bool:
    """Whether what a file says stands over what the other files of its directory say.

    https://developer.hashicorp.com/terraform/language/files/override (read on 2026-11-26)
    """
    stem = os.path.basename(path).removesuffix(".json").removesuffix(".tf").removesuffix(".tofu")
    return stem == "override" or stem.endswith("_override")


def read_names(names: Collection[str]) -> list[str]:
    """The configuration files among the names of a directory's files, in their order.

    A file for OpenTofu stands for the one for Terraform with the same name: `x.tofu` for `x.tf`, `x.tofu.json` for
    `x.tf.json`. https://opentofu.org/docs/language/files/ (read on 2026-11-26)
    """
    listed = set(names)
    return [
        name for name in names if is_read(name) and (_of_opentofu(name) == name or _of_opentofu(name) not in listed)
    ]


def _of_opentofu(name: str) -> str:
    stem = name.removesuffix(".json")
    return f"{stem.removesuffix('.tf')}.tofu{name.removeprefix(stem)}" if stem.endswith(".tf") else name
