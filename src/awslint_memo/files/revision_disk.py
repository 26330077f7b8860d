"""The files of a repository as they were at a revision, laid over what is there now.

Nothing is written: what the revision has is read from git's objects when it is asked for. What git does not keep is
taken as it is now: ignored files, what tools download or make (`.terraform`), submodules, and all outside of the
repository. What is there now but neither in the revision nor ignored was not there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.disk import Disk, Entry
from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.revision import LINK, Revision
from awslint_memo.files.source import POINTERS, Source, limited
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem

_MOST_LINKS = 40


@record
class _Way:
    """A path on which links are followed: the names to go, the last one first, and those that are passed."""

    pending: list[str]
    done: list[str] = field(default_factory=list)
    links: int = 0


@record(frozen=True)
class RevisionEntry:
    """What a folder had under one name."""

    name: str
    path: str
    past: RevisionDisk
    is_link: bool = False

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Whether it was a folder."""
        return (follow_symlinks or not self.is_link) and self.past.is_folder(self.path)

    def is_file(self) -> bool:
        """Whether it was a regular file, after symbolic links."""
        return self.past.is_file(self.path)

    def is_symlink(self) -> bool:
        """Whether it was a symbolic link."""
        return self.is_link


class RevisionDisk(Disk):
    """What there was at each path, at a revision."""

    is_now = False

    def __init__(self, revision: Revision) -> None:
        self.revision = revision
        self._git = revision.git
        self._top = os.path.join(os.path.realpath(revision.git.top), "")
        self._files = revision.files
        self._folders: dict[str, dict[str, str]] = {"": {}}
        """The names in each folder, each with its mode; empty for a folder."""
        for path, (mode, _) in self._files.items():
            folder, _, name = path.rpartition("/")
            names = self._folders.get(folder)
            if names is None:
                names = self._new_folder(folder)
            names[name] = mode
        self._last: tuple[str, bytes] = ("", b"")

    def _new_folder(self, folder: str) -> dict[str, str]:
        """What is in a folder that was not met before: nothing so far."""
        made: dict[str, str] = {}
        self._folders[folder] = made
        while folder:
            folder, _, name = folder.rpartition("/")
            is_known = folder in self._folders
            self._folders.setdefault(folder, {})[name] = ""
            if is_known:
                break
        return made

    def real(self, path: str) -> str:
        """Where a path led after all symbolic links."""
        if "\0" in path:
            return ""
        below = self._below(os.path.abspath(path))
        if below is None:
            found = super().real(path)
            below = self._below(found)
            if below is None:
                return found
        return self._resolved(_Way(below.split("/")[::-1]))

    def _resolved(self, way: _Way) -> str:
        while way.pending:
            name = way.pending.pop()
            at = "/".join([*way.done, name])
            mode, key = self._files.get(at, ("", ""))
            if name == ".." and not way.done:
                return super().real(os.path.join(self._top, "..", *way.pending[::-1]))
            if name == "..":
                way.done.pop()
            elif mode == LINK:
                outside = self._follow(way, os.fsdecode(self._blob(key, at)))
                if outside is not None:
                    return outside
            elif name not in ("", ".") and self._is_as_now(at):
                return super().real(os.path.join(self._top, at, *way.pending[::-1]))
            elif name not in ("", "."):
                way.done.append(name)
        return os.path.join(self._top, *way.done) if way.done else self._top.rstrip(os.sep) or os.sep

    def _follow(self, way: _Way, target: str) -> str | None:
        """Go on with what a symbolic link has; the whole path, if that is outside of the repository or has no end."""
        way.links += 1
        if way.links > _MOST_LINKS or "\0" in target:
            return ""
        if os.path.isabs(target):
            inside = self._below(os.path.normpath(target))
            if inside is None:
                return super().real(os.path.join(target, *way.pending[::-1]))
            target = inside
            way.done.clear()
        way.pending += target.split("/")[::-1]
        return None

    def is_link(self, path: str) -> bool:
        """Whether there was a symbolic link at a path."""
        below = self._placed(path)
        if below is None or self._is_as_now(below):
            return super().is_link(path)
        return self._files.get(below, ("", ""))[0] == LINK

    def is_file(self, path: str) -> bool:
        """Whether there was a regular file at a path."""
        where, below = self._where(path)
        return super().is_file(where) if below is None else below in self._files

    def is_folder(self, path: str) -> bool:
        """Whether there was a folder at a path."""
        where, below = self._where(path)
        return super().is_folder(where) if below is None else below in self._folders

    def exists(self, path: str) -> bool:
        """Whether there was anything at a path."""
        where, below = self._where(path)
        return super().exists(where) if below is None else below in self._files or below in self._folders

    def keeps(self, path: str) -> bool:
        """Whether the revision has a file or folder."""
        below = self._placed(path)
        return below is not None and (below in self._files or below in self._folders)

    def check(self, path: str) -> None:
        """Raise an OSError if there was nothing at a path."""
        where, below = self._where(path)
        if below is None:
            super().check(where)
        elif not self.exists(path):
            raise FileNotFoundError(2, "No such file or directory")

    def check_kind(self, path: str) -> None:
        """Raise Problem if there is a pipe, a socket or a device at a path that git does not keep."""
        where, below = self._where(path)
        if below is None:
            super().check_kind(where)

    def size(self, path: str) -> int:
        """The size of a file in bytes; 0 if there was none."""
        where, below = self._where(path)
        if below is None:
            return super().size(where)
        return len(self._blob(self._files[below][1], path)) if below in self._files else 0

    def entries(self, folder: str) -> Sequence[Entry]:
        """What was in a folder. Raises OSError."""
        where, below = self._where(folder)
        if below is None:
            return super().entries(where)
        if below not in self._folders:
            raise FileNotFoundError(2, "No such file or directory")
        names = self._folders[below]
        then = [RevisionEntry(name, os.path.join(where, name), self, mode == LINK) for name, mode in names.items()]
        try:
            now = [entry for entry in super().entries(where) if entry.name not in names]
        except OSError:
            now = []
        prefix = f"{below}/" if below else ""
        return [*then, *(one for one in now if self._is_as_now(f"{prefix}{one.name}"))]

    def read(self, path: str, where: str) -> Source:
        """The file at `path`, which was at `where`. Raises Problem."""
        where, below = self._where(where)
        if below is None:
            return super().read(path, where)
        if below not in self._files:
            raise Problem("is a directory" if below in self._folders else "no such file or directory", path)
        data = self._blob(self._files[below][1], path)
        if data.startswith(POINTERS):
            return self._kept_elsewhere(data, path, where)
        return limited(data, path)

    def _kept_elsewhere(self, pointer: bytes, path: str, where: str) -> Source:
        """A file of Git LFS: the one of now, if it is the same."""
        from hashlib import sha256  # Few repositories have such files.

        now = super().read(path, where) if super().is_file(where) else None
        if now is None or sha256(now.data).hexdigest().encode() not in pointer:
            raise Problem("this file of the revision is kept by Git LFS, which is not asked for it", path)
        return now

    def close(self) -> None:
        """End what reads from git."""
        self._git.close()

    def _blob(self, key: str, path: str) -> bytes:
        if self._last[0] != key:
            self._last = (key, self._git.blob(key, path))
        return self._last[1]

    def _where(self, path: str) -> tuple[str, str | None]:
        """Where a path led, and that from the top of the repository; None for what is as it is now."""
        where = self.real(path)
        below = self._below(where)
        return where, None if below is None or self._is_as_now(below) else below

    def _placed(self, path: str) -> str | None:
        """A path from the top of the repository; only the folders are followed."""
        folder, name = os.path.split(os.path.abspath(path))
        return self._below(os.path.join(self.real(folder), name))

    def _below(self, path: str) -> str | None:
        if os.path.join(path, "") == self._top:
            return ""
        return path[len(self._top) :].replace(os.sep, "/") if path.startswith(self._top) else None

    def _is_as_now(self, below: str) -> bool:
        """Whether git does not keep what is at a path, so that it is taken as it is now."""
        if below in self._files or below in self._folders:
            return False
        parts = below.split("/")
        outer = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
        if any(one in self.revision.modules for one in outer):
            return True
        if below not in self.revision.tracked and not SKIPPED.isdisjoint(parts):
            return True
        if not os.path.lexists(os.path.join(self._top, below)):
            return False  # There is nothing at either time, and what git ignores takes long to find out.
        untouched = self.revision.untouched
        return below in untouched or any(f"{one}/" in untouched for one in outer)
