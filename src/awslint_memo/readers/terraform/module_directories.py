"""The directories of Terraform configuration that a run meets: each file is read once, whoever asks for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from awslint_memo.files.files import Files
from awslint_memo.files.tracked import Tracked
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration
from awslint_memo.readers.terraform.directories import Directory, Installed, installed, is_local, left_out, shown
from awslint_memo.readers.terraform.file_names import OPENTOFU, SUFFIXES, TERRAFORM, Tool, is_override, read_names
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.module_sources import ModuleSources
from awslint_memo.readers.terraform.roots import Loaded
from awslint_memo.readers.terraform.sections import joined, overridden, without_base
from awslint_memo.syntax.node import Flaws


class FolderSettings(Protocol):
    """What a configuration says of the modules in a folder."""

    var_files: Sequence[str]
    """Files with values of their variables."""
    modules: Mapping[str, str]
    """By the beginning of the sources of modules, the folder that has them."""
    public_modules: bool
    """Whether calls of public modules that are not downloaded are judged by facts."""


class ModuleDirectories:
    """The directories that were read so far, as each tool reads them, by absolute path."""

    def __init__(self, files: Files, at: Callable[[str], FolderSettings] | None) -> None:
        """at: gives what the configuration of a folder says; None: no folder has one."""
        self._disk = files
        self._at = at
        self._files: dict[str, TerraformConfiguration] = {}
        self._names: dict[str, list[str]] = {}
        """The names of these files by folder."""
        self._loaded: dict[tuple[str, Tool], Loaded] = {}
        self._installed: dict[str, Installed] = {}
        self._callers: dict[str, Directory] = {}
        self._sources = ModuleSources(files, lambda folder: {} if at is None else at(folder).modules)
        self._tracked = Tracked(files.disk)
        files.at_end(self)

    def forget(self) -> None:
        """Let go of the directories, which know where to find others, once nobody asks any more."""
        vars(self).clear()

    def keep(self, where: str, file: TerraformConfiguration) -> None:
        """Take a file that was read, whose absolute path is `where`, as part of its directory."""
        self._files[where] = file
        self._names.setdefault(os.path.dirname(where), []).append(os.path.basename(where))

    def meet(self, directory: Directory) -> None:
        """Take a directory as one that calls modules, so that a notice about a call can tell its place."""
        self._callers[directory.path] = directory

    def load(self, path: str, tool: Tool = OPENTOFU) -> Loaded:
        """The module in a directory as a tool reads it; without files if there is no such directory."""
        key = os.path.abspath(path), tool
        if key not in self._loaded:
            self._loaded[key] = self._load(path, tool)
        return self._loaded[key]

    def _load(self, path: str, tool: Tool) -> Loaded:
        loaded = Loaded(path)
        here = os.path.abspath(path)
        # A file from standard input need not exist on disk.
        every = sorted({*self._names.get(here, ()), *self._disk.names(path)})
        names = read_names(every, tool)
        if tool == TERRAFORM and names == read_names(every):
            # Only the modules that it calls may be others.
            same = self.load(path)
            find = partial(self.find, path, tool)
            directory = replace(same.directory, find=find) if same.directory is not None else None
            return Loaded(path, same.files, same.problems, directory)
        for name in names:
            self._add(loaded, os.path.join(path, name))
        loaded.problems += [problem for file in loaded.files for problem in file.problems]
        loaded.directory = self.joined(path, loaded.files, Flaws(problems=loaded.problems), tool)
        return loaded

    def _add(self, loaded: Loaded, path: str) -> None:
        try:
            terraform_configuration = self._file(path)
        except Problem as problem:
            loaded.problems.append(problem)
        else:
            loaded.files += [terraform_configuration] if terraform_configuration is not None else []

    def joined(self, path: str, files: Sequence[TerraformConfiguration], flaws: Flaws, tool: Tool) -> Directory | None:
        """The files of a directory as one module, as a tool reads it; None without files. flaws: receives errors."""
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
        find, listed = partial(self.find, path, tool), partial(self.installed, path)
        is_whole = not any(problem.hides for problem in flaws.problems) and not left_out(self._disk, path, SUFFIXES)
        known = partial(self.known, path)
        broken = [problem.span for problem in flaws.problems]
        directory = Directory(whole, os.path.abspath(path), is_whole, find, listed, local, known, broken=broken)
        self.meet(directory)
        return directory

    def find(self, path: str, tool: Tool, source: str, folder: str | None) -> Directory | None:
        """As `called`, without the files."""
        below = self.called(path, source, folder, tool)
        return below.directory if below is not None else None

    def called(self, path: str, source: str, folder: str | None, tool: Tool = OPENTOFU) -> Loaded | None:
        """The directory that a module call in `path` refers to, as a tool reads it; None if there is none.

        folder: the one that it was downloaded to, if it was; a local `source` needs none, nor one of
        `ModuleSources`.
        """
        if is_local(source):
            folder = os.path.normpath(os.path.join(path, source))
        elif folder is None:
            folder = self._sources.folder(path, source)
        if folder is not None and not self._disk.is_inside(folder):
            self._leave(path, source)
            return None
        loaded = self.load(self._disk.usual(folder), tool) if folder is not None else None
        return loaded if loaded is not None and loaded.files else None

    def known(self, path: str, block: Block) -> Directory | None:
        """The public module that a call in `path` names, if there are facts about it."""
        if self._at is not None and not self._at(path).public_modules:
            return None
        from awslint_memo.readers.terraform_modules.known import known_directory  # Many roots call no such module.

        return known_directory(block)

    def _leave(self, path: str, source: str) -> None:
        """Note that the module calls of a directory with this `source` lead out of the root, if nothing is known of the
        module either."""
        caller = self._callers.get(os.path.abspath(path))
        for block in caller.sections.modules.values() if caller is not None else ():
            if literal(block.arguments.get("source")) == source and self.known(path, block) is None:
                where = os.path.normpath(os.path.join(path, source))
                self._disk.leave(f"module {block.name}", shown(source), block.place, where)

    def installed(self, path: str) -> Installed:
        """What was downloaded for the root module in a directory."""
        where = os.path.abspath(path)
        if where not in self._installed:
            self._installed[where] = installed(self._disk, path, self._tracked)
        return self._installed[where]

    def _file(self, path: str) -> TerraformConfiguration | None:
        where = os.path.abspath(path)
        if where not in self._files:
            from awslint_memo.readers.recognition import template

            made = template(self._disk.read(path), self._disk)
            if not isinstance(made, TerraformConfiguration):
                return None
            self.keep(where, made)
        return self._files[where]
