"""What a run may open: what a person named, and what lies in the roots of that, wherever symbolic links lead."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from unicodedata import category

from awslint_memo.files.disk import NOW, Disk
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem

OUTSIDE = "outside of the root, so it was not opened; --root DIR sets the root"
"""The end of a sentence about a path that was not followed."""

CIRCLE = "a circle of symbolic links, so there is nothing to open; let it lead to a file"
"""The same of one that leads nowhere."""

_LONGEST = 4096
"""Characters of a path that systems take; a longer one would be split into its folders for minutes."""

_GIT = f"{os.sep}.git{os.sep}"


class Root:
    """The root of each path that a person named, or the one folder that they gave for all.

    It is the top of the repository that has the path, else the working folder if that has it, else the folder that is
    named or has the file. The folder `.git` in it is no part of it. A path counts as where it is after all symbolic
    links, and is opened there, so that a link that changes in between leads nowhere else.
    """

    def __init__(self, named: Iterable[str] = ("",), folder: str | None = None, disk: Disk = NOW) -> None:
        """named: files and folders to lint. folder: the root instead of theirs. Raises Problem if it is no folder.

        disk: what there is at a path, and where symbolic links lead.
        """
        if folder is not None and not os.path.isdir(folder):
            raise Problem("no such folder; --root names the one in which files may be read", folder)
        self.disk = disk
        self._folders: dict[str, str] = {}
        self._real: dict[str, str] = {}
        """Where the paths lead that were asked for, as each is asked for some times in a run."""
        self._held: dict[str, bool] = {}
        """Which of the places where paths lead may be opened; no longer than nothing more is named."""
        self._roots: dict[str, str] = {}
        self._files: set[str] = set()
        self._given = None if folder is None else disk.real(folder)
        self._here = NOW.real("")
        if not self._here:
            raise Problem("the working folder does not exist any more; change to one that does", os.curdir)
        self._home = self._root_of(self._here) if self._given is None else self._given
        self._tops: dict[str, None] = {} if self._given is None else {os.path.join(self._given, ""): None}
        for path in named:
            self.enter(path)

    def enter(self, path: str) -> None:
        """Take a file or folder that a person named to lint: it may be opened, and its root."""
        real = self.real(path)
        is_folder = bool(real) and self.disk.is_folder(real)
        folder = real if is_folder else self.real(os.path.dirname(path))
        self._held.clear()
        if self._given is None and folder:
            self._tops[os.path.join(self._root_of(folder), "")] = None
        if not is_folder:
            self.allow(path)
        elif not self.holds(path):
            self._tops[os.path.join(real, "")] = None
        self._held.clear()

    def allow(self, path: str) -> None:
        """Take a file that a person named for another purpose: it may be opened, but nothing beside it."""
        self._files |= {path, self.real(path)}
        self._held.clear()

    def is_named(self, path: str) -> bool:
        """Whether a person named a file, in these words."""
        return path in self._files

    def real(self, path: str) -> str:
        """Where a path leads after all symbolic links; empty if it is no path, or a circle of links."""
        known = self._real.get(path)
        if known is None:
            known = self._real[path] = self._led(path)
        return known

    def _led(self, path: str) -> str:
        if len(path) > _LONGEST:
            return ""
        folder, name = os.path.split(path)
        if name in ("", os.curdir, os.pardir):
            return self.disk.real(path)
        return self._below(self._folders.get(folder) or self._real_folder(folder), name, path)

    def _real_folder(self, folder: str) -> str:
        """Where a folder leads; those above it are asked once, as most folders of a run have the same."""
        pending = []
        here = folder
        while here not in self._folders:
            above, name = os.path.split(here)
            if name in ("", os.curdir, os.pardir):
                self._folders[here] = self.disk.real(here)
            else:
                pending.append((here, above, name))
                here = above
        for path, above, name in reversed(pending):
            self._folders[path] = self._below(self._folders[above], name, path)
        return self._folders[folder]

    def _below(self, folder: str, name: str, path: str) -> str:
        """Where a path leads of which it is known where its folder does."""
        whole = os.path.join(folder, name)
        return self.disk.real(path) if not folder or self.disk.is_link(whole) or "\0" in name else whole

    def holds(self, path: str) -> bool:
        """Whether a path may be opened."""
        return self._has(self.real(path))

    def why_not(self, path: str) -> str:
        """What a path is that may not be opened, as the end of a sentence."""
        return OUTSIDE if self.real(path) or "\0" in path or len(path) > _LONGEST else CIRCLE

    def top_of(self, path: str) -> str:
        """The root that has a path; empty if none has."""
        real = self.real(path)
        return next((top.rstrip(os.sep) or os.sep for top in self._tops if is_in(real, top)), "")

    @property
    def given(self) -> str | None:
        """The one root that a person named, without its links; None if each path has its own."""
        return self._given

    def is_home(self, path: str) -> bool:
        """Whether a path is in the root of the working folder, where the configuration is searched, or may be opened.

        The configuration may name files there, whatever the paths to lint are.
        """
        return is_in(self.real(path), os.path.join(self._home, "")) or self.holds(path)

    def opened(self, path: str) -> str:
        """The path at which to open a file. Raises Problem if it must not be opened."""
        real = self.real(path)
        if not real:
            raise Problem("the path is not valid: it has a NUL character, or its symbolic links never end", path)
        if not self._has(real):
            raise Problem(f"this is {OUTSIDE}", path)
        return real

    def _has(self, real: str) -> bool:
        known = self._held.get(real)
        if known is None:
            is_there = bool(real) and (real in self._files or any(is_in(real, top) for top in self._tops))
            known = self._held[real] = is_there
        return known

    def _root_of(self, folder: str) -> str:
        """The root of a folder without symbolic links."""
        if folder not in self._roots:
            places = [folder]
            while (above := os.path.dirname(places[-1])) != places[-1]:
                places.append(above)
            repository = next((place for place in places if os.path.exists(os.path.join(place, ".git"))), None)
            # A working folder at the top of the file system says nothing about what belongs together.
            is_here = self._here in places[:-1]
            self._roots[folder] = repository or (self._here if is_here else folder)
        return self._roots[folder]


def bounds_of(
    paths: Sequence[str],
    root: str | None,
    plan_source: str | None,
    standard_input: Source | None,
    named: Sequence[str | None],
    disk: Disk = NOW,
) -> Root:
    """What a run may open. named: files that are named for another purpose than to be checked."""
    entered = [standard_input.path if path == "-" and standard_input is not None else path for path in paths or [""]]
    bounds = Root([*entered, *([] if plan_source is None else [plan_source])], root, disk)
    for path in named:
        if path is not None:
            bounds.allow(path)
    return bounds


def is_in(real: str, top: str) -> bool:
    """Whether a path is in a folder, whose name ends with a separator, and not in git's own folder there.

    That has what nobody writes into a template: in CI, the token with which the repository was fetched.
    """
    whole = os.path.join(real, "")
    return whole.startswith(top) and _GIT not in _as_found(whole[len(top) - 1 :])


def is_git(name: str) -> bool:
    """Whether a name is that of git's own folder, as systems compare it."""
    return _as_found(name) == _GIT.strip(os.sep)


def _as_found(path: str) -> str:
    """A path as systems compare it that take letters of any case and pass over marks of no width."""
    return path.lower() if path.isascii() else "".join(one for one in path.lower() if category(one) != "Cf")
