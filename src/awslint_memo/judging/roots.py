"""Roots: how the stack or root module of a finding is named, wherever the run is started and whatever the format."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping

from awslint_memo.model.lazy import regex
from awslint_memo.readers.template import Template

_TERRAFORM = (".tf", ".tf.json", ".tofu", ".tofu.json", "terragrunt.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl")
_ENDING = regex(r"(\.template)?\.(ya?ml|json|template)$", re.IGNORECASE)


def root_of(template: Template, top: str) -> str:
    """A template's path without its ending, or the folder of Terraform's configuration; from `top`, with `/`.

    A plan is a root of its own: it was made for one set of variables.
    """
    path = os.path.abspath(template.source.path)
    is_folder = template.language == "terraform" and not template.is_plan
    return _from(top, os.path.dirname(path) if is_folder else _ENDING.sub("", path))


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


def is_root(path: str, root: str) -> bool:
    """Whether a file, by its name, is the template or a part of the module that a root is. Both are whole paths."""
    return os.path.dirname(path) == root if _is_terraform(path) else _ENDING.sub("", path) == root


def _is_terraform(path: str) -> bool:
    return path.endswith(_TERRAFORM)


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "."


def root_beside(path: str, top: str) -> str:
    """The name of the root module that a file of Terraform configuration is part of."""
    return _from(top, os.path.dirname(os.path.abspath(path)))


def _from(top: str, path: str) -> str:
    try:
        return os.path.relpath(path, top).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
