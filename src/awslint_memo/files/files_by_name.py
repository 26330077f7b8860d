"""The files of a repository by name: what a template that names another one only by the end of its address may mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice

from awslint_memo.files.file_finder import FileFinder, Found
from awslint_memo.files.root import Root

MAX_FILES = 20_000
"""How many files are searched; the largest public repositories of templates have less than half as many."""


class FilesByName:
    """The files below a folder that may be opened.

    known: paths that are already in use; a file found again keeps its path.
    """

    def __init__(self, folder: str, finder: FileFinder, bounds: Root, known: Iterable[str]) -> None:
        top = os.path.relpath(folder)
        walked = list(islice(finder.find(["" if top == "." else top]), MAX_FILES + 1))
        self._is_whole = len(walked) <= MAX_FILES
        self._paths: dict[str, dict[str, str]] = {}
        inside = os.path.join(bounds.real(folder), "")
        for path in (*known, *(found.path for found in walked if isinstance(found, Found))):
            # A symbolic link may lead out of the folder.
            if bounds.real(path).startswith(inside) and bounds.holds(path):
                self._paths.setdefault(os.path.basename(path), {}).setdefault(os.path.abspath(path), path)

    def paths(self, name: str) -> Sequence[str] | None:
        """The paths of the files with a name, sorted; None if there are too many files to know them all."""
        return sorted(self._paths.get(name, {}).values()) if self._is_whole else None

    def every(self) -> Sequence[str] | None:
        """The paths of all the files; None if there are too many to know them all."""
        return [path for found in self._paths.values() for path in found.values()] if self._is_whole else None
