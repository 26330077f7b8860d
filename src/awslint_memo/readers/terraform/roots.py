"""Root modules as templates, with the local modules that they call: directories, and what all roots have in common."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.files.source import Source
from awslint_memo.model.budget import enlarge, kept
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Deployments, Inputs, Snapshot, Template
from awslint_memo.readers.terraform.blocks import literal
from awslint_memo.readers.terraform.configuration import TerraformConfiguration, deployed
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.file_names import is_for_opentofu
from awslint_memo.readers.terraform.root_module import ineffective, inputs
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.variable_files import FromFile
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import plain

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.environments import Environments
    from awslint_memo.syntax.outline import Part

Called: TypeAlias = "Callable[[str, str, str | None], Loaded | None]"
"""Takes a directory's path, the `source` of a module call and the folder that it was downloaded to, if it was; returns
the called directory, None if there is none."""


@record
class Loaded:
    """A directory with its files, and what is wrong in them. `directory` is None if it has no files."""

    path: str
    files: list[TerraformConfiguration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    directory: Directory | None = None

    def unlike(self, source: str) -> str:
        """Says that the configuration that the user named for a plan is not quite the one that it was made from."""
        why = str(self.problems[0]) if self.problems else "it has other resources or modules than the plan"
        return f"--source {source} only says where resources are, not what the plan leaves open: {why}"


def reached(called: Called, start: Loaded) -> list[Loaded]:
    """The other directories that `start` calls, directly or through others."""
    directories: dict[str, Loaded] = {}
    folders = start.directory.installed().folders if start.directory is not None else {}
    pending = [(start, "")]
    while pending:
        current, above = pending.pop()
        for block in current.directory.sections.modules.values() if current.directory is not None else ():
            key = f"{above}{block.name}"
            below = called(current.path, literal(block.arguments.get("source")) or "", folders.get(key))
            if below is not None and below.path not in directories:
                directories[below.path] = below
                pending.append((below, f"{key}."))
    return [loaded for loaded in directories.values() if loaded is not start]


class Root(ABC):
    """A root as a template. files: its own, of which the first stands for it. below: gives those that it calls.

    It is read as OpenTofu does. other: gives it as Terraform does.
    """

    language = "terraform"
    snapshot: Snapshot = ""

    def __init__(
        self,
        files: Sequence[TerraformConfiguration],
        below: Callable[[], Sequence[Loaded]],
        other: Callable[[], Root | None] | None = None,
    ) -> None:
        self._own = files
        self._below = below
        self._other = other

    @property
    def is_root(self) -> bool:
        """Whether it is surely deployed by itself, which other modules that call it don't change."""
        return True

    @property
    @abstractmethod
    def inputs(self) -> Inputs:
        """Its variables."""

    @abstractmethod
    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The possible deployments; `fixed` overrides the values of variables."""

    @property
    def files(self) -> Sequence[TerraformConfiguration]:
        """All files of the root module."""
        return self._own

    @cached_property
    def other_reading(self) -> Root | None:
        """The same as Terraform reads it; None if OpenTofu reads nothing else."""
        files = (*self.files, *(file for loaded in self._called for file in loaded.files))
        is_same = not any(is_for_opentofu(file.source.path) for file in files)
        return None if is_same or self._other is None else self._other()

    @property
    def _every_called(self) -> Iterator[Loaded]:
        """The directories that it calls in either reading."""
        yield from self._called
        if self.other_reading is not None:
            yield from self.other_reading._called

    @cached_property
    def _called(self) -> Sequence[Loaded]:
        return self._below()

    @property
    def source(self) -> Source:
        """Its first file."""
        return self._own[0].source

    @property
    def nested(self) -> Sequence[Template]:
        """Its other files, and those of the modules that it calls."""
        called = {id(file): file for loaded in self._every_called for file in loaded.files}
        return [*self._own[1:], *called.values()]

    @property
    def nests(self) -> Collection[str]:
        """The paths of the files of all local modules that it calls, directly or through others."""
        return {file.source.path for loaded in self._every_called for file in loaded.files}

    @property
    def metadata(self) -> Value:
        """The "//" value of its first file."""
        return self._own[0].metadata

    def calls(self, path: str) -> Iterable[Collection[str]]:
        """The arguments of each call of the module in a directory; none if they are not known."""
        del path
        return ()

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments of its first file."""
        return self._own[0].comments()

    def outline(self) -> Part:
        """The blocks and arguments of its first file."""
        return self._own[0].outline()

    def _completed(
        self, deployments: Deployments, folders: Collection[str], problems: Iterable[Problem]
    ) -> Deployments:
        """The deployments with the files that they are made of, and what is wrong in all files.

        folders: those of the modules in any deployment. problems: what is wrong in its own files.
        """
        inner = (loaded for loaded in self._called if os.path.abspath(loaded.path) in folders)
        files = (*self._own, *(file for loaded in inner for file in loaded.files))
        below = (problem for loaded in self._called for problem in loaded.problems)
        return replace(
            deployments,
            problems=[*problems, *below, *deployments.problems],
            reached={file.source.path for file in files},
        )


class TerraformDirectory(Root):
    """A root module in a directory. named: those of its files that the run is to check.

    environments: finds the deployments that files of variables describe. state: tells whether something beside it says
    that it is deployed, given whether others call it.
    """

    def __init__(
        self,
        called: Called,
        loaded: Loaded,
        directory: Directory,
        named: Sequence[TerraformConfiguration],
        given: Mapping[str, Given],
        problems: Sequence[Problem],
        environments: Callable[[], Environments | None] = lambda: None,
        other: Callable[[], Root | None] | None = None,
        state: Callable[[bool], bool] = lambda _: False,
    ) -> None:
        super().__init__(named, lambda: reached(called, loaded), other)
        self._has_state = state
        self._find_environments = environments
        self._loaded = loaded
        self._directory = directory
        self._given = given
        self._problems = problems
        self.callers: Sequence[Root] = ()
        """The other roots of the run that call it, as far as its text tells."""

    @cached_property
    def is_root(self) -> bool:
        """Whether it has what only roots have: a backend, a provider's configuration, a state, or values of its own."""
        return bool(self._directory.sections.is_deployed) or self.is_surely_deployed

    @cached_property
    def is_surely_deployed(self) -> bool:
        """Whether somebody deploys it by itself; a provider does not tell that, as its callers may set everything."""
        has_values = any(isinstance(value, FromFile) and not value.is_named for value in self._given.values())
        if any(self._directory.sections.is_deployed) or has_values or self._has_state(bool(self.callers)):
            return True
        return self.environments is not None and bool(self.environments.files)

    @cached_property
    def set_by_callers(self) -> Collection[str]:
        """Its variables of which the default values never apply, as each call sets them and nobody deploys it alone."""
        if self.is_surely_deployed or not self.callers:
            return ()
        path = os.path.abspath(self._loaded.path)
        # Of a variable that is not nullable null means the default value.
        names = {name for name, block in self.sections.variables.items() if "nullable" not in block.arguments}
        for caller in self.callers:
            calls = list(caller.calls(path))
            names = names.intersection(*calls) if calls else set()
        return names

    def calls(self, path: str) -> Iterator[Collection[str]]:
        """The arguments of each call of the module in a directory by itself or by what it calls, but those of null."""
        for loaded in (self._loaded, *self._called):
            for block in loaded.directory.sections.modules.values() if loaded.directory is not None else ():
                source = literal(block.arguments.get("source")) or ""
                called = loaded.directory.find(source, None) if loaded.directory is not None else None
                if called is not None and called.path == path:
                    yield {name for name, node in block.arguments.items() if node.content is not None}

    @property
    def inputs(self) -> Inputs:
        """Its variables."""
        return inputs(self._directory, self._given)

    @property
    def lacking(self) -> set[str]:
        """The variables without a default that get no value from the files which Terraform reads by itself."""
        declared = self._directory.sections.variables.items()
        return {name for name, block in declared if "default" not in block.arguments and name not in self._given}

    @property
    def files(self) -> Sequence[TerraformConfiguration]:
        """All files of the root module."""
        return self._loaded.files

    @property
    def sections(self) -> Sections:
        """The blocks of the root module."""
        return self._directory.sections

    @property
    def values(self) -> Mapping[str, object] | None:
        """What files of variables give, with the places; None if values are from elsewhere too."""
        from_files = {name: value for name, value in self._given.items() if isinstance(value, FromFile)}
        if len(from_files) < len(self._given):
            return None
        return {name: (value.place.span, plain(value.node)) for name, value in from_files.items()}

    @cached_property
    def environments(self) -> Environments | None:
        """The deployments that files of variables below it or beside it describe; None if the user says which."""
        return self._find_environments()

    def _enlarge_budget(self) -> None:
        """Allow more resources for each file that the budget, made for the first one, does not know of."""
        sizes = {file.source.path: len(file.source.data) for file in (*self._loaded.files, *self.nested)}
        enlarge(sum(sizes.values()) - sizes.get(self.source.path, 0))

    def deployments(self, fixed: Mapping[str, str] | None, environment: str = "") -> Deployments:
        """The single deployment; the user's values (`fixed`) override those in files of variables.

        environment: the name of one of `environments`, whose values it has.
        """
        named = self.environments.values[environment] if environment and self.environments is not None else {}
        given = {**self._given, **named}
        directory = self._directory
        has_values = fixed is None and self.environments is not None and bool(self.environments.files)
        if has_values or self._has_state(bool(self.callers)):
            # Who keeps values or a state of a module deploys it, also where it takes the defaults of variables.
            directory = replace(directory, sections=replace(directory.sections, is_deployed=[True]))
        elif self.callers and not any(directory.sections.is_deployed):
            # A provider alone does not tell who deploys it: its callers may set everything.
            directory = replace(directory, sections=replace(directory.sections, is_deployed=[]))
        kept((self.source.path, "files"), self._enlarge_budget)
        made, folders = deployed(directory, given, fixed, lambda: self.environments)
        own = {file.source.path for file in self._loaded.files}
        return replace(
            self._completed(made, folders, self._problems),
            context_files=frozenset(own - {file.source.path for file in self._own}),
            ineffective=tuple(ineffective(self._directory, {**given, **(fixed or {})})),
        )
