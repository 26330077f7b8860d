"""Finds the files to lint: those that the user names, and those in the folders that the user names."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence

from awslint_memo.files.root import Root
from awslint_memo.files.walking import walk
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
class Unfollowed:
    """What a walk met and left closed: a symbolic link out of the root; not `is_link`: a pipe, socket or device."""

    path: str
    is_link: bool = True


@record(frozen=True)
class FileFinder:
    """Searches folders for files, and leaves out what the settings exclude.

    exclude, include: path patterns relative to `root`. `exclude` leaves out files and folders; `include` searches
    folders that are skipped by default. Neither applies to paths that the user names on the command line. bounds: where
    symbolic links may lead; None: anywhere. unsaved: the absolute paths of files that need not be on disk.
    """

    root: str = ""
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()
    bounds: Root | None = None
    unsaved: Collection[str] = ()

    def find(self, paths: Sequence[str] = ()) -> Iterator[Found | Unfollowed | Problem]:
        """The files that `paths` name or contain, each once, folders sorted; without paths, the working folder's.

        Gives a Problem for a path that does not exist or a folder that can't be opened, and continues. Symbolic links
        to folders are followed only if named, so that no file is found twice and no cycle is followed. What is outside
        of the bounds, or no regular file, is Unfollowed.
        """
        named = {os.path.abspath(path) for path in paths if not os.path.isdir(path)}
        seen: set[str] = set()
        for path in paths or ("",):
            for found in self._walk(path) if path == "" or os.path.isdir(path) else self._named(path):
                where = os.path.abspath(found.path)
                if where not in seen:
                    seen.add(where)
                    yield Found(found.path, where in named) if isinstance(found, Found) else found

    def _named(self, path: str) -> Iterator[Found | Problem]:
        return iter([Found(path, named=True)]) if os.path.abspath(path) in self.unsaved else _on_disk(path)

    def leaves_out(self, folder: str) -> bool:
        """Whether `find` leaves out folders with templates of the user below `folder`: built or excluded ones."""
        passed: set[str] = set()

        def is_entered(entry: os.DirEntry[str], path: str) -> bool:
            is_passed = self._passes_over(entry.name, path)
            passed.update([entry.name] if is_passed else [])
            return not is_passed

        return any(not _FOREIGN.issuperset(passed) for _ in walk(folder, is_entered)) or not _FOREIGN.issuperset(passed)

    def _walk(self, folder: str) -> Iterator[Found | Unfollowed | Problem]:
        for entry, path in walk(folder, lambda entry, path: not self._passes_over(entry.name, path)):
            if isinstance(entry, OSError):
                yield Problem(_reason(entry), path)
            elif entry.is_symlink():
                yield from self._linked(entry, path)
            elif _may_be_read(entry.name) and not self._matches_any(path, self.exclude):
                yield Found(path, named=False) if entry.is_file() else Unfollowed(path, is_link=False)

    def _linked(self, entry: os.DirEntry[str], path: str) -> Iterator[Found | Unfollowed]:
        """What a symbolic link gives: a file in the root; nothing for a folder there, which is walked where it is."""
        # More links than a system follows lead nowhere, as one to nothing does.
        is_outside = self.bounds is not None and self.bounds.real(path) and not self.bounds.holds(path)
        is_wanted = _may_be_read(entry.name) and not self._matches_any(path, self.exclude)
        if is_outside:
            is_folder = os.path.isdir(path) and not self._passes_over(entry.name, path)
            yield from [Unfollowed(path)] if is_wanted or is_folder else []
        elif is_wanted and not os.path.isdir(path):
            if os.path.isfile(path):
                yield Found(path, named=False)
            elif os.path.exists(path):
                yield Unfollowed(path, is_link=False)

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


def relative(path: str, root: str) -> str:
    """The path that patterns are compared with: relative to `root`, with `/`; absolute if it is on another drive."""
    try:
        return os.path.relpath(path, root).replace(os.sep, "/")
    except ValueError:
        return os.path.abspath(path).replace(os.sep, "/")


def _on_disk(path: str) -> Iterator[Found | Problem]:
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
