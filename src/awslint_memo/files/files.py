"""Reads the files of one run, each only once. Unsaved text may be used instead of a file on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files_by_name import FilesByName
from awslint_memo.files.source import Source, read
from awslint_memo.model.span import Problem


class Files:
    """The files of one run. unsaved: contents by path, used instead of those on disk."""

    def __init__(self, unsaved: Mapping[str, str] | None = None) -> None:
        self._unsaved = {
            os.path.abspath(path): text.encode("utf-8", "surrogatepass") for path, text in (unsaved or {}).items()
        }
        self._read: dict[str, Source | Problem] = {}
        self.finder = FileFinder()
        """How folders are searched; it has what the settings exclude."""
        self._by_root: dict[str, FilesByName] = {}

    @property
    def root(self) -> Path:
        """The root of the repository that contains the working folder; without a repository, the working folder."""
        here = Path.cwd()
        return _repository(here) or here

    def root_above(self, path: str) -> Path:
        """The root of the repository that contains a file, wherever the run is started; without one, `root`."""
        return _repository(Path(os.path.abspath(path)).parent) or self.root

    def read(self, path: str) -> Source:
        """The file at `path`. Raises Problem if it can't be read or is too large."""
        if path not in self._read:
            unsaved = self._unsaved.get(os.path.abspath(path))
            try:
                self._read[path] = read(path) if unsaved is None else Source(path, unsaved)
            except Problem as problem:
                self._read[path] = problem
        found = self._read[path]
        if isinstance(found, Problem):
            raise found
        return found

    def add(self, source: Source) -> None:
        """Register a file that is already in memory, for example standard input."""
        self._read[source.path] = source

    def forget(self, path: str) -> None:
        """Free the memory of a file that is no longer needed."""
        self._read.pop(path, None)

    def with_name(self, name: str, near: str) -> Sequence[str] | None:
        """The paths of the files with a name in the repository that contains the file `near`; None if it is too large.

        Without a repository, in the working folder, or in the folder of `near` if that is outside of it. The search
        happens once, at the first question; the files of the run keep the paths that the user gave them.
        """
        root = self.root_above(near)
        folder = os.path.dirname(os.path.abspath(near))
        top = str(root) if Path(folder).is_relative_to(root) else folder
        if top not in self._by_root:
            self._by_root[top] = FilesByName(top, self.finder, [*self._read, *self._unsaved])
        return self._by_root[top].paths(name)

    def is_file(self, path: str) -> bool:
        """Whether there is a file at a path."""
        return os.path.abspath(path) in self._unsaved or os.path.isfile(path)

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        return os.path.isdir(path)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, sorted; empty if there is no such folder."""
        here = os.path.abspath(folder)
        unsaved = {os.path.basename(path) for path in self._unsaved if os.path.dirname(path) == here}
        try:
            with os.scandir(folder or ".") as entries:
                return sorted({entry.name for entry in entries if entry.is_file()} | unsaved)
        except OSError:
            return sorted(unsaved)

    def is_inside(self, path: str, near: str) -> bool:
        """Whether a path is in the repository that contains the file `near`, wherever symbolic links lead.

        Without a repository, in the working folder, or in the folder of `near` if that is outside of it.
        """
        folder = os.path.realpath(os.path.dirname(os.path.abspath(near)))
        root = os.path.realpath(self.root_above(near))
        top = root if Path(folder).is_relative_to(root) else folder
        return Path(os.path.realpath(path)).is_relative_to(top)

    def size(self, path: str) -> int:
        """The size of a file in bytes; 0 if there is none."""
        unsaved = self._unsaved.get(os.path.abspath(path))
        try:
            return os.path.getsize(path) if unsaved is None else len(unsaved)
        except (OSError, ValueError):
            return 0

    def below(self, folder: str) -> Iterator[str]:
        """The paths of all files below a folder, relative to it and with `/`, hidden ones included."""
        for here, _, names in os.walk(folder):
            for name in names:
                yield os.path.relpath(os.path.join(here, name), folder).replace(os.sep, "/")

    def configuration(self, start: Path, names: tuple[str, ...]) -> list[Path]:
        """The files with these names in `start` and the folders above, up to the repository's root; nearest first."""
        found: list[Path] = []
        folder = Path(os.path.abspath(start))
        for here in (folder, *folder.parents):
            found += [here / name for name in names if self.is_file(str(here / name))]
            if os.path.exists(here / ".git"):
                break
        return found


def _repository(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
