"""Units of Terragrunt that use a module of their own repository by its address, with the inputs that they give it.

A unit that names a module by a path deploys it as it is here, and is judged. One that names it by an address
(git::ssh://host/modules.git//service?ref=1.2) deploys a version that need not be here, and so decides no value; but
what such a unit sets is no default where somebody deploys the module.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator

from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_UNIT = "terragrunt.hcl"
_MOST_FOLDERS = 2_000
_MOST_BYTES = 100_000

_ADDRESS = regex(r"[\w.-]+::|\w+://|^git@")
_MODULE = regex(r"//([\w.-]+(?:/[\w.-]+)*)(?=[?\"\s]|$)")
"""The folder of a module at the end of an address."""

_INPUT = regex(r"(?m)^[ \t]+(\w+)\s*=(?!=)")


def set_by_units(folder: str, files: Files) -> Collection[str]:
    """The names of what each unit of a repository sets that uses the module of this folder by address; none without
    such a unit. Names of locals count too, as nobody calls a local like a variable that is left to its default."""
    top = files.root_above(os.path.join(folder, "main.tf"))
    name = os.path.basename(folder)
    names = [set(_INPUT.findall(text)) for text in files.once(Units).of(top) if name in _modules(text)]
    return set.intersection(*names) if names else ()


def _modules(text: str) -> set[str]:
    """The last folders of the modules that a unit names by address."""
    lines = (line for line in text.splitlines() if _ADDRESS.search(line))
    return {found[1].rpartition("/")[2] for line in lines for found in _MODULE.finditer(line)}


class Units:
    """The texts of the units of repositories."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._texts: dict[str, list[str]] = {}

    def of(self, top: str) -> list[str]:
        """The texts of the units below a folder."""
        if top not in self._texts:
            self._texts[top] = list(self._read(top))
        return self._texts[top]

    def _read(self, top: str) -> Iterator[str]:
        folders = [top]
        for folder in folders:
            listing = self._files.listing(folder)
            room = _MOST_FOLDERS - len(folders)
            folders += [os.path.join(folder, name) for name in listing.folders if name not in SKIPPED][:room]
            path = os.path.join(folder, _UNIT)
            if _UNIT in listing.names and self._files.size(path) <= _MOST_BYTES:
                try:
                    yield self._files.read(path).text
                except Problem:
                    continue
