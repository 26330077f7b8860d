"""Reads Terragrunt's `terragrunt.hcl`: a root module in another folder, with values for its variables.

https://docs.terragrunt.com/reference/hcl/ (read on 2026-11-26)
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place, Problem
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.template import Deployments, Inputs, Template
from awslint_memo.readers.terraform.blocks import blocks, mapping
from awslint_memo.readers.terraform.configuration import deployed
from awslint_memo.readers.terraform.inputs import inputs
from awslint_memo.readers.terraform.loaded import Loaded
from awslint_memo.readers.terraform.native import NativeConfiguration
from awslint_memo.readers.terraform.root_module import forgotten, root_module
from awslint_memo.readers.terraform.scope import ModuleScope
from awslint_memo.readers.terraform.sections import Directory
from awslint_memo.readers.terraform.variables import Given

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part

_INTERPOLATED = regex(r'\$\{"(.*)"\}')


class TerragruntFile(NativeConfiguration):
    """A `terragrunt.hcl` by itself."""

    @property
    def module(self) -> tuple[str, Place] | None:
        """What the `source` of its `terraform` block says, and where; None if it has none."""
        for block in blocks(mapping(self.root).get("terraform"), "terraform", 0, self._flaws):
            node = block.arguments.get("source")
            content = node.content if node is not None else None
            if node is not None and isinstance(content, str):
                written = _INTERPOLATED.fullmatch(content)
                return (written[1] if written else content), node
        return None

    @property
    def includes(self) -> bool:
        """Whether files that are not read may give values too: those that it includes, and those of extra_arguments."""
        below = blocks(mapping(self.root).get("terraform"), "terraform", 0, self._flaws)
        return "include" in mapping(self.root) or any("extra_arguments" in one.arguments for one in below)

    @property
    def is_unit(self) -> bool:
        """Whether it stands for a root module, and not only for what others include."""
        return bool({"terraform", "include", "inputs"} & set(mapping(self.root)))

    def values(self) -> Value | None:
        """The values that it gives to variables, in a map; None if it gives none."""
        node = mapping(self.root).get("inputs")
        if node is None:
            return None
        with forgotten(root_module(Directory(self.sections), {})) as module:
            return module.scope.evaluate(node)


class TerragruntRoot:
    """The root module that a `terragrunt.hcl` deploys. module: its folder; None if it is not known or not local.

    below: the folders of the modules that it calls. given: the values in files of variables in its folder.
    """

    language = "terraform"
    is_plan = False

    def __init__(
        self, file: TerragruntFile, module: Loaded | None, below: Sequence[Loaded], given: Mapping[str, Given]
    ) -> None:
        self._file = file
        self._module = module
        self._folders = [*([module] if module is not None else []), *below]
        self._given = given

    @property
    def source(self) -> Source:
        """The `terragrunt.hcl`."""
        return self._file.source

    @property
    def nested(self) -> Sequence[Template]:
        """The files of the module, and of those that it calls."""
        return [one for loaded in self._folders for one in loaded.files]

    @property
    def nests(self) -> Collection[str]:
        """The paths of these files."""
        return {one.source.path for one in self.nested}

    @property
    def inputs(self) -> Inputs:
        """The variables of the module."""
        directory = self._module.directory if self._module is not None else None
        return Inputs({}, is_whole=False) if directory is None else inputs(directory, self._given)

    @property
    def metadata(self) -> Value:
        """Nothing."""
        return self._file.metadata

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments of the `terragrunt.hcl`."""
        return self._file.comments()

    def outline(self) -> Part:
        """The blocks and arguments of it."""
        return self._file.outline()

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """Those of the module with the values of `inputs`; `fixed` overrides them."""
        problems: list[Problem] = [*self._file.problems, *(one for loaded in self._folders for one in loaded.problems)]
        directory = self._module.directory if self._module is not None else None
        if self._module is None or directory is None:
            return Deployments([], unseen=self._unseen(), problems=problems, reached={self.source.path})
        # Who writes a terragrunt.hcl deploys the module, also where it takes the defaults of variables.
        directory = replace(directory, sections=replace(directory.sections, is_deployed=[True]))
        made, folders = deployed(directory, {**self._inputs(directory), **self._given}, fixed)
        inner = (one for one in self._folders if one is self._module or os.path.abspath(one.path) in folders)
        reached = {self.source.path, *(one.source.path for loaded in inner for one in loaded.files)}
        return replace(made, problems=[*problems, *made.problems], reached=reached)

    def _inputs(self, directory: Directory) -> dict[str, Given]:
        value = self._file.values()
        fields = value.fields if value is not None else {}
        given: dict[str, Given] = {name: partial(_same, one) for name, one in fields.items()}
        is_whole = value is None or (isinstance(value, Known) and not isinstance(value.content, OpenFields))
        if self._file.includes or not is_whole:
            for name, block in directory.sections.variables.items():
                why = f"the variable {name} may get a value from what terragrunt.hcl includes"
                given.setdefault(name, partial(_same, Unknown(why, block.place, key=f"var.{name}")))
        return given

    def _unseen(self) -> list[str]:
        said = self._file.module
        if said is not None:
            return [f"its module ({said[0]})"]
        return ["its module, which is named where it includes"] if self._file.is_unit else []


def _same(value: Value, _: ModuleScope) -> Value:
    return value
