"""Reads the directories of Terraform configuration in a run: each is a module, and each file is read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.configuration import PlanSource
from awslint_memo.readers.plan.plan import TerraformPlan
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.directories import Directory, Installed, installed, is_local, left_out
from awslint_memo.readers.terraform.environments import EnvironmentFiles, Environments
from awslint_memo.readers.terraform.file_names import STACKS, SUFFIXES, is_override, is_read, local_source, read_names
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.roots import Loaded, TerraformDirectory, reached
from awslint_memo.readers.terraform.sections import DuplicateError, joined, overridden, without_base
from awslint_memo.readers.terraform.stacks import StackFile, StackRoot, stack_sections
from awslint_memo.readers.terraform.terragrunt import TerragruntFile, TerragruntRoot
from awslint_memo.readers.terraform.variable_files import VariableFiles
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import Flaws

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
        near: Callable[[str], Sequence[str]] | None = None,
    ) -> None:
        """Raise Problem for a file of variables that can't be read. near: gives the files of variables of a folder."""
        self._disk = files
        self._plan_source = plan_source
        self.variables = VariableFiles(files, var_files, near)
        self._environment_files = EnvironmentFiles(files)
        self._files: dict[str, TerraformConfiguration] = {}
        self._names: dict[str, list[str]] = {}
        """The names of these files by folder."""
        self._loaded: dict[str, Loaded] = {}
        self._installed: dict[str, Installed] = {}
        self._callers: dict[str, Directory] = {}
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
                self._keep(os.path.abspath(template.source.path), template)
                mine.setdefault(os.path.dirname(template.source.path), []).append(template)
            elif isinstance(template, StackFile):
                folder, name = os.path.split(template.source.path)
                stacks.setdefault(folder, {})[name] = template
            else:
                made.append(template)
        plans = [one for one in made if isinstance(one, TerraformPlan)]
        made = [one for one in made if not isinstance(one, TerraformPlan)]
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
        loaded = self.load(path)
        own = [file for file in files if any(file is other for other in loaded.files)]
        # A file that another one stands for is checked by itself if nothing else of its directory is.
        return [*self._modules(loaded, own)] if own else files

    def _terragrunt(self, file: TerragruntFile) -> Template:
        folder = os.path.dirname(file.source.path)
        source_place = file.module
        source = (
            "."
            if source_place is None
            else local_source(source_place[0], folder, str(self._disk.root_above(file.source.path)))
        )
        is_outside = (
            source_place is not None and source is not None and not self._disk.is_inside(os.path.join(folder, source))
        )
        if source_place is not None and is_outside:
            self._disk.leave("the module", *source_place)
        module = self.called(folder, f"./{source}", None) if source is not None and not is_outside else None
        below = reached(self.called, module) if module is not None else []
        return TerragruntRoot(file, module, below, self._given(module)[0] if module is not None else {})

    def _stack(self, folder: str, named: Mapping[str, StackFile]) -> Template:
        """The stack in a folder, of all of its files, those that were not named included."""
        beside = [name for name in self._disk.names(folder) if name.endswith(STACKS)]
        is_whole = not left_out(self._disk, folder, STACKS)
        whole = [
            named.get(name) or StackFile(self._disk.read(os.path.join(folder, name)))
            for name in sorted({*beside, *named})
        ]
        find = partial(self._find, folder)
        directory = Directory(stack_sections(whole), os.path.abspath(folder), is_whole, find)
        self._callers[os.path.abspath(folder)] = directory
        loaded = Loaded(folder, [*whole], [], directory)
        return StackRoot(whole, directory, reached(self.called, loaded))

    def _written(self, plan: TerraformPlan) -> PlanSource | None:
        """The configuration of a plan: the one that the user names, or one in the plan's directory that matches."""
        named = self._plan_source
        loaded = self.load(named or os.path.dirname(plan.source.path))
        if loaded.directory is None:
            plan.notices += [] if named is None else [self._unread(named, loaded)]
            return None
        below = [file for other in reached(self.called, loaded) for file in other.files]
        given, _ = self._given(loaded)
        written = PlanSource(loaded.directory, [*loaded.files, *below], given, plan.variables)
        written.is_same = not loaded.problems and written.fits(plan.configuration)
        if named is not None and not written.is_same:
            plan.notices.append(loaded.unlike(named))
        return written if named is not None or written.is_same else None

    def _unread(self, source: str, loaded: Loaded) -> str:
        """Says that the configuration that the user named for a plan can't be used, so that it is judged alone."""
        what = "has no Terraform configuration" if self._disk.is_folder(source) else "is no folder"
        why = str(loaded.problems[0]) if loaded.problems else f"it {what}"
        return f"judged without --source {source}: {why}"

    def _modules(self, loaded: Loaded, named: Sequence[TerraformConfiguration]) -> Iterator[TerraformDirectory]:
        given, problems = self._given(loaded)
        paths = {terraform_configuration.source.path for terraform_configuration in named}
        twice = [problem for problem in loaded.problems if isinstance(problem, DuplicateError)]
        # If only one of the two files is named, it is meant, and the module may be a folder of examples.
        problems += [one for one in loaded.problems if not isinstance(one, DuplicateError) or one.paths <= paths]
        problems += self.installed(loaded.path).problems
        directory = loaded.directory
        if directory is not None and not all(duplicate_error.paths <= paths for duplicate_error in twice):
            others = [file for file in loaded.files if file.source.path not in paths]
            directory = self._directory(loaded.path, [*named, *others], Flaws())
        if directory is not None:
            environments = partial(self._environments, loaded.path, directory)
            yield TerraformDirectory(self.called, loaded, directory, named, given, problems, environments)

    def _environments(self, path: str, directory: Directory) -> Environments | None:
        """The deployments that files of variables describe; None if the user names files, or may have others."""
        declared = directory.sections.variables
        if self.variables.are_named(path) or not declared or not directory.is_whole:
            return None
        return self._environment_files.of(path, declared)

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
        for name in read_names(sorted({*self._names.get(here, ()), *self._disk.names(path)})):
            self._add(loaded, os.path.join(path, name))
        loaded.problems += [problem for file in loaded.files for problem in file.problems]
        loaded.directory = self._directory(path, loaded.files, Flaws(problems=loaded.problems))
        return loaded

    def _add(self, loaded: Loaded, path: str) -> None:
        try:
            terraform_configuration = self._file(path)
        except Problem as problem:
            loaded.problems.append(problem)
        else:
            loaded.files += [terraform_configuration] if terraform_configuration is not None else []

    def _directory(self, path: str, files: Sequence[TerraformConfiguration], flaws: Flaws) -> Directory | None:
        if not files:
            return None
        whole = joined(
            (
                terraform_configuration.sections
                for terraform_configuration in files
                if not is_override(terraform_configuration.source.path)
            ),
            flaws,
        )
        for sections in (file.sections for file in files if is_override(file.source.path)):
            for problem in without_base(whole, sections):
                flaws.note(problem)
            whole = overridden(whole, sections)
        local = LocalFiles(self._disk, path)
        find, listed = partial(self._find, path), partial(self.installed, path)
        is_whole = not flaws.problems and not left_out(self._disk, path, SUFFIXES)
        directory = Directory(whole, os.path.abspath(path), is_whole, find, listed, local)
        self._callers[directory.path] = directory
        return directory

    def _find(self, path: str, source: str, folder: str | None) -> Directory | None:
        below = self.called(path, source, folder)
        return below.directory if below is not None else None

    def called(self, path: str, source: str, folder: str | None) -> Loaded | None:
        """The directory that a module call in `path` refers to; None if there is none.

        folder: the one that it was downloaded to, if it was; a local `source` needs none.
        """
        if is_local(source):
            folder = os.path.normpath(os.path.join(path, source))
        if folder is not None and not self._disk.is_inside(folder):
            self._leave(path, source)
            return None
        loaded = self.load(self._disk.usual(folder)) if folder is not None else None
        return loaded if loaded is not None and loaded.files else None

    def _leave(self, path: str, source: str) -> None:
        """Note that the module calls of a directory with this `source` lead out of the root."""
        caller = self._callers.get(os.path.abspath(path))
        for block in caller.sections.modules.values() if caller is not None else ():
            if literal(block.arguments.get("source")) == source:
                self._disk.leave(f"module {block.name}", source, block.place)

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
            self._keep(where, made)
        return self._files[where]

    def _keep(self, where: str, file: TerraformConfiguration) -> None:
        self._files[where] = file
        self._names.setdefault(os.path.dirname(where), []).append(os.path.basename(where))

    def _given(self, loaded: Loaded) -> tuple[dict[str, Given], list[Problem]]:
        """The values that files of variables give to a root module, and what is wrong in these."""
        return self.variables.given(loaded.path, loaded.directory.sections if loaded.directory is not None else None)
