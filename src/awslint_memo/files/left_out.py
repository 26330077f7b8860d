"""What walks over folders look at, by the names of files, and what is left out of them.

It is left out by configurations, where policies let them, and what Terraform downloads is.

Terraform puts modules into `.terraform` of a root, or into what TF_DATA_DIR names.
https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_data_dir (read on 2026-11-30)
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.disk import Disk
from awslint_memo.model.record import record

SUFFIXES = (
    *(".yaml", ".yml", ".json", ".template", ".tf", ".tofu"),
    *("terragrunt.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl"),
)

STATE = ".tfstate"
"""The ending of states of Terraform, which a walk meets too."""

MOST_BYTES = 2_000_000
"""Larger files are not searched; CloudFormation takes templates up to 1 MB."""

SELDOM = (".txt", ".cfn")
"""The endings of files that a template may have, and most of which are something else."""

RENDERED = (
    *(".j2", ".jinja", ".jinja2", ".njk", ".mustache", ".hbs", ".ejs", ".erb", ".tpl", ".tmpl", ".gotmpl"),
    ".snap",
)
"""The endings of files from which templates are rendered, and of snapshots of tests, which are not read."""

PROGRAMS = frozenset(
    (
        *("serverless.ts", "serverless.js", "sst.config.ts", "sst.config.js", "sst.config.mjs", "backend.ts"),
        ".workspace",
    )
)
"""Files of tools that make infrastructure by programs, which are not read."""

_READ = (*SUFFIXES, STATE, *SELDOM)
_OF_TERRAFORM = (".tf", ".tofu", ".tf.json", ".tofu.json")


@record(frozen=True)
class Patterns:
    """What a configuration leaves out of walks: path patterns, each with the folder that it is relative to.

    `exclude` leaves out files and folders; `include` searches folders that are skipped by default. place: where exclude
    stands. guards: the policies that don't let everything be excluded.
    """

    exclude: Sequence[tuple[str, str]] = ()
    include: Sequence[tuple[str, str]] = ()
    place: str = ""
    guards: Sequence[Guard] = ()


@record(frozen=True)
class Guard:
    """A policy that locks rules. free: path patterns of what may be excluded, each with its folder."""

    name: str
    free: Sequence[tuple[str, str]] = ()


_USUAL = ".terraform"

_VARIABLE = "TF_DATA_DIR"


def data_folders() -> list[str]:
    """The folders of a root in which Terraform may keep its data, absolute or from the root; the nearest first."""
    own = os.environ.get(_VARIABLE, "")
    return [*([os.path.normpath(own)] if own else []), _USUAL]


def module_folders() -> list[str]:
    """The folders of a root in which downloaded modules and their list are."""
    return [os.path.join(folder, "modules") for folder in data_folders()]


def is_downloaded(path: str) -> bool:
    """Whether a file or folder is part of a downloaded module, which nobody edits."""
    return any(_is_below(folder, path) for folder in module_folders())


def named_by(path: str) -> str:
    """The command of a framework that gives its output such a name; empty for any other name.

    https://developer.hashicorp.com/terraform/cdktf/concepts/cdktf-architecture and
    https://www.serverless.com/framework/docs/providers/aws/cli-reference/package (both read on 2026-11-30)
    """
    folder, name = os.path.split(os.path.abspath(path))
    if name == "cdk.tf.json":
        return "cdktf synth"
    is_of_framework = name.startswith("cloudformation-template-") and os.path.basename(folder) == ".serverless"
    return "serverless package" if is_of_framework else ""


def is_data_folder(path: str, disk: Disk) -> bool:
    """Whether a folder is the one that TF_DATA_DIR names, and has a list of modules."""
    if _VARIABLE not in os.environ or not _is_below(data_folders()[0], path):
        return False
    return disk.is_file(os.path.join(path, "modules", "modules.json"))


def _is_below(folder: str, path: str) -> bool:
    """Whether a path is a folder, or in it. A folder that is not absolute may be that of any root."""
    if os.path.isabs(folder):
        return f"{os.path.abspath(path)}{os.sep}".startswith(f"{folder}{os.sep}")
    inner = folder
    while inner.startswith(f"{os.pardir}{os.sep}"):
        inner = inner[len(os.pardir) + 1 :]
    return f"{os.sep}{inner}{os.sep}" in f"{os.sep}{path}{os.sep}"


def may_be_read(name: str) -> bool:
    """Whether a file of this name is read."""
    # Terraform passes over hidden files, which editors write beside the one that is open.
    return name.lower().endswith(_READ) and not (name.startswith(".") and name.endswith(_OF_TERRAFORM))
