"""Reads the files of one run, each only once. Unsaved text may be used instead of a file on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar
from weakref import ref

from awslint_memo.files.disk import path_from, walk
from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files_by_name import FilesByName
from awslint_memo.files.process import STANDARD_INPUTS, standard_input
from awslint_memo.files.root import OUTSIDE, Root
from awslint_memo.files.source import Source, glance
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place, Problem

T = TypeVar("T")


@record(frozen=True)
class Listing:
    """The names of the files in a folder that may be opened, of links out of the root, and of visible folders."""

    names: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    folders: list[str] = field(default_factory=list)


class Ending(Protocol):
    """What is made for one run only."""

    def forget(self) -> None:
        """Let go of what it has, once nobody asks any more."""


class Files:
    """The files of one run, and the only way to open one.

    unsaved: contents by path, used instead of those on disk. bounds: what may be opened; without it, what is in the
    root of the working folder.
    """

    def __init__(self, unsaved: Mapping[str, str | bytes] | None = None, bounds: Root | None = None) -> None:
        self._unsaved = {
            os.path.abspath(path): one.encode("utf-8", "surrogatepass") if isinstance(one, str) else one
            for path, one in (unsaved or {}).items()
        }
        self.unsaved: Collection[str] = self._unsaved.keys()
        """The absolute paths of unsaved files."""
        self._read: dict[str, Source | Problem] = {}
        self.bounds = bounds or Root()
        self.disk = self.bounds.disk
        self.finder = FileFinder(bounds=self.bounds, unsaved=self.unsaved)
        """How folders are searched; it has what the settings exclude."""
        self._by_root: dict[str, FilesByName] = {}
        self._usual: dict[str, str] = {}
        self._listings: dict[str, Listing] = {}
        self._repositories: dict[str, str | None] = {}
        self._made: dict[Any, Any] = {}
        self._ends: list[ref[Ending]] = []
        self.kept: dict[str, Any] | None = None
        """What those who read files keep of them for the next run, by path; None if there is none."""
        self.notices: dict[str, None] = {}
        """Sentences about what was named in files of the run and not opened."""
        self.misfits: dict[str, None] = {}
        """Where downloaded copies of modules do not fit the files of an earlier time, and are used all the same."""
        self.left_links: dict[str, None] = {}
        """Symbolic links out of the root that were met beside files of the run."""

    def once(self, make: Callable[[Files], T]) -> T:
        """What a function makes of the files of this run, made at the first question."""
        if make not in self._made:
            self._made[make] = make(self)
        made: T = self._made[make]
        return made

    def at_end(self, one: Ending) -> None:
        """Have something that knows itself let go of that once the run has ended, if it is still there."""
        self._ends.append(ref(one))

    @property
    def root(self) -> str:
        """The root of the repository that contains the working folder; without a repository, the working folder."""
        here = os.getcwd()
        return self._repository(here) or here

    def root_above(self, path: str) -> str:
        """The root of the repository that has a file; else the named root, the working folder, or what was named."""
        folder = os.path.dirname(os.path.abspath(path))
        top = self._repository(folder) or self.bounds.given or self.root
        return top if self._is_below(path, top) else self.bounds.top_of(path) or folder

    def read(self, path: str) -> Source:
        """The file at `path`. Raises Problem if it can't be read or is too large."""
        if path not in self._read:
            unsaved = self._unsaved.get(os.path.abspath(path)) if self._unsaved else None
            try:
                self._read[path] = self._opened(path) if unsaved is None else Source(path, unsaved)
            except Problem as problem:
                self._read[path] = problem
        if isinstance(found := self._read[path], Problem):
            raise found
        return found

    def encoded(self, texts: Mapping[str, str]) -> dict[str, str | bytes]:
        """Other texts of files, by path, as they would be saved: in the encoding that each has."""
        return {path: self.read(path).encoded(text) if self.is_file(path) else text for path, text in texts.items()}

    def glance(self, path: str, whole: str, most: int) -> bytes | None:
        """What a file that may be opened has, to see whether it is worth `read`; None if only that can tell.

        whole: its absolute path. Empty if it has more than `most` bytes.
        """
        return (
            glance(whole, most) if self.disk.is_now and whole not in self._unsaved and path not in self._read else None
        )

    def above(self, folder: str) -> str | None:
        """The folder above a folder of a repository; None for its top, and for the top of the file system."""
        if not self.disk.is_now:
            return above(folder)
        found = os.path.dirname(folder)
        is_top = not self.disk.lacks(folder, (".git",)) and self.disk.exists(os.path.join(folder, ".git"))
        return None if found == folder or is_top else found

    def usual(self, path: str) -> str:
        """The path by which the run first had a file or folder.

        With symbolic links one may have endless paths, and what calls itself by another one is called without end.
        """
        return self._usual.setdefault(self.bounds.real(path) or path, path)

    def _opened(self, path: str) -> Source:
        self.usual(path)
        if self.bounds.is_named(path):
            # What a repository calls so is not meant.
            if path in STANDARD_INPUTS:
                return standard_input(path)
            if path == os.devnull:
                return Source(path, b"")
            self.disk.check_kind(path)  # Of a pipe, such as /dev/fd/63, no other path is known.
        return self.disk.read(path, self.bounds.opened(path))

    def add(self, source: Source) -> None:
        """Register a file that is already in memory, for example standard input."""
        self._read[source.path] = source
        self.usual(source.path)

    def forget(self, path: str) -> None:
        """Free the memory of a file that is no longer needed."""
        self._read.pop(path, None)

    def release(self) -> None:
        """Free the memory of all files, of a run that has ended; they are read again if somebody asks."""
        self._read.clear()
        self._made.clear()
        self._by_root.clear()
        self.kept = None
        for ending in (end() for end in self._ends):
            if ending is not None:
                ending.forget()
        self._ends.clear()
        self.finder = replace(self.finder, near=None, git_ignore=None)

    def with_name(self, name: str, near: str) -> Sequence[str] | None:
        """The paths of the files with a name in the repository that contains the file `near`; None if it is too large.

        Without a repository, in what `root_above` gives. The search happens once, at the first question; the files of
        the run keep the paths that the user gave them.
        """
        return self._around(near).paths(name)

    def around(self, near: str) -> Mapping[str, str] | None:
        """The paths of all files that `with_name` knows by absolute path; None if the repository is too large."""
        return self._around(near).every()

    def _around(self, near: str) -> FilesByName:
        top = self.root_above(near)
        if not self.bounds.holds(top):
            top = os.path.dirname(os.path.abspath(near))
        if top not in self._by_root:
            known = [*self._read, *self._unsaved]
            self._by_root[top] = FilesByName(top, self.finder, self.bounds, known)
        return self._by_root[top]

    def _repository(self, folder: str) -> str | None:
        if folder not in self._repositories:
            self._repositories[folder] = next((top for top in _upwards(folder) if _is_top(top)), None)
        return self._repositories[folder]

    def _is_below(self, path: str, top: str) -> bool:
        return self.bounds.real(path).startswith(os.path.join(self.bounds.real(top), ""))

    def is_file(self, path: str) -> bool:
        """Whether there is a file at a path that may be opened."""
        is_unsaved = bool(self._unsaved) and os.path.abspath(path) in self._unsaved
        return is_unsaved or (self.bounds.holds(path) and self.disk.is_file(path))

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path that may be opened."""
        return self.bounds.holds(path) and self.disk.is_folder(path)

    def exists(self, path: str) -> bool:
        """Whether there is anything at a path that may be opened, a pipe or device included."""
        return self.is_file(path) or ((self.is_inside(path) or self.bounds.is_named(path)) and self.disk.exists(path))

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder that may be opened, sorted; empty if there is no such folder."""
        return self.listing(folder).names

    def listing(self, folder: str) -> Listing:
        """The files in a folder, without those outside of the root; a notice says of links that they lead there."""
        if folder not in self._listings:
            self._listings[folder] = self._list(folder or os.curdir)
        return self._listings[folder]

    def _list(self, folder: str) -> Listing:
        top = os.path.join(os.path.abspath(folder), "")
        below = [path[len(top) :] for path in self._unsaved if path.startswith(top)]
        unsaved = {path for path in below if os.sep not in path}
        inside = {path.partition(os.sep)[0] for path in below if os.sep in path and path[0] != "."}
        try:
            entries = self.disk.entries(self.bounds.real(folder)) if self.bounds.holds(folder) else []
            found = {entry.name: entry.is_symlink() for entry in entries if entry.is_file()}
            folders = {one.name for one in entries if one.name[0] != "." and one.is_dir(follow_symlinks=False)}
        except OSError:
            found, folders = {}, set()
        out = {name for name, is_link in found.items() if is_link and not self.is_inside(os.path.join(folder, name))}
        return Listing(sorted((found.keys() - out) | unsaved), sorted(out - unsaved), sorted(folders | inside))

    def is_inside(self, path: str) -> bool:
        """Whether a path may be opened: it is in the root, wherever symbolic links lead, or a person named it."""
        return self.bounds.holds(path)

    def leave(self, what: str, written: str, place: Place, path: str) -> None:
        """Note that a file names a path out of the root, or one that leads nowhere. what: "the module m"."""
        span = place.span
        self.notices[f"{span.path}:{span.line}: not checked: {what} ({written}) is {self.bounds.why_not(path)}"] = None

    def size(self, path: str) -> int:
        """The size of a file in bytes; 0 if there is none."""
        unsaved = self._unsaved.get(os.path.abspath(path))
        return self.disk.size(path) if unsaved is None else len(unsaved)

    def below(self, folder: str) -> Iterator[str]:
        """The paths of all files below a folder, relative to it and with `/`, hidden ones included."""
        top = self.bounds.real(folder) if self.bounds.holds(folder) else ""
        for entry, path in walk(top, disk=self.disk) if top else ():
            if not isinstance(entry, OSError) and not (entry.is_symlink() and self.disk.is_folder(path)):
                yield path_from(path, top).replace(os.sep, "/")

    def configuration(self, folder: str, names: tuple[str, ...]) -> list[str] | None:
        """The files with these names in a folder; None if there are some, and none is read there."""
        here = self.disk.absolute(folder)
        if self.lacks(here, names):
            return []
        # Where a deep folder leads takes long to find out, so it is only asked where there is something.
        paths = [path for path in (os.path.join(here, name) for name in names) if self._is_there(path)]
        if paths and not self.bounds.is_home(here):
            return None
        return [path for path in paths if self._is_configuration(path)]

    def lacks(self, folder: str, names: Sequence[str]) -> bool:
        """Whether it is known, without a look, that a folder has nothing under some names, as `Disk.lacks` has it."""
        return not self._unsaved and self.disk.lacks(folder, names)

    def _is_there(self, path: str) -> bool:
        if path in self._unsaved:
            return True
        return self.disk.is_link(path) or (self.disk.exists(path) and not self.disk.is_folder(path))

    def _is_configuration(self, path: str) -> bool:
        if self.disk.is_folder(path) and os.path.abspath(path) not in self._unsaved:
            return False
        if self.bounds.is_home(path):
            self.bounds.allow(path)
        elif path.endswith(".toml"):  # which need not be about this program
            self.notices[f"{path}: not checked: this is {OUTSIDE}"] = None
            return False
        return True


def above(folder: str) -> str | None:
    """The folder above a folder of a repository; None for its top, and for the top of the file system."""
    found = os.path.dirname(folder)
    return None if found == folder or _is_top(folder) else found


def _upwards(folder: str) -> Iterator[str]:
    """A folder and those above it."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        folder = above
        yield folder


def _is_top(folder: str) -> bool:
    return os.path.exists(os.path.join(folder, ".git"))
