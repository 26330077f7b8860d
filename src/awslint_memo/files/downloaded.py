"""The folders into which Terraform puts modules that it downloads: `.terraform` of a root, or what TF_DATA_DIR names.

https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_data_dir (read on 2026-11-30)
"""

from __future__ import annotations

import os

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


def is_data_folder(path: str) -> bool:
    """Whether a folder is one in which Terraform keeps its data, and has a list of modules."""
    return any(_is_below(folder, path) for folder in data_folders()) and os.path.isfile(
        os.path.join(path, "modules", "modules.json")
    )


def _is_below(folder: str, path: str) -> bool:
    """Whether a path is a folder, or in it. A folder that is not absolute may be that of any root."""
    if os.path.isabs(folder):
        return f"{os.path.abspath(path)}{os.sep}".startswith(f"{folder}{os.sep}")
    inner = folder
    while inner.startswith(f"{os.pardir}{os.sep}"):
        inner = inner[len(os.pardir) + 1 :]
    return f"{os.sep}{inner}{os.sep}" in f"{os.sep}{path}{os.sep}"
