"""The files of a repository by name: what a template that names another one only by the end of its address may mean."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.root import Root, is_git
from awslint_memo.model.lazy import cached_property

MAX_FILES = 20_000
"""How many files are searched; the largest public repositories of templates have less than half as many."""


class FilesByName:
    """The files below a folder that may be opened.

    known: paths that are already in use; a file found again keeps its path.
    """

    def __init__(self, folder: str, finder: FileFinder, bounds: Root, known: Iterable[str]) -> None:
        top = path_from(folder)
        top = "" if top == os.curdir else top
        self._is_whole = True
        self._bounds = bounds
        self._inside = os.path.join(bounds.real(folder), "")
        self._paths: dict[str, str] = {}
        whole = os.path.join(bounds.disk.absolute(top), "")
        self._folders = {top: (whole, self._is_inside(os.path.join(top, "file")))}
        for path in known:
            if self._is_inside(path):
                self._paths.setdefault(os.path.abspath(path), path)
        for count, one in enumerate(finder.below(top), 1):
            if count > MAX_FILES:
                self._is_whole = False
                break
            here, _, name = one.path.rpartition(os.sep)
            whole, is_inside = self._folders.get(here) or self._folder(here)
            # A symbolic link may lead out of the folder.
            if self._is_inside(one.path) if one.is_link else is_inside:
                self._paths.setdefault(whole + name, one.path)

    def _is_inside(self, path: str) -> bool:
        return self._bounds.real(path).startswith(self._inside) and self._bounds.holds(path)

    def _folder(self, here: str) -> tuple[str, bool]:
        """How the absolute paths in a folder begin, and whether its files that are no links may be opened."""
        pending = []
        while here not in self._folders:
            pending.append(here)
            here = os.path.dirname(here)
        whole, is_inside = self._folders[here]
        for folder in reversed(pending):
            name = os.path.basename(folder)  # Links to folders are not walked.
            whole, is_inside = f"{whole}{name}{os.sep}", is_inside and not is_git(name)
            self._folders[folder] = whole, is_inside
        return whole, is_inside

    def paths(self, name: str) -> Sequence[str] | None:
        """The paths of the files with a name, sorted; None if there are too many files to know them all."""
        return sorted(self._named.get(name, ())) if self._is_whole else None

    @cached_property
    def _named(self) -> Mapping[str, Sequence[str]]:
        named: dict[str, list[str]] = {}
        for path in self._paths.values():
            named.setdefault(os.path.basename(path), []).append(path)
        return named

    def every(self) -> Mapping[str, str] | None:
        """The paths of all the files by their absolute paths; None if there are too many to know them all."""
        return self._paths if self._is_whole else None
