"""Finds the files to lint: those that the user names, and those in the folders that the user names."""

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
"""Folders with generated files or third-party code, which are skipped unless the configuration includes them."""

_FOREIGN = SKIPPED - {"cdk.out", ".aws-sam"}
"""Those of them that have no templates of the user."""

SUFFIXES = (
    *(".yaml", ".yml", ".json", ".template", ".tf", ".tofu"),
    *("terragrunt.hcl", ".tfcomponent.hcl", ".tfdeploy.hcl"),
)

_OF_TERRAFORM = (".tf", ".tofu", ".tf.json", ".tofu.json")


@record(frozen=True)
class Found:
    """A file to lint. `path` begins as the user wrote it; `named`: the user named this file and not just its folder."""

    path: str
    named: bool


@record(frozen=True)
class FileFinder:
    """Searches folders for files, and leaves out what the settings exclude.

    exclude, include: path patterns relative to `root`. `exclude` leaves out files and folders; `include` searches
    folders that are skipped by default. Neither applies to paths that the user names on the command line.
    """

    root: Path = Path()
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()

    def find(self, paths: Sequence[str] = ()) -> Iterator[Found | Problem]:
        """The files that `paths` name or contain, each once, folders sorted; without paths, the working folder's.

        Gives a Problem for a path that does not exist or a folder that can't be opened, and continues. Symbolic links
        to folders are followed only if named, so that no file is found twice and no cycle is followed.
        """
        named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
        seen: set[str] = set()
        for path in paths or ("",):
            for found in self._walk(path) if path == "" or os.path.isdir(path) else _named(path):
                where = os.path.abspath(found.path)
                if where not in seen:
                    seen.add(where)
                    yield Found(found.path, where in named) if isinstance(found, Found) else found

    def leaves_out(self, folder: str) -> bool:
        """Whether `find` leaves out folders with templates of the user below `folder`: built or excluded ones."""
        for above, names, _ in os.walk(folder):
            passed = [name for name in names if self._passes_over(name, os.path.join(above, name))]
            if not _FOREIGN.issuperset(passed):
                return True
            names[:] = [name for name in names if name not in passed]
        return False

    def _walk(self, folder: str) -> Iterator[Found | Problem]:
        try:
            with os.scandir(folder or ".") as entries:
                here = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(_reason(error), folder or ".")
            return
        for entry in here:
            path = os.path.join(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if not self._passes_over(entry.name, path):
                    yield from self._walk(path)
            elif _may_be_read(entry.name) and os.path.isfile(path) and not self._matches_any(path, self.exclude):
                yield Found(path, named=False)

    def _passes_over(self, name: str, path: str) -> bool:
        return (name in SKIPPED and not self._matches_any(path, self.include)) or self._matches_any(path, self.exclude)

    def _matches_any(self, path: str, patterns: Sequence[str]) -> bool:
        if not patterns:
            return False
        below = relative(path, self.root)
        return any(path_matches(pattern, below) for pattern in patterns)


def _may_be_read(name: str) -> bool:
    # Terraform passes over hidden files, which editors write beside the one that is open.
    return name.lower().endswith(SUFFIXES) and not (name.startswith(".") and name.endswith(_OF_TERRAFORM))


def relative(path: str, root: Path) -> str:
    """The path that patterns are compared with: relative to `root`, with `/`; absolute if it is on another drive."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return os.path.abspath(path).replace(os.sep, "/")


def _named(path: str) -> Iterator[Found | Problem]:
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        yield Problem("no such file or folder" if _is_missing(error) else _reason(error), path)
    else:
        yield Found(path, named=True)


def _is_missing(error: Exception) -> bool:
    return isinstance(error, (FileNotFoundError, NotADirectoryError, ValueError))


def _reason(error: Exception) -> str:
    return ((error.strerror if isinstance(error, OSError) else None) or str(error)).lower()
