"""The tables of facts about public modules: a file of this package for each module, with all releases that it knows.

A table is `{"source", "repository", "read", "versions", "parts", "facts"}`: the address in the registry, that of the
repository, the day on which it was read, the known versions, ascending, each with the commit of its tag, and by name
what several facts have inside. A line of "facts" is `[FIRST, LAST, FOLDER, KEY, FACT]`: it holds from one version to
another, both by their number and included, in a folder of the repository. KEY is `variable.NAME`, `local.NAME`,
`output.NAME`, `data.TYPE.NAME.ARGUMENT`, `resource.TYPE.NAME.ARGUMENT` or `module.NAME.ARGUMENT`; without an argument,
it says only that the block is there.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.files.rule_files import PACKAGE
from awslint_memo.files.source import read
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.version_constraints import allows
from awslint_memo.readers.terraform_modules.facts import Fact, Facts
from awslint_memo.readers.terraform_modules.nodes import Blocks

FOLDER = os.path.join(PACKAGE, "readers", "terraform_modules", "facts")
"""The folder of the tables. Tests set it to one with modules of their own."""

_NAME = regex(r"[0-9a-z][0-9a-z_-]*")


class Table:
    """What is known of one module. data: that of its file."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._lines: Sequence[tuple[int, int, str, str, Any]] = data["facts"]
        self._facts = Facts(data.get("parts", {}))
        self.source: str = data["source"]
        self.repository: str = data["repository"]
        self.read: str = data["read"]
        self.versions: Mapping[str, str] = data["versions"]
        self._releases: dict[str, Release] = {}
        self._newest: dict[str, Release | None] = {}

    def newest(self, constraint: str) -> Release | None:
        """The newest release that a constraint allows; None if there is none, or if it can't be read."""
        if constraint not in self._newest:
            newest = next((version for version in reversed([*self.versions]) if allows(constraint, version)), None)
            self._newest[constraint] = None if newest is None else self._release(newest)
        return self._newest[constraint]

    def at(self, revision: str) -> Release | None:
        """The release that a tag or a whole commit has; None if there is none."""
        number = revision.removeprefix("v")
        found = (version for version, commit in self.versions.items() if version == number or commit == revision)
        version = next(found, None)
        return None if version is None else self._release(version)

    def _release(self, version: str) -> Release:
        if version not in self._releases:
            number = list(self.versions).index(version)
            facts = (line[2:] for line in self._lines if line[0] <= number <= line[1])
            self._releases[version] = Release(self, version, self._facts, facts)
        return self._releases[version]


class Release:
    """One version of a module. stated: the facts about it, each by folder and key."""

    def __init__(self, table: Table, version: str, facts: Facts, stated: Iterable[tuple[str, str, Any]]) -> None:
        self.table = table
        self.version = version
        self._facts = facts
        self._stated = stated

    @property
    def source(self) -> str:
        """The address of the module in the registry."""
        return self.table.source

    @property
    def day(self) -> str:
        """The day on which it was read."""
        return self.table.read

    def __str__(self) -> str:
        """The address of the module, and its version."""
        return f"{self.source} {self.version}"

    def tells(self, type_: str, argument: str) -> bool:
        """Whether it is known what an argument of a resource of a Terraform type is, or that there is none."""
        from awslint_memo.readers.terraform_modules.kept import is_told

        return is_told(type_, argument)

    @cached_property
    def folders(self) -> Mapping[str, Blocks]:
        """The blocks of the module in each folder of its repository."""
        folders: dict[str, dict[tuple[str, ...], dict[str, Fact]]] = {}
        for folder, key, stated in self._stated:
            kind, *names = key.split(".")
            labels = 2 if kind in ("data", "resource") else 1
            arguments = folders.setdefault(folder, {}).setdefault((kind, *names[:labels]), {})
            fact = self._facts.fact(stated)
            if len(names) > labels:
                arguments[".".join(names[labels:])] = fact
            elif kind in ("local", "output"):
                arguments["value"] = fact
            elif isinstance(fact.parts, Mapping):
                arguments.update(fact.parts)
        return folders


@lru_cache(maxsize=64)
def table(*address: str) -> Table | None:
    """The table about a module by its address in a registry: namespace, name and provider; None if there is none."""
    if not all(map(_NAME.fullmatch, address)):
        return None
    try:
        source = read(os.path.join(FOLDER, f"{'.'.join(address)}.json"))
    except Problem:
        return None
    return Table(json.loads(source.data))
