"""Reads the directories of Terraform configuration in a run: each is a module, and each file is read once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.plan.source import PlanSource
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.block_types import COMMENT
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.directory import TerraformDirectory
from awslint_memo.readers.terraform.file_names import is_override, is_read, read_names
from awslint_memo.readers.terraform.inputs import FromFile
from awslint_memo.readers.terraform.installed import Installed, installed, is_local
from awslint_memo.readers.terraform.loaded import Loaded, reached
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.overrides import overridden, without_base
from awslint_memo.readers.terraform.sections import Directory, DuplicateError, joined
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws, KeyPlace, Node, fields


class Workspace:
    """The directories and files that were read so far, by absolute path.

    var_files: the user's files of variables; later ones override earlier ones. plan_source: the directory with the
    configuration of the plans, if the user gives one.
    """

    def __init__(self, files: Files, var_files: Sequence[str] = (), plan_source: str | None = None) -> None:
        """Raise Problem for a file of variables that can't be read."""
        self._disk = files
        self._plan_source = plan_source
        self.named = {
            name: given for path in var_files for name, given in _variables(files.read(path), is_named=True).items()
        }
        """The values in the user's files, by the variables' names."""
        self._files: dict[str, TerraformConfiguration] = {}
        self._loaded: dict[str, Loaded] = {}
        self._installed: dict[str, Installed] = {}

    def merge_directories(self, templates: Iterable[Template]) -> list[Template]:
        """The templates, after merging the configuration files of each directory; other templates are unchanged.

        Files of a directory that are not named are read to resolve references, but their findings are not shown.
        """
        made: list[Template] = []
        plans: list[TerraformPlan] = []
        mine: dict[str, list[TerraformConfiguration]] = {}
        for one in templates:
            if isinstance(one, TerraformConfiguration) and is_read(one.source.path):
                self._files[os.path.abspath(one.source.path)] = one
                mine.setdefault(os.path.dirname(one.source.path), []).append(one)
            elif isinstance(one, TerraformPlan):
                plans.append(one)
            else:
                made.append(one)
        for path, files in mine.items():
            loaded = self.load(path)
            own = [one for one in files if any(one is other for other in loaded.files)]
            # A file that another one stands for is checked by itself if nothing else of its directory is.
            made += self._modules(loaded, own) if own else files
        for plan in plans:
            plan.written = self._written(plan)
        return [*made, *plans]

    def _written(self, plan: TerraformPlan) -> PlanSource | None:
        """The configuration of a plan: the one that the user names, or one in the plan's directory that matches."""
        loaded = self.load(self._plan_source or os.path.dirname(plan.source.path))
        if loaded.directory is None:
            if self._plan_source is not None:
                raise Problem(
                    "no Terraform configuration could be read in this folder; name another one with --source",
                    self._plan_source,
                )
            return None
        below = [one for other in reached(self.called, loaded) if other is not loaded for one in other.files]
        given, _ = self._given(loaded.path)
        written = PlanSource(loaded.directory, [*loaded.files, *below], given)
        return written if self._plan_source is not None or written.fits(plan.configuration) else None

    def _modules(self, loaded: Loaded, named: Sequence[TerraformConfiguration]) -> Iterator[TerraformDirectory]:
        given, problems = self._given(loaded.path)
        paths = {one.source.path for one in named}
        twice = [one for one in loaded.problems if isinstance(one, DuplicateError)]
        # If only one of the two files is named, it is meant, and the module may be a folder of examples.
        problems += [one for one in loaded.problems if not isinstance(one, DuplicateError) or one.paths <= paths]
        problems += self.installed(loaded.path).problems
        directory = loaded.directory
        if directory is not None and not all(one.paths <= paths for one in twice):
            others = [one for one in loaded.files if one.source.path not in paths]
            directory = self._directory(loaded.path, [*named, *others], Flaws())
        if directory is not None:
            yield TerraformDirectory(self.called, loaded, directory, named, given, problems)

    def load(self, path: str) -> Loaded:
        """The module in a directory; without files if there is no such directory."""
        where = os.path.abspath(path)
        if where not in self._loaded:
            self._loaded[where] = self._load(path)
        return self._loaded[where]

    def _load(self, path: str) -> Loaded:
        loaded = Loaded(path)
        here = os.path.abspath(path)
        # A file from standard input need not exist on disk.
        added = {os.path.basename(where) for where in self._files if os.path.dirname(where) == here}
        for name in read_names(sorted(added.union(self._disk.names(path)))):
            self._add(loaded, os.path.join(path, name))
        loaded.problems += [problem for one in loaded.files for problem in one.problems]
        flaws = Flaws(problems=loaded.problems)
        loaded.directory = self._directory(path, loaded.files, flaws)
        return loaded

    def _add(self, loaded: Loaded, path: str) -> None:
        try:
            one = self._file(path)
        except Problem as problem:
            loaded.problems.append(problem)
        else:
            loaded.files += [one] if one is not None else []

    def _directory(self, path: str, files: Sequence[TerraformConfiguration], flaws: Flaws) -> Directory | None:
        if not files:
            return None
        whole = joined((one.sections for one in files if not is_override(one.source.path)), flaws)
        for one in (one.sections for one in files if is_override(one.source.path)):
            flaws.problems += without_base(whole, one)
            whole = overridden(whole, one)
        local = LocalFiles(self._disk, path)
        find, listed = partial(self._find, path), partial(self.installed, path)
        return Directory(whole, os.path.abspath(path), not flaws.problems, find, listed, local)

    def _find(self, path: str, source: str, folder: str | None) -> Directory | None:
        below = self.called(path, source, folder)
        return below.directory if below is not None else None

    def called(self, path: str, source: str, folder: str | None) -> Loaded | None:
        """The directory that a module call in `path` refers to; None if there is none.

        folder: the one that it was downloaded to, if it was; a local `source` needs none.
        """
        if is_local(source):
            folder = os.path.normpath(os.path.join(path, source))
        loaded = self.load(folder) if folder is not None else None
        return loaded if loaded is not None and loaded.files else None

    def installed(self, path: str) -> Installed:
        """What was downloaded for the root module in a directory."""
        where = os.path.abspath(path)
        if where not in self._installed:
            self._installed[where] = installed(self._disk, path)
        return self._installed[where]

    def _file(self, path: str) -> TerraformConfiguration | None:
        where = os.path.abspath(path)
        if where not in self._files:
            from awslint_memo.readers.recognition import template

            made = template(self._disk.read(path), self._disk)
            if not isinstance(made, TerraformConfiguration):
                return None
            self._files[where] = made
        return self._files[where]

    def _given(self, path: str) -> tuple[dict[str, Given], list[Problem]]:
        """The values in the files of variables that Terraform reads automatically, and in those that the user named."""
        names = self._disk.names(path)
        automatic = [name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json"))]
        found: dict[str, Given] = {}
        flaws = Flaws("Terraform takes only one; remove the other")
        problems = flaws.problems
        for name in ("terraform.tfvars", "terraform.tfvars.json", *automatic):
            if name in names:
                try:
                    found.update(_variables(self._disk.read(os.path.join(path, name)), flaws))
                except Problem as problem:
                    problems.append(problem)
        return {**found, **self.named}, problems


def _variables(source: Source, flaws: Flaws | None = None, *, is_named: bool = False) -> Mapping[str, FromFile]:
    root = _parse(source, flaws)
    found = ((name, node) for name, node in fields(root).items() if name != COMMENT)
    return {name: FromFile(node, KeyPlace(root, name), is_named) for name, node in found}


def _parse(source: Source, flaws: Flaws | None) -> Node:
    if source.path.endswith(".json"):
        from awslint_memo.syntax import json_nodes

        return json_nodes.parse(source, flaws)
    from awslint_memo.readers.terraform import hcl_nodes

    return hcl_nodes.parse(source, flaws)
