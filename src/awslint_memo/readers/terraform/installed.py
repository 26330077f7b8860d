"""Finds the folders of downloaded modules, as `terraform init` and `tofu init` record them.

Both write `.terraform/modules/modules.json` in the root module's folder. It lists each call of a module by its key, the
names of the `module` blocks on the way from the root module joined by dots, with the folder in which its files are,
relative to the root module's folder.
https://developer.hashicorp.com/terraform/cli/commands/init (read on 2026-11-26)
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from awslint_memo.files.files import Files
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node, fields

FOLDER = os.path.join(".terraform", "modules")

_AGAIN = "run terraform init again"


@record(frozen=True)
class Installed:
    """The folders and versions of the modules that a root module calls, by key; those of a registry have a version.

    problems: why its list could not be read. misfits: receives where a copy does not fit its call, if it is used all
    the same; None if it is not.
    """

    folders: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    misfits: dict[str, None] | None = None


NOT_INSTALLED = Installed()
"""Of a root module without a list of downloaded modules."""


def installed(files: Files, root: str) -> Installed:
    """What was downloaded for the root module in the folder `root`; the paths begin with `root`."""
    path = os.path.join(root, FOLDER, "modules.json")
    if not files.is_file(path):
        return NOT_INSTALLED
    from awslint_memo.syntax import json_nodes

    try:
        listed = fields(json_nodes.parse(files.read(path))).get("Modules")
    except Problem as problem:
        return Installed(problems=(problem,))
    if listed is None or not isinstance(listed.content, list):
        return Installed(problems=(Problem(f"this is no list of downloaded modules; {_AGAIN}", path),))
    misfits = None if files.disk.is_now else files.misfits
    return Installed(dict(_folders(listed.content, root)), dict(_said(listed.content, "Version")), misfits=misfits)


def is_local(source: str) -> bool:
    """Whether the `source` of a module call is a folder beside the caller's."""
    return source in (".", "..") or source.startswith(("./", "../"))


def shown(source: str) -> str:
    """The `source` of a module call as people may see it: of what it asks for behind `?`, only the revision."""
    address, _, query = source.partition("?")
    revision = next((part for part in query.split("&") if part.startswith("ref=")), "")
    return f"{address}?{revision}" if revision else address


def is_downloaded(path: str) -> bool:
    """Whether a file or folder is part of a downloaded module, which nobody edits."""
    return f"{os.sep}{FOLDER}{os.sep}" in f"{os.sep}{path}{os.sep}"


def _folders(listed: list[Node], root: str) -> Iterator[tuple[str, str]]:
    for key, folder in _said(listed, "Dir"):
        yield key, os.path.normpath(os.path.join(root, folder.replace("/", os.sep)))


def _said(listed: list[Node], what: str) -> Iterator[tuple[str, str]]:
    for entry in listed:
        written = fields(entry)
        key, said = (written[name].content if name in written else None for name in ("Key", what))
        if isinstance(key, str) and isinstance(said, str) and key:
            yield key, said
