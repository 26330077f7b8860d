"""What there is at a path, and below a folder. A subclass of the disk answers for another time."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol

from awslint_memo.files.source import Source, check_kind, read
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_FEW = 8


_ARTIFACTS = regex(rb'"artifacts"\s*:\s*\{\s*"')
"""What the manifest of an app has that deploys something."""


class Entry(Protocol):
    """What a folder has under one name: an `os.DirEntry`, or what answers like one."""

    @property
    def name(self) -> str:
        """Its name in the folder."""

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it is a folder."""

    def is_file(self) -> bool:
        """Whether it is a regular file, after symbolic links."""

    def is_symlink(self) -> bool:
        """Whether it is a symbolic link."""


class Disk:
    """The file system as it is."""

    is_now = True
    """Whether this is what there is now, with the texts that an editor has not saved."""

    def real(self, path: str) -> str:
        """Where a path leads after all symbolic links; empty if it is no path, or a circle of links."""
        try:
            os.stat(path or os.curdir)
        except ValueError:
            return ""
        except OSError as error:
            if (
                error.errno == errno.ELOOP
            ):  # The system follows 40 links, `realpath` as many as a stack of calls is deep.
                return ""
        try:
            return os.path.realpath(path or os.curdir)
        except OSError:  # The working folder is gone.
            return ""

    def absolute(self, folder: str) -> str:
        """The absolute path of a folder; symbolic links are not followed."""
        return os.path.abspath(folder)

    def is_link(self, path: str) -> bool:
        """Whether there is a symbolic link at a path."""
        return os.path.islink(path)

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file at a path."""
        return os.path.isfile(path)

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        return os.path.isdir(path)

    def exists(self, path: str) -> bool:
        """Whether there is anything at a path."""
        return os.path.exists(path)

    def check(self, path: str) -> None:
        """Raise an OSError or a ValueError if there is nothing at a path, or if that can't be told."""
        os.stat(path)

    def check_kind(self, path: str) -> None:
        """Raise Problem if there is a pipe, a socket or a device at a path."""
        check_kind(path)

    def size(self, path: str) -> int:
        """The size of a file in bytes; 0 if there is none."""
        try:
            return os.path.getsize(path)
        except (OSError, ValueError):
            return 0

    def plain_size(self, path: str) -> int | None:
        """The size of a regular file in bytes; None if there is none, or something else such as a symbolic link."""
        return None if self.is_link(path) or not self.is_file(path) else self.size(path)

    def entries(self, folder: str) -> Sequence[Entry]:
        """What is in a folder. Raises OSError."""
        try:
            with os.scandir(folder or os.curdir) as found:
                return list(found)
        except ValueError as error:  # No file system has such a name.
            raise OSError(str(error)) from error

    def lacks(self, folder: str, names: Sequence[str]) -> bool:
        """Whether it is known, without a look, that a folder has nothing under some names.

        folder: absolute. names: in small letters, with ASCII characters only.
        """
        del folder, names
        return False

    def keeps(self, path: str) -> bool:
        """Whether git kept a file or folder, of a time that is past."""
        del path
        return False

    def read(self, path: str, where: str) -> Source:
        """The file at `path`, opened at `where`, which has no symbolic links. Raises Problem."""
        return read(path, where)


class ListedDisk(Disk):
    """The file system as it is in one run: what a folder did not have when it was listed is not asked for again."""

    def __init__(self) -> None:
        self._names: dict[str, Collection[str]] = {}
        self._absolute: dict[str, str] = {}

    def absolute(self, folder: str) -> str:
        """The absolute path of a folder; symbolic links are not followed."""
        found = self._absolute.get(folder)
        if found is None:
            above, _, name = folder.rpartition(os.sep)
            outer = self._absolute.get(above) if above and os.name != "nt" else None
            is_below = outer is not None and name not in ("", os.curdir, os.pardir)
            found = f"{outer}{os.sep}{name}" if is_below else os.path.abspath(folder)
            self._absolute[folder] = found
        return found

    def entries(self, folder: str) -> Sequence[Entry]:
        """What is in a folder. Raises OSError."""
        found = super().entries(folder)
        # Some systems take letters of any case.
        names = [entry.name.lower() for entry in found]
        # A set of few is slower to make, and takes four times the memory.
        self._names[self.absolute(folder)] = names if len(names) <= _FEW else set(names)
        return found

    def is_link(self, path: str) -> bool:
        """Whether there is a symbolic link at a path."""
        return not self._lacks(path) and super().is_link(path)

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file at a path."""
        return not self._lacks(path) and super().is_file(path)

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        return not self._lacks(path) and super().is_folder(path)

    def exists(self, path: str) -> bool:
        """Whether there is anything at a path."""
        return not self._lacks(path) and super().exists(path)

    def plain_size(self, path: str) -> int | None:
        """The size of a regular file in bytes; None if there is none, or something else such as a symbolic link."""
        try:
            found = os.lstat(path)
        except (OSError, ValueError):
            return None
        return found.st_size if stat.S_ISREG(found.st_mode) else None

    def lacks(self, folder: str, names: Sequence[str]) -> bool:
        """Whether it is known, without a look, that a folder has nothing under some names.

        folder: absolute. names: in small letters, with ASCII characters only.
        """
        found = self._names.get(folder)
        if found is None:
            return False
        for name in names:  # noqa: SIM110 (this is asked some times about each folder of a run)
            if name in found:
                return False
        return True

    def _lacks(self, path: str) -> bool:
        folder, _, name = path.rpartition(os.sep)
        names = self._names.get(folder)
        return names is not None and name.isascii() and name not in ("", ".", "..") and name.lower() not in names


class EmptyDisk(Disk):
    """A file system without any file, for texts that stand for files and shall meet no others."""

    is_now = False

    def is_link(self, path: str) -> bool:
        """Whether there is a symbolic link at a path."""
        del path
        return False

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file at a path."""
        del path
        return False

    def is_folder(self, path: str) -> bool:
        """Whether there is a folder at a path."""
        del path
        return False

    def exists(self, path: str) -> bool:
        """Whether there is anything at a path."""
        del path
        return False

    def entries(self, folder: str) -> Sequence[Entry]:
        """What is in a folder."""
        del folder
        return ()

    def read(self, path: str, where: str) -> Source:
        """Raise Problem, as there is no file."""
        del where
        raise Problem("no such file or directory", path)


NOW = Disk()
"""The file system as it is."""


def has_artifacts(disk: Disk, path: str) -> bool:
    """Whether a file is the manifest of an app of the CDK, and not one of another kind that has its name."""
    if not disk.is_file(path):
        return False
    try:
        return _ARTIFACTS.search(disk.read(path, disk.real(path)).data) is not None
    except Problem:
        return False


def walk(
    folder: str,
    is_entered: Callable[[Entry, str], bool] = lambda _entry, _path: True,
    disk: Disk = NOW,
    is_wanted: Callable[[Entry], bool] = lambda _entry: True,
) -> Iterator[tuple[Entry | OSError, str]]:
    """All that is below a folder but the folders themselves, each with its path, in the order of the names.

    is_entered: whether to look into a folder. is_wanted: whether something that is no folder is given. Symbolic links
    are given and not followed. A folder that can't be opened gives the error.
    """
    pending = [(folder, os.path.join(folder, ""), _listed(folder, disk, is_wanted))]
    while pending:
        here, beginning, rest = pending[-1]
        for entry, is_folder in rest:
            if isinstance(entry, OSError):
                yield entry, here or os.curdir
            elif not is_folder:
                yield entry, beginning + entry.name
            elif is_entered(entry, path := beginning + entry.name):
                pending.append((path, path + os.sep, _listed(path, disk, is_wanted)))
                break
        else:
            pending.pop()


def _listed(
    folder: str, disk: Disk, is_wanted: Callable[[Entry], bool]
) -> Iterator[tuple[Entry, bool] | tuple[OSError, bool]]:
    """What is wanted of a folder, and the folders in it; and whether each is a folder."""
    try:
        entries = disk.entries(folder)
    except OSError as error:
        return iter([(error, False)])
    told = [
        (entry, is_folder)
        for entry in entries
        if (is_folder := entry.is_dir(follow_symlinks=False)) or is_wanted(entry)
    ]
    told.sort(key=lambda one: one[0].name)
    return iter(told)


def path_from(path: str, start: str = os.curdir) -> str:
    """A path as seen from a folder; from another drive of Windows, where no way leads, the whole path."""
    try:
        return os.path.relpath(path, start)
    except ValueError:
        if "\0" in path:
            raise
        return os.path.abspath(path)
