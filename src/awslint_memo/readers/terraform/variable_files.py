"""Reads files with values of Terraform variables: `*.tfvars` and `*.tfvars.json`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.name_words import VARIABLES
from awslint_memo.model.partial import filled, readable
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Unknown, Value
from awslint_memo.readers.terraform.blocks import COMMENT
from awslint_memo.readers.terraform.directories import left_out
from awslint_memo.readers.terraform.file_names import is_automatic
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.variables import Given, given_value, literally
from awslint_memo.syntax.node import Flaws, KeyPlace, Node, fields, plain

_FIRST = ("terraform.tfvars", "terraform.tfvars.json")
"""The files that Terraform reads before those of its own choice, in this order."""


@record(frozen=True, eq=False)
class FromFile:
    """A value in a file of variables. place: that of its name. is_named: whether the user named the file.

    A file that Terraform finds by its name belongs to the module beside it; one that is named may be for several.
    """

    node: Node
    place: Place
    is_named: bool

    def __call__(self, scope: ModuleScope) -> Value:
        """The value; such a file has literals only."""
        return filled(readable(literally(self.node, scope)))


class VariableFiles:
    """The values of variables in the files of a run.

    paths: the user's files; later ones override earlier ones. near: gives the files of a folder. Raises Problem for one
    that can't be read.
    """

    def __init__(self, files: Files, paths: Sequence[str], near: Callable[[str], Sequence[str]] | None) -> None:
        self._files = files
        self._near = near
        self._named = self._read(paths)
        self._nearby: dict[str, FromFile] = {}

    @property
    def met(self) -> Mapping[str, FromFile]:
        """The values in the user's files, and in those of the folders that were met."""
        return {**self._nearby, **self._named}

    def _read(self, paths: Sequence[str]) -> dict[str, FromFile]:
        values: dict[str, FromFile] = {}
        for path in paths:
            values.update(variables_in(self._files.read(path), is_named=True))
        return values

    def given(
        self, folder: str, sections: Sections | None, local: LocalFiles | None = None
    ) -> tuple[dict[str, Given], list[Problem]]:
        """The values for a root module: those in files that Terraform reads automatically, and in the user's.

        sections: its blocks. local: the files around it, of which some may be copied from elsewhere. The problems are
        those of the automatic files.
        """
        over, has_hidden = ("", False) if local is None else (local.over, local.has_hidden)
        places = {name: os.path.join(folder, name) for name in self._files.names(folder)}
        copied = [name for name in (self._files.names(over) if over else ()) if has_hidden or not name.startswith(".")]
        places |= {name: os.path.join(over, name) for name in copied}
        flaws = Flaws("Terraform takes only one; remove the other")
        values: dict[str, Given] = {}
        for name in (*_FIRST, *(name for name in sorted(places) if is_automatic(name) and name not in _FIRST)):
            if name in places:
                try:
                    found = variables_in(self._files.read(places[name]), flaws)
                except Problem as problem:
                    flaws.problems.append(problem)
                else:
                    values.update(_may_be(name, found) if name in copied and name.startswith(".") else found)
        near: dict[str, FromFile] = {}
        for each in (folder, over) if over else (folder,):
            values |= self._unread(each, sections)
            near |= self._read(() if self._near is None else self._near(each))
        self._nearby |= near
        return {**values, **near, **self._named}, flaws.problems

    def are_named(self, folder: str) -> bool:
        """Whether the user names files for the root modules in a folder."""
        return bool(self._named) or (self._near is not None and bool(self._near(folder)))

    def _unread(self, folder: str, sections: Sections | None) -> dict[str, Given]:
        """Unknown values of all variables, if a file of variables in the folder leads out of the root."""
        automatic = [name for name in left_out(self._files, folder, VARIABLES) if is_automatic(name)]
        if not automatic or sections is None:
            return {}
        return {
            name: given_value(Unknown(f"{automatic[0]} may set it", block.place, key=f"var.{name}"))
            for name, block in sections.variables.items()
        }


def _may_be(name: str, values: Mapping[str, FromFile]) -> dict[str, Given]:
    """Values of a file that may not be read, as not known."""
    return {
        variable: given_value(Unknown(f"{name} may set it", value.place, key=f"var.{variable}"))
        for variable, value in values.items()
    }


class VariableText(str):
    """A variable's value as text, as other parameters have theirs, with what the file of variables has."""

    __slots__ = ("value",)
    value: FromFile


def variables_in(source: Source, flaws: Flaws | None = None, *, is_named: bool = False) -> Mapping[str, FromFile]:
    """The values in a file. is_named: the user named it. flaws: receives its broken parts; None: raises Problem."""
    if source.path.endswith(".json"):
        from awslint_memo.syntax import json_nodes

        root: Node = json_nodes.parse(source, flaws)
    else:
        from awslint_memo.readers.terraform import hcl_nodes

        root = hcl_nodes.parse(source, flaws)
    found = ((name, node) for name, node in fields(root).items() if name != COMMENT)
    return {name: FromFile(node, KeyPlace(root, name), is_named) for name, node in found}


def texts_in(source: Source) -> dict[str, str]:
    """The values in a file as values of parameters, lists and maps as JSON. Raises Problem if it can't be read."""
    texts: dict[str, str] = {}
    for name, value in variables_in(source, is_named=True).items():
        texts[name] = text = VariableText(_text(plain(value.node)))
        text.value = value
    return texts


def given_by(values: Mapping[str, str]) -> Mapping[str, Given]:
    """Values of parameters as those of variables; one from a file of variables has its place there."""
    return {name: one.value if isinstance(one, VariableText) else one for name, one in values.items()}


def _text(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data)
