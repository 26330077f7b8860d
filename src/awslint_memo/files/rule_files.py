"""The files of this package, and those with rules in folders of users."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.disk import walk
from awslint_memo.files.source import Source, read

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

OWN_NAMES = "terraform_names.py"
"""The file in a folder of users' rules with Terraform's names for what they ask; it is no rule."""

OWN_INDEX = "_index.py"
"""The file with the index of the package's rules, if there is one; a name that begins so is no rule's."""

FOLDER = ""
"""If not empty, the folder used instead of the package's own rules. A benchmark sets it to run changed rules."""


def own_rules() -> str:
    """The folder of the package's own rules: the one in the installed wheel, else the one in the checkout."""
    if FOLDER:
        return FOLDER
    packaged = os.path.join(PACKAGE, "rules")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "rules")


CODE = (".py",)
DATA = (".yaml", ".yml")
"""How the names of rule files end that are code, and of those that are data."""


def rule_files(folder: str, endings: tuple[str, ...] = CODE) -> list[str]:
    """The paths of the rule files in a folder and its subfolders, sorted.

    Names that begin with `_` or a dot are skipped, and terraform_names.py. endings: those of the names.
    """
    return sorted(_named(folder, endings), key=lambda path: path.split(os.sep))


def _named(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    for entry, path in walk(folder):
        if isinstance(entry, OSError):
            raise entry
        is_rule = entry.name.endswith(endings) and not entry.name.startswith(("_", ".")) and entry.name != OWN_NAMES
        if is_rule and entry.is_file():
            yield path


def states(folder: str) -> list[tuple[str, int, int]]:
    """The files in a folder that its rules are made of, each with the time of its last change and its size."""
    paths = [*rule_files(folder, (*CODE, *DATA)), os.path.join(folder, OWN_NAMES)]
    return [(path, state.st_mtime_ns, state.st_size) for path in paths if (state := _state(path)) is not None]


def _state(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:
        return None


def rule_head(path: str) -> str:
    """The text of a rule file before its examples, which are most of it."""
    with open(path, "rb", buffering=0) as file:
        return file.read().partition(b"\nBAD = ")[0].decode().replace("\r\n", "\n")


def packaged(name: str) -> Source:
    """The data file at `name`, a path relative to the package's folder."""
    return read(os.path.join(PACKAGE, *name.split("/")))
