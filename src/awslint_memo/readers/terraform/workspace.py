"""Reads the directories of Terraform configuration in a run: each is a module, and each file is read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.configuration import PlanSource
from awslint_memo.readers.plan.snapshot import TerraformSnapshot
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.deployed_folders import DeployedFolders
from awslint_memo.readers.terraform.directories import Directory, left_out
from awslint_memo.readers.terraform.environments import EnvironmentFiles, Environments
from awslint_memo.readers.terraform.file_names import (
    OPENTOFU,
    STACKS,
    STATE,
    TERRAFORM,
    Tool,
    is_read,
    local_source,
)
from awslint_memo.readers.terraform.module_directories import FolderSettings, ModuleDirectories
from awslint_memo.readers.terraform.roots import Loaded, TerraformDirectory, reached
from awslint_memo.readers.terraform.sections import DuplicateError
from awslint_memo.readers.terraform.stacks import StackFile, StackRoot, stack_sections
from awslint_memo.readers.terraform.terragrunt import Included, TerragruntFile, TerragruntRoot
from awslint_memo.readers.terraform.terragrunt_copied import CopiedConfiguration, copied_into
from awslint_memo.readers.terraform.terragrunt_files import ModuleFiles
from awslint_memo.readers.terraform.terragrunt_functions import Surroundings, folder_of
from awslint_memo.readers.terraform.terragrunt_values import NO_MERGE, STRATEGIES
from awslint_memo.readers.terraform.variable_files import VariableFiles
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws, Node

Isolate: TypeAlias = "Callable[[Source], AbstractContextManager[None]]"


class Workspace:
    """The directories and files that were read so far, by absolute path.

    var_files: the user's files of variables; later ones override earlier ones. plan_source: the directory with the
    configuration of the plans, if the user gives one.
    """

    def __init__(
        self,
        files: Files,
        var_files: Sequence[str] = (),
        plan_source: str | None = None,
        at: Callable[[str], FolderSettings] | None = None,
    ) -> None:
        """Raise Problem for a file of variables that can't be read. at: gives what the configuration of a folder says;
        None: no folder has one."""
        self._disk = files
        self._plan_source = plan_source
        self.variables = VariableFiles(files, var_files, None if at is None else lambda folder: at(folder).var_files)
        self._environment_files = EnvironmentFiles(files)
        self._deployed_folders = DeployedFolders(files)
        self.directories = ModuleDirectories(files, at)
        self._shared: dict[str, TerragruntFile | None] = {}
        """The files that those of Terragrunt include, by path, which are often the same for all; None can't be read."""
        files.at_end(self)

    def forget(self) -> None:
        """Let go of the directories, which know where to find others, once nobody asks any more."""
        vars(self).clear()

    def merge_directories(
        self, templates: Iterable[Template], isolate: Isolate = lambda _: nullcontext()
    ) -> list[Template]:
        """The templates, after merging the configuration files of each directory; other templates are unchanged.

        Files of a directory that are not named are read to resolve references, but their findings are not shown.
        isolate: takes what goes wrong with one directory or plan, of which a file is given, so that the others stay.
        """
        made: list[Template] = []
        mine: dict[str, list[TerraformConfiguration]] = {}
        stacks: dict[str, dict[str, StackFile]] = {}
        for template in templates:
            if isinstance(template, TerraformConfiguration) and is_read(template.source.path):
                self.directories.keep(os.path.abspath(template.source.path), template)
                mine.setdefault(os.path.dirname(template.source.path), []).append(template)
            elif isinstance(template, StackFile):
                folder, name = os.path.split(template.source.path)
                stacks.setdefault(folder, {})[name] = template
            else:
                made.append(template)
        plans = [one for one in made if isinstance(one, TerraformSnapshot)]
        made = [one for one in made if not isinstance(one, TerraformSnapshot)]
        for path, files in mine.items():
            with isolate(files[0].source):
                made += self._root_modules(path, files)
        for number, template in enumerate(made):
            if isinstance(template, TerragruntFile):
                with isolate(template.source):
                    made[number] = self._terragrunt(template)
        for folder, named in stacks.items():
            with isolate(next(iter(named.values())).source):
                made.append(self._stack(folder, named))
        for plan in plans:
            with isolate(plan.source):
                plan.written = self._written(plan)
        return [*made, *plans]

    def _root_modules(self, path: str, files: Sequence[TerraformConfiguration]) -> Sequence[Template]:
        self._disk.usual(path)
        read = {id(file) for tool in (OPENTOFU, TERRAFORM) for file in self.directories.load(path, tool).files}
        own = [file for file in files if id(file) in read]
        return [*self._modules(self.directories.load(path), own)] if own else files

    def _terragrunt(self, written: TerragruntFile) -> Template:
        here = self._surroundings(os.path.dirname(written.source.path))
        folder, file = here.folder, written.at(here)
        included = self._included(file, here)
        source_place, source = self._source(file, here, included or ())
        where = os.path.join(folder, source or "")
        is_outside = source_place is not None and source is not None and not self._disk.is_inside(where)
        if source_place is not None and is_outside:
            self._disk.leave("the module", *source_place, where)
        if source is None or is_outside:
            return TerragruntRoot(file)
        return self._deployed_by(file, included, os.path.join(folder, source), OPENTOFU)

    def _deployed_by(
        self, file: TerragruntFile, included: Sequence[Included] | None, module_folder: str, tool: Tool
    ) -> TerragruntRoot:
        """The root of a `terragrunt.hcl` with its module as a tool reads it. included: see TerragruntRoot."""
        folder = os.path.dirname(file.source.path)
        called = partial(self.directories.called, tool=tool)
        module = called(folder, f"./{path_from(module_folder, folder or os.curdir)}".replace(os.sep, "/"), None)
        if module is None:
            return TerragruntRoot(file)
        other = partial(self._deployed_by, file, included, module_folder, TERRAFORM) if tool == OPENTOFU else None
        every, below = [*(each.file for each in included or ()), file], reached(called, module)
        is_copied = os.path.normpath(module_folder) != os.path.normpath(folder or os.curdir)
        copied = CopiedConfiguration(folder, [module, *below] if is_copied else [], self._disk)
        module = copied_into(module, folder, every) if is_copied else module
        given = self._given(module)[0]
        changed = [*self._changed(module, every), *copied.over()]
        return TerragruntRoot(file, module, below, given, copied.beside(), included, other, changed)

    def _changed(self, module: Loaded, files: Sequence[TerragruntFile]) -> list[str]:
        """What Terragrunt writes over a module, in words, so that nobody knows what that has."""
        from awslint_memo.readers.recognition import template

        names = self._disk.names(module.path)
        every = ((ModuleFiles(names, module.files, file.evaluate, template), file.written) for file in files)
        return [what for into, written in every for what in into.changed(written)]

    def _source(
        self, file: TerragruntFile, here: Surroundings, included: Iterable[Included]
    ) -> tuple[tuple[str, Node] | None, str | None]:
        """What the `source` of a file says and where, be it that of one that it includes, and the folder that it names,
        relative to its own; None for one that is not local or not known."""
        if file.module is not None:
            local = local_source(file.module[0], here.folder, str(self._disk.root_above(file.source.path)))
            return file.module, local or folder_of(file.evaluate(file.module[1]), here)
        named = [(module, each.file) for each in included if (module := each.file.module) is not None]
        if len(named) != 1:
            return None, "."
        ((module, other),) = named
        # Who resolves a path that does not begin at a known folder is not asked.
        return module, folder_of(other.evaluate(module[1]), here)

    def _surroundings(self, folder: str) -> Surroundings:
        return Surroundings(self._disk, folder, folder, self._shared_file)

    def _shared_file(self, path: str) -> TerragruntFile | None:
        """A file that others include or read; None if it can't be read."""
        if path not in self._shared:
            try:
                self._shared[path] = TerragruntFile(self._disk.read(path))
            except Problem:
                self._shared[path] = None
        return self._shared[path]

    def _included(self, file: TerragruntFile, here: Surroundings) -> list[Included] | None:
        """The files that a `terragrunt.hcl` includes; None if they can't all be read."""
        found: list[Included] = []
        for node, strategy in file.includes:
            written = None if node is None else file.evaluate(node).text
            path = None if written is None else here.path(written)
            if strategy not in STRATEGIES or path is None or not self._disk.is_file(path):
                return None
            shared = self._shared_file(path)
            if shared is None:
                return None
            if strategy != NO_MERGE:
                found.append(Included(shared.at(replace(here, included=path)), strategy))
        # Terragrunt takes no files of which the included ones include others.
        return None if any(each.file.includes or each.file.problems for each in found) else found

    def _stack(self, folder: str, named: Mapping[str, StackFile]) -> Template:
        """The stack in a folder, of all of its files, those that were not named included."""
        beside = [name for name in self._disk.names(folder) if name.endswith(STACKS)]
        is_whole = not left_out(self._disk, folder, STACKS)
        whole = [
            named.get(name) or StackFile(self._disk.read(os.path.join(folder, name)))
            for name in sorted({*beside, *named})
        ]
        called = partial(self.directories.called, tool=TERRAFORM)  # OpenTofu has no stacks.
        find = partial(self.directories.find, folder, TERRAFORM)
        known = partial(self.directories.known, folder)
        directory = Directory(stack_sections(whole), os.path.abspath(folder), is_whole, find, known=known)
        self.directories.meet(directory)
        loaded = Loaded(folder, [*whole], [], directory)
        return StackRoot(whole, directory, reached(called, loaded))

    def _written(self, plan: TerraformSnapshot) -> PlanSource | None:
        """The configuration of a plan or state: the one that the user names, or one in its directory that matches."""
        named = self._plan_source
        loaded = self.directories.load(named or os.path.dirname(plan.source.path))
        if loaded.directory is None:
            plan.notices += [] if named is None else [self._unread(named, loaded)]
            return None
        below = [file for other in reached(self.directories.called, loaded) for file in other.files]
        given, _ = self._given(loaded)
        written = PlanSource(loaded.directory, [*loaded.files, *below], given, plan.variables)
        written.is_same = not loaded.problems and plan.is_of(written)
        if named is not None and not written.is_same:
            plan.notices.append(loaded.unlike(named))
        return written if named is not None or written.is_same else None

    def _unread(self, source: str, loaded: Loaded) -> str:
        """Says that the configuration that the user named for a plan can't be used, so that it is judged alone."""
        what = "has no Terraform configuration" if self._disk.is_folder(source) else "is no folder"
        why = str(loaded.problems[0]) if loaded.problems else f"it {what}"
        return f"judged without --source {source}: {why}"

    def _modules(self, loaded: Loaded, named: Sequence[TerraformConfiguration]) -> Iterator[TerraformDirectory]:
        """The root module in a directory as OpenTofu reads it, which knows how Terraform does."""
        if loaded.directory is None:
            yield from filter(None, [self._module(self.directories.load(loaded.path, TERRAFORM), named, TERRAFORM)])
        else:
            made = self._module(loaded, named, OPENTOFU)
            yield from [] if made is None else [made]

    def _module(self, loaded: Loaded, named: Sequence[TerraformConfiguration], tool: Tool) -> TerraformDirectory | None:
        given, problems = self._given(loaded)
        paths = {terraform_configuration.source.path for terraform_configuration in named}
        twice = [problem for problem in loaded.problems if isinstance(problem, DuplicateError)]
        # If only one of the two files is named, it is meant, and the module may be a folder of examples.
        problems += [one for one in loaded.problems if not isinstance(one, DuplicateError) or one.paths <= paths]
        problems += self.directories.installed(loaded.path).problems
        directory = loaded.directory
        if directory is not None and not all(duplicate_error.paths <= paths for duplicate_error in twice):
            own = [file for file in loaded.files if file.source.path in paths]
            others = [file for file in loaded.files if file.source.path not in paths]
            directory = self.directories.joined(loaded.path, [*own, *others], Flaws(), tool)
        if directory is None:
            return None
        environments = partial(self._environments, loaded.path, directory)
        called = partial(self.directories.called, tool=tool)
        other = partial(self._other_reading, loaded.path, named) if tool == OPENTOFU else None
        state = partial(self._has_state, loaded.path)
        return TerraformDirectory(called, loaded, directory, named, given, problems, environments, other, state)

    def _has_state(self, path: str, is_called: bool) -> bool:
        """Whether a directory has a state, or where `init` has noted the backend of one, or commands apply it; and of
        one that no other one calls, whether `init` was run there. is_called: whether one does."""
        files = (os.path.join(path, STATE), os.path.join(path, ".terraform", STATE))
        if any(map(self._disk.is_file, files)) or self._deployed_folders.is_applied(path):
            return True
        return not is_called and self._deployed_folders.has_lock(path)

    def _other_reading(self, path: str, named: Sequence[TerraformConfiguration]) -> TerraformDirectory | None:
        """The root module in a directory as Terraform reads it; None if it reads nothing there."""
        return self._module(self.directories.load(path, TERRAFORM), named, TERRAFORM)

    def _environments(self, path: str, directory: Directory) -> Environments | None:
        """The deployments that files of variables describe; None if the user names files, or may have others."""
        declared = directory.sections.variables
        if self.variables.are_named(path) or not declared or not directory.is_whole:
            return None
        return self._environment_files.of(path, declared)

    def _given(self, loaded: Loaded) -> tuple[dict[str, Given], list[Problem]]:
        """The values that files of variables give to a root module, and what is wrong in these."""
        directory = loaded.directory
        if directory is None:
            return self.variables.given(loaded.path, None)
        return self.variables.given(loaded.path, directory.sections, directory.local)
