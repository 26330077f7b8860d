"""A directory of Terraform configuration as the source of a module, and the directories of the modules that it calls.

`terraform init` and `tofu init` record downloaded modules in `.terraform/modules/modules.json` of the root module's
folder. It lists each call by its key, the names of the `module` blocks on the way from the root module joined by dots,
with the folder of its files, relative to the root module's folder.
https://developer.hashicorp.com/terraform/cli/commands/init (read on 2026-11-26)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.tracked import Tracked
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.syntax.node import Node, fields

FOLDER = os.path.join(".terraform", "modules")

LIST = os.path.join(FOLDER, "modules.json")

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


def installed(files: Files, root: str, tracked: Tracked) -> Installed:
    """What was downloaded for the root module in the folder `root`; the paths begin with `root`. tracked: what git
    keeps."""
    path = os.path.join(root, LIST)
    if not files.is_file(path):
        return NOT_INSTALLED
    if files.disk.is_now and tracked.below(kept_places(root)):
        files.notices[f"{path}: git keeps this list of downloaded modules; terraform init may take others"] = None
    from awslint_memo.syntax import json_nodes

    try:
        listed = fields(json_nodes.parse(files.read(path))).get("Modules")
    except Problem as problem:
        return Installed(problems=(problem,))
    if listed is None or not isinstance(listed.content, list):
        return Installed(problems=(Problem(f"this is no list of downloaded modules; {_AGAIN}", path),))
    misfits = None if files.disk.is_now else files.misfits
    return Installed(dict(_folders(listed.content, root)), dict(_said(listed.content, "Version")), misfits=misfits)


def kept_places(root: str) -> list[str]:
    """The places where git would keep the list of downloaded modules of the folder `root`, or what it lists: the list,
    also behind links, links on the way to it, and the copies beside it."""
    path, link = os.path.join(root, LIST), os.path.join(root, FOLDER)
    real = os.path.realpath(path)
    folder = next((each for each in (os.path.dirname(link), link) if os.path.islink(each)), "")
    return [folder or link, *([real] if real != os.path.abspath(path) else [])]


def left_out(files: Files, folder: str, endings: tuple[str, ...]) -> list[str]:
    """The links in a folder with these endings that lead out of the root, of which a notice tells."""
    names = [name for name in files.listing(folder).left_out if name.endswith(endings)]
    files.left_links.update(dict.fromkeys(os.path.join(folder, name) for name in names))
    return names


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


_VERSION = regex(r"v?(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.~-]+))?(?:\+[0-9A-Za-z.~-]+)?")
_CONDITION = regex(r"\s*(=|!=|>=?|<=?|~>)?\s*(\S+)\s*")
_LEAST_PARTS = 3


@record(frozen=True)
class _Version:
    """parts: its numbers, three at least. written: how many of them were written. suffix: of a prerelease."""

    parts: tuple[int, ...]
    written: int
    suffix: str

    @property
    def order(self) -> tuple[tuple[int, ...], bool, list[tuple[bool, int, str]]]:
        """Sorts versions; a prerelease comes before its version, and numbers in suffixes before words."""
        pieces = self.suffix.split(".") if self.suffix else []
        ranks = [(not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces]
        return self.parts, not self.suffix, ranks


def allows(constraint: str, version: str) -> bool | None:
    """Whether a constraint allows a version; None if one of the two has another form than Terraform's."""
    found = _version(version)
    if found is None:
        return None
    answers: list[bool] = []
    for written in constraint.split(","):
        condition = _CONDITION.fullmatch(written)
        wanted = _version(condition[2]) if condition is not None else None
        if condition is None or wanted is None:
            return None
        answers.append(_holds(condition[1] or "=", found, wanted))
    return all(answers)


def _version(text: str) -> _Version | None:
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    parts = [int(part) for part in match[1].split(".")]
    padded = (*parts, *[0] * (_LEAST_PARTS - len(parts)))
    return _Version(padded, len(parts), match[2] or "")


def _holds(operator: str, found: _Version, bound: _Version) -> bool:
    if operator in ("=", "!="):
        return (found.order == bound.order) == (operator == "=")
    # Only a constraint that names a prerelease of the same version takes a prerelease.
    if found.suffix and (not bound.suffix or found.parts != bound.parts):
        return False
    if operator == "~>":
        same = bound.written - 1
        is_final = bool(bound.suffix) and not found.suffix
        return not is_final and found.order >= bound.order and found.parts[:same] == bound.parts[:same]
    return {
        ">": found.order > bound.order,
        ">=": found.order >= bound.order,
        "<": found.order < bound.order,
        "<=": found.order <= bound.order,
    }[operator]


@record(frozen=True)
class Directory:
    """The source of a module.

    is_whole: whether all of its files could be read. find: gives the directory of a called module for the `source` of
    the call and the folder that it was downloaded to, if it was; None if there is none that can be read. installed:
    gives what was downloaded for it as a root module. local: the files around it; None if none are to be read.
    """

    sections: Sections
    path: str = ""
    is_whole: bool = True
    find: Callable[[str, str | None], Directory | None] = lambda _source, _folder: None
    installed: Callable[[], Installed] = lambda: NOT_INSTALLED
    local: LocalFiles | None = None


_OF_CALLS = frozenset(("count", "depends_on", "for_each", "lifecycle", "providers", "source", "version"))
"""Arguments of a module call that are no variables of the module.

https://developer.hashicorp.com/terraform/language/block/module (read on 2026-11-26)
"""


def called_directory(caller: Directory, block: Block, installed: Installed, key: str) -> tuple[Directory | None, str]:
    """The directory that a module call leads to, None if there is none; or why it is not used, in words.

    key: that of the call in the list of downloaded modules.
    """
    source = literal(block.arguments.get("source")) or ""
    directory = caller.find(source, installed.folders.get(key))
    if directory is None or is_local(source):
        return directory, ""
    copy = "its copy in .terraform/modules" if key in installed.folders else "its folder in this repository"
    why, remedy = _misfit(block, directory, installed.versions.get(key, ""), copy)
    if why and installed.misfits is not None:  # What was downloaded for the calls of then is not here any more.
        installed.misfits[f"{block.place.span.path}: module {block.name} of then: {why}"] = None
        return directory, ""
    return (None, f"{why}; {remedy}") if why else (directory, "")


def _misfit(block: Block, copy: Directory, version: str, words: str) -> tuple[str, str]:
    """Where a copy does not fit, and what to do; empty if it does. words: what it is."""
    constraint = literal(block.arguments.get("version"))
    if constraint and version and allows(constraint, version) is False:
        return f"{words} is version {version}, but the call asks for {constraint}", "run terraform get -update"
    missing = [name for name in block.arguments if name not in _OF_CALLS and name not in copy.sections.variables]
    if missing and copy.is_whole:
        return f"{words} has no variable {missing[0]}", "run terraform get or remove the argument"
    return "", ""
