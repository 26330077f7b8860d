"""Roots: how the stack or root module of a finding is named, wherever the run is started and whatever the format."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping

from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Template

_TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json", "terragrunt.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl")
_ENDING = regex(r"(\.template)?\.(ya?ml|json|template)$", re.IGNORECASE)
_SURE = ("AWSTemplateFormatVersion", '"planned_values"', '"root_module"', '"lineage"')


def root_of(template: Template, top: str, files: Files) -> str:
    """A template's path without its ending, or the folder of Terraform's configuration; from `top`, with `/`.

    A template keeps its ending where another one beside it, or a folder of Terraform, would have the same name. A plan
    is a root of its own, as it was made for one set of variables, and so is a state.
    """
    path = os.path.abspath(template.source.path)
    if is_folder(template):
        return _from(top, os.path.dirname(path))
    is_shared = files.once(_Namesakes).has(template.source.path)
    return _from(top, path if is_shared else _ENDING.sub("", path))


def root_of_folder(folder: str, files: Files) -> str:
    """The name of the root that Terraform's configuration in a folder, an absolute path, is."""
    return _from(files.root_above(os.path.join(folder, "main.tf")), folder)


def is_folder(template: Template) -> bool:
    """Whether the root of a template is its folder."""
    return template.language == "terraform" and not template.snapshot


class _Namesakes:
    """Which files have others beside them whose names without the ending are the same.

    Files of parameters and others that have no words of a template do not count. Which files a run is given does not
    matter, so that the answer is always the same.
    """

    def __init__(self, files: Files) -> None:
        self._files = files
        self._folders: dict[str, dict[str, list[str]]] = {}

    def has(self, path: str) -> bool:
        """Whether a template shares its name without the ending."""
        folder, name = os.path.split(path)
        stem = _ENDING.sub("", name)
        named = self._named(folder)
        if stem != name and stem in named.get(_ENDING.sub("", stem), ()):
            return True  # This file may have to keep its ending, and then is called so.
        below = os.path.join(folder, stem)
        if stem in self._files.listing(folder).folders and any(map(_is_terraform, self._files.names(below))):
            return True
        others = (os.path.join(folder, other) for other in named.get(stem, ()) if other != name)
        return any(map(self._is_template, others))

    def _named(self, folder: str) -> Mapping[str, Collection[str]]:
        """The names of the files in a folder by what they are without their endings."""
        if folder not in self._folders:
            by_stem = self._folders[folder] = {}
            for name in self._files.names(folder):
                by_stem.setdefault(_ENDING.sub("", name), []).append(name)
        return self._folders[folder]

    def _is_template(self, path: str) -> bool:
        if _is_terraform(path):
            return False
        try:
            words = self._files.read(path).words
        except Problem:
            return True
        return ("Resources" in words and "::" in words) or any(word in words for word in _SURE)


def renamed_roots(renamed: Mapping[str, str], then: Collection[str], now: Collection[str]) -> dict[str, str]:
    """The names that the roots of an earlier time have now, where a template or a whole module has moved.

    renamed: the old path of each file that has moved, by its new one. then, now: the paths of all files. The paths are
    from the top of the repository. A module has moved if all of its files have, into one folder that was none.
    """
    if not renamed:
        return {}
    found = {_ENDING.sub("", old): _ENDING.sub("", new) for new, old in renamed.items() if not _is_terraform(old)}
    modules_then, modules_now = ({_folder(path) for path in paths if _is_terraform(path)} for paths in (then, now))
    targets: dict[str, set[str]] = {}
    for new, old in renamed.items():
        if _is_terraform(old) and _folder(new) != _folder(old):
            targets.setdefault(_folder(old), set()).add(_folder(new))
    for old, folders in targets.items():
        if len(folders) == 1 and old not in modules_now and modules_then.isdisjoint(folders):
            found[old] = folders.pop()
    return {old: new for old, new in found.items() if old != new}


def moved_roots(
    renamed: Mapping[str, str], then: Mapping[str, str], now: Mapping[str, str], top: str
) -> dict[str, str]:
    """The names that the roots of templates have now, where they have another one: moved, or sharing it since.

    renamed: as above. then, now: the roots by the absolute paths of their templates. top: of the repository.
    """
    places = {os.path.join(top, *old.split("/")): os.path.join(top, *new.split("/")) for new, old in renamed.items()}
    pairs = ((root, now.get(path) or now.get(places.get(path, ""))) for path, root in then.items())
    return {old: new for old, new in pairs if new is not None and old != new}


def is_root(path: str, root: str) -> bool:
    """Whether a file, by its name, is the template or a part of the module that a root is. Both are whole paths."""
    return os.path.dirname(path) == root if _is_terraform(path) else root in (path, _ENDING.sub("", path))


def whole(root: str, path: str) -> str:
    """The name of the root that a template at a path would have if it shared it without the ending; as it is for
    Terraform's configuration."""
    ending = "" if _is_terraform(path) else path[len(_ENDING.sub("", path)) :]
    return root if root.endswith(ending) else root + ending


def _is_terraform(path: str) -> bool:
    return path.endswith(_TERRAFORM)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def root_beside(path: str, top: str) -> str:
    """The name of the root module that a file of Terraform configuration is part of."""
    return _from(top, os.path.dirname(os.path.abspath(path)))


def _from(top: str, path: str) -> str:
    try:
        # Most are below, and to work that out again takes ten times as long.
        is_below = os.path.isabs(top) and path.startswith(f"{top}{os.sep}")
        below = path[len(top) + 1 :] if is_below else os.path.relpath(path, top)
        return below.replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")


def has_readme(folder: str, files: Files) -> bool:
    """Whether a folder has a README itself, looked for once: a folder may have thousands of templates that ask."""
    known = files.once(_having_readme)
    if folder not in known:
        known[folder] = any(name.lower().startswith("readme") for name in files.names(folder))
    return known[folder]


def _having_readme(_: Files) -> dict[str, bool]:
    return {}


def is_described(path: str, files: Files) -> bool:
    """Whether a file that was read has words by which one may say that nobody deploys it."""
    try:
        data = files.read(path).data.lower() if files.is_file(path) else b""
    except Problem:
        return False
    return b"description" in data and any(
        word in data for word in (b"do not", b"deprecated", b"no longer", b"obsolete")
    )
