"""Which files a run looks at: those that a person names, and those in the folders that a person names."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from awslint_memo.model.patterns import path_matches
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

SKIPPED = frozenset(
    (".git", ".terraform", ".terragrunt-cache", "cdk.out", ".aws-sam", "node_modules", "venv", ".venv"),
)
"""Folders of copies and of other people's code, which a walk passes over unless it is told to go in."""

SUFFIXES = (".yaml", ".yml", ".json", ".template", ".tf")


@record(frozen=True)
class Found:
    """A file to look at: its path, which begins as the user wrote it, and whether the user named the file itself."""

    path: str
    named: bool


@record(frozen=True)
class FileFinder:
    """Which folders and files of a walk are left out.

    exclude and include are path patterns relative to `root`: `exclude` leaves out more, `include` goes into a folder
    that is skipped by default. What a person names on the command line is looked at whatever they say.
    """

    root: Path = Path()
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()

    def find(self, paths: Sequence[str] = ()) -> Iterator[Found | Problem]:
        """The files that `paths` name or hold, each once, folders in sorted order; without paths the folder at hand.

        A path that does not exist and a folder that can't be opened come as a Problem, and the walk goes on. Links to
        folders are not followed unless named, so that no file comes twice and no loop is endless.
        """
        named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
        seen: set[str] = set()
        for path in paths or ("",):
            for found in self._walk(path) if path == "" or os.path.isdir(path) else _named(path):
                where = os.path.abspath(found.path)
                if where not in seen:
                    seen.add(where)
                    yield Found(found.path, where in named) if isinstance(found, Found) else found

    def _walk(self, folder: str) -> Iterator[Found | Problem]:
        try:
            with os.scandir(folder or ".") as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(f"this folder can't be opened: {_reason(error)}", folder or ".")
            return
        for entry in here:
            path = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if not self._passes_over(entry.name, path):
                    yield from self._walk(path)
            elif entry.name.lower().endswith(SUFFIXES) and os.path.isfile(path) and not self._fits(path, self.exclude):
                yield Found(path, named=False)

    def _passes_over(self, name: str, path: str) -> bool:
        return (name in SKIPPED and not self._fits(path, self.include)) or self._fits(path, self.exclude)

    def _fits(self, path: str, patterns: Sequence[str]) -> bool:
        if not patterns:
            return False
        below = relative(path, self.root)
        return any(path_matches(pattern, below) for pattern in patterns)


def relative(path: str, root: Path) -> str:
    """A path as patterns see it: relative to `root`, with `/`; the whole path where it is on another drive."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return os.path.abspath(path).replace(os.sep, "/")


def _named(path: str) -> Iterator[Found | Problem]:
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        yield Problem("there is no such file or folder" if _is_missing(error) else _reason(error), path)
    else:
        yield Found(path, named=True)


def _is_missing(error: Exception) -> bool:
    return isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError))


def _reason(error: Exception) -> str:
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
