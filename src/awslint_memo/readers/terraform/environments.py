"""The deployments that files of variables below or beside a root module describe: `environments/prod/main.tfvars`.

Terraform reads such a file only where somebody names it, which the command of each environment does. Which root it is
for is told by the variables that it sets: all of them are the root's.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.model.facts import Declared
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import may_have_values, name_words
from awslint_memo.model.partial import SOPS
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.commanded_files import CommandedFiles, is_for
from awslint_memo.readers.terraform.file_names import TERRAGRUNT, is_automatic, read_names
from awslint_memo.readers.terraform.variable_files import FromFile, variables_in

MOST_ENVIRONMENTS = 40
"""How many deployments are looked at for one root; public repositories have up to 13."""

_ABOVE = (os.pardir, os.pardir)

_BLOCK = regex(r"(?m)^[ \t]*(?:resource|module|data|variable|locals|output|provider|check|import|moved)\b")
"""What a configuration has besides `terraform {}`."""

_DEPTH = 5
"""How many folders below a root or beside it a file may be."""

_NAMED_ENVIRONMENT = frozenset((
    *Declared().production, *Declared().development, "stage", "stg", "qa", "uat", "int", "integration", "preprod",
))  # fmt: skip
"""Words in the name of a folder that has the files of one environment."""

_OF_BACKEND = frozenset((
    "bucket", "key", "region", "dynamodb_table", "encrypt", "profile", "workspace_key_prefix", "role_arn", "kms_key_id",
    "use_lockfile", "acl", "assume_role", "allowed_account_ids", "resource_group_name", "storage_account_name",
    "container_name", "organization", "workspaces", "hostname", "prefix",
))  # fmt: skip
"""What files for `-backend-config` set, which are no variables
(https://developer.hashicorp.com/terraform/language/backend/s3, read on 2026-11-29)."""


@record
class Environments:
    """The deployments of one root. values: by name, what their files give. files: the paths that were taken.

    left_out: files beyond the most that are looked at. unfit: files that set what the root has no variable for. told:
    the names of those that only a command of the repository tells of, which are judged beside the default values.
    """

    values: dict[str, dict[str, FromFile]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unfit: list[str] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    used: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By name, the files that give the values, in their order."""


class EnvironmentFiles:
    """Finds the files of variables of environments."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._below: dict[tuple[str, int], list[str]] = {}
        self._values: dict[str, Mapping[str, FromFile] | None] = {}
        self._roots: dict[str, bool] = {}
        self._commanded = CommandedFiles(files)

    def of(self, folder: str, declared: Collection[str]) -> Environments:
        """The deployments of the root in a folder. declared: the names of its variables."""
        here = os.path.normpath(folder or os.curdir)
        own = [os.path.join(folder, name) for name in self._files.names(folder) if _is_named(name)]
        own += self._inside(here)
        beside = self._beside(here)
        setting = {path: set(self._read(path) or ()) - {SOPS} for path in dict.fromkeys((*own, *beside))}
        known = set(declared)

        def fits(path: str) -> bool:
            names = setting[path]
            # Terraform takes what it has no variable for with a warning, and one of ten such files has some.
            is_own = path not in beside or _stem(path) == os.path.basename(os.path.abspath(here))
            return bool(names) and (2 * len(names & known) > len(names) if is_own else _are_nearly_all(names, known))

        fit = [path for path in setting if fits(path)]
        environments = self._environments(here, fit)
        self._take_commanded(environments, here, known)
        taken = {os.path.abspath(path) for path in environments.files} | self._commanded.backends(here)
        unfit = [path for path, names in setting.items() if path not in fit and not names <= _OF_BACKEND]
        environments.unfit += [path for path in unfit if os.path.abspath(path) not in taken]
        return environments

    def _take_commanded(self, environments: Environments, here: str, known: set[str]) -> None:
        """Add the deployments that commands of the repository tell of: no file alone takes a deployment away."""
        used = {tuple(map(os.path.abspath, paths)) for paths in environments.used.values()}
        for paths, is_sure in self._commanded.of(here):
            names = {name for path in paths for name in self._read(path) or ()} - {SOPS}
            whole = tuple(map(os.path.abspath, paths))
            if whole in used or not is_for(names, known, is_sure=is_sure):
                continue
            used.add(whole)
            if len(environments.values) >= MOST_ENVIRONMENTS:
                environments.left_out += paths
                continue
            name = path_from(paths[-1], here).replace(os.sep, "/")
            if len(paths) > 1:
                name += f" with {listed([os.path.basename(path) for path in paths[:-1]], len(paths))}"
            if name not in environments.values:
                environments.told.add(name)
                self._add(environments, name, paths)

    def _add(self, environments: Environments, name: str, paths: Sequence[str]) -> None:
        values: dict[str, FromFile] = {}
        for path in paths:
            values.update(self._read(path) or {})
        environments.values[name] = values
        environments.used[name] = tuple(paths)
        environments.files += [path for path in paths if path not in environments.files]

    def _beside(self, here: str) -> list[str]:
        """The files in folders beside a root and beside the folder that it is in.

        Those that are named as another folder beside it are for the root in that, and further off only those are for
        this one that are named as it is, or for all.
        """
        parent, above = os.path.normpath(os.path.join(here, os.pardir)), os.path.normpath(os.path.join(here, *_ABOVE))
        if not self._files.is_inside(parent) or self._is_root(parent):
            return []
        name, others = os.path.basename(os.path.abspath(here)), self._files.listing(parent).folders
        found = [path for path in self._inside(parent) if _stem(path) == name or _stem(path) not in others]
        shared = [os.path.join(parent, each) for each in self._files.names(parent) if _is_named(each)]
        found = [*(path for path in shared if _is_common(path) or _stem(path) == name), *found]
        if self._files.is_inside(above) and not self._is_root(above):
            further = [path for path in self._inside(above) if path not in found]
            named = [path for path in further if _stem(path) == name]
            found += [path for path in further if _is_common(path) and any(_is_for(path, one) for one in named)] + named
        return found

    def _inside(self, folder: str, depth: int = _DEPTH) -> list[str]:
        """The files in the folders below a folder that are no roots themselves. depth: how many folders further."""
        if (folder, depth) not in self._below:
            found: list[str] = []
            for name in self._files.listing(folder).folders:
                below = os.path.join(folder, name)
                if name not in SKIPPED and not self._is_root(below):
                    found += (os.path.join(below, one) for one in self._files.names(below) if may_have_values(one))
                    found += self._inside(below, depth - 1) if depth else ()
            self._below[folder, depth] = found
        return self._below[folder, depth]

    def _is_root(self, folder: str) -> bool:
        """Whether a folder has a configuration of its own: more than what sets the backend of an environment."""
        if folder not in self._roots:
            names = self._files.names(folder)
            paths = (os.path.join(folder, name) for name in read_names(names))
            self._roots[folder] = TERRAGRUNT in names or any(map(self._has_blocks, paths))
        return self._roots[folder]

    def _has_blocks(self, path: str) -> bool:
        try:
            return path.endswith(".json") or _BLOCK.search(self._files.read(path).text) is not None
        except Problem:
            return True

    def _read(self, path: str) -> Mapping[str, FromFile] | None:
        if path not in self._values:
            try:
                self._values[path] = variables_in(self._files.read(path), is_named=True)
            except Problem:
                self._values[path] = None  # It is for a program that nobody has named.
        return self._values[path]

    def _environments(self, root: str, paths: Sequence[str]) -> Environments:
        environments = Environments()
        folders: dict[str, list[str]] = {}
        for path in paths:
            folders.setdefault(os.path.dirname(path), []).append(path)
        common = [path for path in paths if _is_common(path)]
        for inside in folders.values():
            for group in self._groups([path for path in inside if path not in common]):
                used = [path for path in common if _is_for(path, group[0])] + group
                name = path_from(group[-1] if len(group) == 1 else os.path.dirname(group[0]), root)
                if len(environments.values) == MOST_ENVIRONMENTS:
                    environments.left_out += group
                    continue
                self._add(environments, name.replace(os.sep, "/"), used)
        if common and not environments.values:
            self._add(environments, path_from(common[-1], root).replace(os.sep, "/"), common)
        return environments

    def _groups(self, paths: Sequence[str]) -> Iterable[list[str]]:
        """The files of one folder that are used together: each alone, but in the folder of an environment.

        There, those that set the same variables are alternatives, and what sets others is used with each of them.
        """
        if not paths or not _NAMED_ENVIRONMENT.intersection(name_words(os.path.dirname(paths[0]))):
            return [[path] for path in paths]
        names = {path: set(self._read(path) or ()) for path in paths}

        def overlap(path: str) -> bool:
            return any(path != other and names[path] & names[other] for other in paths)

        alternatives = [path for path in paths if overlap(path)]
        others = [path for path in paths if path not in alternatives]
        return [[*others, path] for path in alternatives] if alternatives else [others] if others else []


def _is_named(name: str) -> bool:
    """Whether a file of variables beside the configuration is read only where somebody names it."""
    return may_have_values(name) and not is_automatic(name)


def _are_nearly_all(names: set[str], known: set[str]) -> bool:
    """Whether names are those of a root's variables, but for one in ten that is left from former ones."""
    return 10 * len(names - known) <= len(names)


def _stem(path: str) -> str:
    """The name of a file without its endings."""
    return os.path.basename(path).partition(".")[0]


def _is_common(path: str) -> bool:
    """Whether a file is named as one for all environments."""
    return _stem(path).lower() in ("common", "shared", "global", "globals", "base", "all")


def _is_for(common: str, path: str) -> bool:
    """Whether a common file is for the environment of another one: that is in its folder or below it."""
    return os.path.join(os.path.dirname(path), "").startswith(os.path.join(os.path.dirname(common), ""))
