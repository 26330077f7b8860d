"""Terragrunt's functions that say where a file is, or read another one of Terragrunt's.

https://docs.terragrunt.com/reference/hcl/functions/ (read on 2026-11-30)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.terraform.file_names import TERRAGRUNT
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.values import unknown_of

Function: TypeAlias = "Callable[[Sequence[Value], Place], Value]"

_DEEPEST = 5
"""How many files deep one is read by another."""


class Readable(Protocol):
    """A file of Terragrunt that another one reads."""

    def at(self, surroundings: Surroundings) -> Readable:
        """The same file as it is evaluated somewhere."""

    def read(self) -> dict[str, Value]:
        """What another file that reads this one knows of it."""


@record(frozen=True)
class Surroundings:
    """Where a file of Terragrunt is evaluated.

    folder: that of the file, or of the unit that includes it. unit: that of the unit. read: gives a file by its path;
    None if it can't be read. included: the path of the file, if a unit includes it. depth: how many files read each
    other to come here.
    """

    files: Files
    folder: str
    unit: str
    read: Callable[[str], Readable | None]
    included: str = ""
    depth: int = 0

    @property
    def local(self) -> LocalFiles:
        """The files that `file()` reads."""
        return LocalFiles(self.files, self.folder)

    def path(self, written: str) -> str:
        """The path to open for one that the file has, which begins as the folder does: as a person wrote that."""
        here = os.path.abspath(self.folder)
        return os.path.normpath(os.path.join(self.folder, path_from(os.path.join(here, written), here)))

    @property
    def functions(self) -> Mapping[str, Function]:
        """The functions by name. What they need that is not known makes their result unknown."""
        functions: dict[str, Function] = {
            "find_in_parent_folders": self._find,
            "get_original_terragrunt_dir": self._folder(self.unit),
            "get_repo_root": self._folder(self.files.root_above(os.path.join(self.unit, TERRAGRUNT))),
            "get_terragrunt_dir": self._folder(self.folder),
            "read_terragrunt_config": self._read,
        }
        if self.included:
            parent = os.path.dirname(os.path.abspath(self.included))
            way = path_from(os.path.abspath(self.unit), parent).replace(os.sep, "/")
            functions["get_parent_terragrunt_dir"] = self._folder(parent)
            functions["path_relative_to_include"] = lambda values, place: (
                _unknown("path_relative_to_include", values, place) if values else Known(way, place)
            )
        return functions

    def _folder(self, path: str) -> Function:
        """The function that gives a folder, as Terragrunt writes it here."""
        return lambda values, place: (
            _unknown("a folder", values, place) if values else Known(os.path.abspath(path).replace(os.sep, "/"), place)
        )

    def _find(self, values: Sequence[Value], place: Place) -> Value:
        texts = [value.text for value in values[:1]] or [TERRAGRUNT]
        if len(values) > 2 or texts[0] is None:
            return _unknown("find_in_parent_folders", values, place)
        path = self._above(texts[0])
        if path is not None:
            return Known(path.replace(os.sep, "/"), place)
        return values[1] if len(values) == 2 else _unknown("a file that is not found", values, place)

    def _above(self, name: str) -> str | None:
        """The absolute path of the file of a name in the nearest folder above this one."""
        here = os.path.abspath(self.folder)
        while (above := os.path.dirname(here)) != here and self.files.is_inside(above):
            path = os.path.normpath(os.path.join(above, name))
            if self.files.is_file(path):
                return path
            here = above
        return None

    def _read(self, values: Sequence[Value], place: Place) -> Value:
        """What another file has, as an object: its local values and its inputs; no more is known of it."""
        written = values[0].text if values else None
        unknown = _unknown("read_terragrunt_config", values, place)
        if written is None or len(values) > 2 or self.depth >= _DEEPEST:
            return unknown
        path = self.path(written)
        if not self.files.is_file(path):
            return values[1] if len(values) == 2 else unknown
        file = self.read(path)
        if file is None:
            return unknown
        here = replace(self, folder=os.path.dirname(path), included="", depth=self.depth + 1)
        return Known(OpenFields(file.at(here).read(), unknown), place)


def folder_of(source: Value, here: Surroundings) -> str | None:
    """The folder that a `source` names by functions, relative to that of the unit; None if it is not known.

    Two slashes separate what is copied from the module in it.
    """
    text = source.text
    if text is None or not os.path.isabs(text):
        return None
    return path_from(text.replace("//", "/"), os.path.abspath(here.folder))


def _unknown(name: str, values: Sequence[Value], place: Place) -> Unknown:
    made = unknown_of(f"{name}() of Terragrunt", place, *values)
    return made if isinstance(made, Unknown) else Unknown(f"{name}() of Terragrunt", place)
