"""The files of a repository by name: what a template that names another one only by the end of its address may mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.root import Root, is_git

MAX_FILES = 20_000
"""How many files are searched; the largest public repositories of templates have less than half as many."""


class FilesByName:
    """The files below a folder that may be opened.

    known: paths that are already in use; a file found again keeps its path.
    """

    def __init__(self, folder: str, finder: FileFinder, bounds: Root, known: Iterable[str]) -> None:
        top = os.path.relpath(folder)
        top = "" if top == os.curdir else top
        walked = list(islice(finder.below(top), MAX_FILES + 1))
        self._is_whole = len(walked) <= MAX_FILES
        self._bounds = bounds
        self._inside = os.path.join(bounds.real(folder), "")
        self._paths: dict[str, dict[str, str]] = {}
        self._folders = {top: (os.path.abspath(top), self._is_inside(os.path.join(top, "file")))}
        for path in known:
            if self._is_inside(path):
                self._add(os.path.abspath(path), path)
        for one in walked:
            here, name = os.path.split(one.path)
            whole, is_inside = self._folder(here)
            # A symbolic link may lead out of the folder.
            if self._is_inside(one.path) if one.is_link else is_inside:
                self._add(os.path.join(whole, name), one.path)

    def _add(self, whole: str, path: str) -> None:
        self._paths.setdefault(os.path.basename(path), {}).setdefault(whole, path)

    def _is_inside(self, path: str) -> bool:
        return self._bounds.real(path).startswith(self._inside) and self._bounds.holds(path)

    def _folder(self, here: str) -> tuple[str, bool]:
        """The absolute path of a folder that was walked, and whether its files that are no links may be opened."""
        pending = []
        while here not in self._folders:
            pending.append(here)
            here = os.path.dirname(here)
        whole, is_inside = self._folders[here]
        for folder in reversed(pending):
            name = os.path.basename(folder)  # Links to folders are not walked.
            whole, is_inside = os.path.join(whole, name), is_inside and not is_git(name)
            self._folders[folder] = whole, is_inside
        return whole, is_inside

    def paths(self, name: str) -> Sequence[str] | None:
        """The paths of the files with a name, sorted; None if there are too many files to know them all."""
        return sorted(self._paths.get(name, {}).values()) if self._is_whole else None

    def every(self) -> Mapping[str, str] | None:
        """The paths of all the files by their absolute paths; None if there are too many to know them all."""
        if not self._is_whole:
            return None
        return {whole: path for found in self._paths.values() for whole, path in found.items()}
