"""The files of a folder of rules: where they are, and their text for the index."""

from __future__ import annotations

import os
from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


FOLDER = ""
"""Where the package's own rules are taken from instead, by a bench that tries changed ones."""


def own_rules() -> str:
    """The folder of the rules that come with the package: the wheel's copy, else the checkout's."""
    if FOLDER:
        return FOLDER
    packaged = os.path.join(PACKAGE, "rules")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "rules")


def rule_files(folder: str) -> list[str]:
    """The paths of the rules' files in a folder and those below it, sorted; names that begin with `_` are none."""
    return sorted(_python_files(folder), key=lambda path: path.split(os.sep))


def _python_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _python_files(entry.path)
            elif entry.name.endswith(".py") and not entry.name.startswith("_"):
                yield entry.path


def rule_text(path: str) -> str:
    """The text of a rule's file."""
    with open(path, encoding="utf-8") as file:
        return file.read()
