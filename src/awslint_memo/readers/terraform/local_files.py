"""The files of a repository that Terraform's functions read. What is outside of it is not opened."""

from __future__ import annotations

import os

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

MAX_BYTES = 1_000_000
"""Limit for one file; a text of this length is not followed either."""

MAX_FILES = 5_000
"""How many files `fileset` looks through."""


class NoFileError(Exception):
    """There is no such file, or it is none that Terraform could read."""


class NotReadError(Exception):
    """A file is not read, and why."""


class OutsideError(NotReadError):
    """A path leads out of the root, or nowhere. written: as the configuration has it; path: from the working folder."""

    def __init__(self, written: str, path: str) -> None:
        super().__init__("a path outside of the repository")
        self.written, self.path = written, path


@record(frozen=True)
class LocalFiles:
    """The files around a root module, whose folder is where Terraform runs.

    over: the folder of which Terragrunt copies the files over those of the module; empty if there is none. has_hidden:
    whether it may copy hidden files too, which it does where they are named.
    """

    files: Files
    folder: str
    over: str = ""
    has_hidden: bool = False

    def relative(self, other: LocalFiles) -> str:
        """The path of another module's folder as seen from this one's."""
        return path_from(os.path.abspath(other.folder), os.path.abspath(self.folder)).replace(os.sep, "/")

    def path(self, written: str) -> str:
        """The path to open for a path in a configuration. Raises NotReadError if it is outside of the root."""
        if "\0" in written or written.startswith("~"):
            raise NotReadError("a path that depends on who runs Terraform")
        path = os.path.normpath(os.path.join(self.folder, written))
        if not self.files.is_inside(path):
            raise OutsideError(written, path)
        copied = self._copied(path)
        return copied if copied is not None and self.files.is_file(copied) else path

    def _copied(self, path: str) -> str | None:
        """What Terragrunt copies to a path, if it is there; None for what is not in the module. Raises NotReadError."""
        below = path_from(os.path.abspath(path), os.path.abspath(self.folder)) if self.over else os.pardir
        if below.split(os.sep)[0] == os.pardir:
            return None
        copied = os.path.normpath(os.path.join(self.over, below))
        if not _is_hidden(below):
            return copied
        if self.has_hidden and self.files.is_file(copied):
            raise NotReadError("a file that Terragrunt may copy into the module")
        return None

    def is_elsewhere(self, written: str) -> bool:
        """Whether a folder is surely neither that in which Terraform runs nor one above it."""
        here = f"{os.path.abspath(self.folder)}{os.sep}"
        return not here.startswith(f"{os.path.abspath(self.path(written)).rstrip(os.sep)}{os.sep}")

    def read(self, written: str) -> Source:
        """The file at a path in a configuration. Raises NoFileError or NotReadError."""
        path = self.path(written)
        if not self.files.is_file(path):
            raise NoFileError(f"no file {written}")
        if self.files.size(path) > MAX_BYTES:
            raise NotReadError(f"a file larger than {MAX_BYTES // 1_000_000} MB")
        try:
            source = self.files.read(path)
        except Problem as problem:
            raise NotReadError("a file that can't be read") from problem
        if source.withheld:
            raise NotReadError("a file that is encrypted or kept by Git LFS")
        return source

    def exists(self, written: str) -> bool:
        """Whether there is a file at a path. Raises NoFileError for a folder, NotReadError as `path` does."""
        path = self.path(written)
        if self.files.is_folder(path):
            raise NoFileError(f"{written} is a folder")
        return self.files.is_file(path)

    def below(self, written: str, inner: str) -> list[str]:
        """The files below the folder `inner` of a folder, relative to the latter. Raises NotReadError for too many."""
        top = self.path(written)
        here = self.path(os.path.join(written, inner))
        copied = self._copied(here)
        found: dict[str, None] = {}
        for folder in (here, *([] if copied is None else [copied])):
            for path in self.files.below(folder):
                if folder == here or not _is_hidden(path):
                    found[f"{inner}{path}"] = None
                elif self.has_hidden:
                    raise NotReadError("files that Terragrunt may copy into the module")
                if len(found) > MAX_FILES:
                    raise NotReadError(f"more than {MAX_FILES:,} files")
        is_there = self.files.is_folder(top) or (copied is not None and self.files.is_folder(copied))
        return list(found) if is_there else []


def _is_hidden(path: str) -> bool:
    """Whether a file, or a folder in which it is, is hidden. path: from the folder that is copied."""
    return any(name.startswith(".") and name != os.curdir for name in path.replace(os.sep, "/").split("/"))
