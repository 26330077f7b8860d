"""Reads Terragrunt's `terragrunt.hcl`: a root module in another folder, with values for its variables.

https://docs.terragrunt.com/reference/hcl/ (read on 2026-11-26)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.template import Deployments, Inputs
from awslint_memo.readers.terraform.blocks import blocks, mapping
from awslint_memo.readers.terraform.configuration import NativeConfiguration, deployed
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.file_names import is_automatic
from awslint_memo.readers.terraform.root_module import forgotten, inputs, root_module
from awslint_memo.readers.terraform.roots import Loaded, Root
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.variable_files import variables_in
from awslint_memo.readers.terraform.variables import Given, given_value
from awslint_memo.syntax.hcl.expressions import If, Repeat, Template
from awslint_memo.syntax.node import Flaws, Node, plain

_RESOURCES = regex(r"\b(resource|module)\b|\b(templatefile|file)\(")
"""What a text has that may make resources, and not only say which providers and backend a module has."""

_NONE: Mapping[str, Given] = {}

_FILLED = "terragrunt_fills_in"
"""What stands for an expression in the contents of a file that Terragrunt writes: a name in Terraform's language."""

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
        return "include" in mapping(self.root) or any("extra_arguments" in block.arguments for block in below)

    @property
    def generated(self) -> list[tuple[str, Span]]:
        """The files with resources that Terragrunt writes into the module before it runs Terraform, or that may have
        some: in words, each with its place."""
        section = mapping(self.root).get("generate")
        found = []
        for block in blocks(section, "generate", 1, Flaws()):
            contents = block.arguments.get("contents")
            written = "" if contents is None else repr(plain(contents))
            if _RESOURCES.search(written):
                found.append((f"the contents of generate {block.name}", block.place.span))
        return found

    @property
    def written_variables(self) -> tuple[Mapping[str, Given], bool]:
        """The values in files of variables that Terragrunt writes into the module before it runs Terraform, and
        whether these are all of them."""
        found: dict[str, Given] = {}
        is_whole = True
        for block in blocks(mapping(self.root).get("generate"), "generate", 1, Flaws()):
            path, contents = block.arguments.get("path"), block.arguments.get("contents")
            name = None if path is None else plain(path)
            if isinstance(name, str) and is_automatic(os.path.basename(name)) and contents is not None:
                values = _written(name, contents)
                is_whole = is_whole and values is not None and not any(_FILLED in variable for variable in values)
                found |= values or {}
        return found, is_whole

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


class TerragruntRoot(Root):
    """The root module that a `terragrunt.hcl` deploys. module: its folder; None if it is not known or not local.

    below: the folders of the modules that it calls. given: the values in files of variables in its folder and beside
    the `terragrunt.hcl`. copied: the names of other configuration beside that. other: gives the same as Terraform reads
    it.
    """

    def __init__(
        self,
        file: TerragruntFile,
        module: Loaded | None = None,
        below: Sequence[Loaded] = (),
        given: Mapping[str, Given] = _NONE,
        copied: Sequence[str] = (),
        other: Callable[[], Root | None] | None = None,
    ) -> None:
        super().__init__([file], lambda: [*([module] if module is not None else []), *below], other)
        self._file = file
        self._module = module
        self._given = given
        self._copied = copied

    @property
    def inputs(self) -> Inputs:
        """The variables of the module."""
        directory = self._module.directory if self._module is not None else None
        return Inputs({}, is_whole=False) if directory is None else inputs(directory, self._given)

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """Those of the module with the values of `inputs`; `fixed` overrides them."""
        directory = self._module.directory if self._module is not None else None
        if self._module is None or directory is None:
            none = Deployments([], unseen=self._unseen(), texts=self._file.generated)
            return self._completed(none, (), self._file.problems)
        # Who writes a terragrunt.hcl deploys the module, also where it takes the defaults of variables.
        directory = replace(directory, sections=replace(directory.sections, is_deployed=[True]))
        made, folders = deployed(directory, {**self._inputs(directory), **self._given}, fixed)
        beside = [f"{name}, which Terragrunt copies into the module" for name in self._copied]
        made = replace(made, texts=self._file.generated, unseen=[*made.unseen, *beside])
        return self._completed(made, {*folders, os.path.abspath(self._module.path)}, self._file.problems)

    def _inputs(self, directory: Directory) -> dict[str, Given]:
        value = self._file.values()
        fields = value.fields if value is not None else {}
        # Inputs are variables of the environment, over which files of variables stand.
        given: dict[str, Given] = {name: given_value(one) for name, one in fields.items()}
        written, is_all_written = self._file.written_variables
        given |= written
        is_whole = value is None or (isinstance(value, Known) and not isinstance(value.content, OpenFields))
        if self._file.includes or not (is_whole and is_all_written):
            for name, block in directory.sections.variables.items():
                why = f"the variable {name} may get a value from what terragrunt.hcl includes or writes"
                given.setdefault(name, given_value(Unknown(why, block.place, key=f"var.{name}")))
        return given

    def _unseen(self) -> list[str]:
        said = self._file.module
        if said is not None:
            return [f"its module ({said[0]})"]
        return ["its module, which is named where it includes"] if self._file.is_unit else []


def _written(name: str, contents: Node) -> dict[str, Given] | None:
    """The values in a file of variables with some contents; None if they can't be read. What Terragrunt fills in is
    unknown."""
    written = _text(contents)
    try:
        values = None if written is None else variables_in(Source(name, written.encode()))
    except Problem:
        values = None
    if values is None:
        return None
    given: dict[str, Given] = {}
    for variable, from_file in values.items():
        value = plain(from_file.node)
        is_plain = isinstance(value, (str, int, float, bool)) and "${" not in str(value) and _FILLED not in str(value)
        unknown = Unknown(f"{name} sets {variable}", contents, key=f"var.{variable}")
        given[variable] = given_value(Known(value, contents) if is_plain else unknown)
    return given


def _text(contents: Node) -> str | None:
    """The contents of a file that Terragrunt writes, with `_FILLED` for each expression in them; None if they are no
    text, or have directives."""
    written = contents.expression if isinstance(contents, Written) else None
    if not isinstance(written, Template) or any(isinstance(part, (If, Repeat)) for part in written.parts):
        return None
    return "".join(part if isinstance(part, str) else _FILLED for part in written.parts)
