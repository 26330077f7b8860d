"""A directory of Terraform configuration as one template, with the local modules that it calls."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.source import Source
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Value
from awslint_memo.readers.template import Deployments, Inputs, Template
from awslint_memo.readers.terraform.configuration import TerraformConfiguration, deployed
from awslint_memo.readers.terraform.inputs import FromFile, ineffective, inputs
from awslint_memo.readers.terraform.loaded import Called, Loaded, reached
from awslint_memo.readers.terraform.sections import Directory, Sections
from awslint_memo.readers.terraform.variables import Given
from awslint_memo.syntax.node import plain

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part


class TerraformDirectory:
    """A root module. named: those of its files that the run is to check; the first is its `source`."""

    language = "terraform"
    is_plan = False

    def __init__(
        self,
        called: Called,
        loaded: Loaded,
        directory: Directory,
        named: Sequence[TerraformConfiguration],
        given: Mapping[str, Given],
        problems: Sequence[Problem],
    ) -> None:
        self.source: Source = named[0].source
        self._calls = called
        self._loaded = loaded
        self._directory = directory
        self._named = named
        self._given = given
        self._problems = problems

    @property
    def nested(self) -> list[Template]:
        """The other named files, and the files of the modules that this one calls."""
        return [*self._named[1:], *(one for loaded in self._called() for one in loaded.files)]

    @property
    def nests(self) -> set[str]:
        """The paths of the files of all local modules that this one calls, directly or through others."""
        return {one.source.path for loaded in self._called() for one in loaded.files}

    @property
    def inputs(self) -> Inputs:
        """Its variables."""
        return inputs(self._directory, self._given)

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
        given = self._given.items()
        if not all(isinstance(one, FromFile) for _, one in given):
            return None
        return {name: (one.place.span, plain(one.node)) for name, one in given if isinstance(one, FromFile)}

    def _called(self) -> list[Loaded]:
        return [one for one in reached(self._calls, self._loaded) if one is not self._loaded]

    @property
    def metadata(self) -> Value:
        """The "//" value of its source file."""
        return self._named[0].metadata

    def comments(self) -> Iterator[tuple[int, str]]:
        """The comments of its source file."""
        return self._named[0].comments()

    def outline(self) -> Part:
        """The blocks and arguments of its source file."""
        return self._named[0].outline()

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """The single deployment; the user's values (`fixed`) override those in files of variables."""
        made, directories = deployed(self._directory, self._given, fixed)
        called = self._called()
        problems = [problem for loaded in called for problem in loaded.problems]
        named = {one.source.path for one in self._named}
        own = {one.source.path for one in self._loaded.files}
        inner = (loaded for loaded in called if os.path.abspath(loaded.path) in directories)
        return replace(
            made,
            problems=(*self._problems, *problems, *made.problems),
            context_files=frozenset(own - named),
            ineffective=tuple(ineffective(self._directory, {**self._given, **(fixed or {})})),
            reached=named.union(one.source.path for loaded in inner for one in loaded.files),
        )
