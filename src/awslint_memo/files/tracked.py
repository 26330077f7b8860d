"""Which files git keeps among those that a walk would leave out: ignored ones, and those in folders of tools.

A pattern in `.gitignore` says nothing about what is committed, so such files are checked like any others. Git is asked
for its index once a repository, and only where something would be left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from awslint_memo.files.disk import Disk, path_from

if TYPE_CHECKING:
    from awslint_memo.files.git import Git

_KEPT = ("ls-files", "-z", "--cached")
"""All of them: asked for those that are ignored, git opens each `.gitignore`, be it a pipe to which nobody writes."""
_BELOW = (*_KEPT, "--")

_MOST_FOLDERS = 500
"""How many folders git is asked about, which it gets as arguments."""


class Tracked:
    """What the indexes of the repositories of a run have."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._kept: dict[str, frozenset[str]] = {}
        self._tops: dict[str, str | None] = {}
        self._gits: dict[str, Git] = {}

    def keeps(self, path: str) -> bool:
        """Whether git keeps an ignored file, or something in an ignored folder."""
        if not self._disk.is_now:
            return self._disk.keeps(path)
        whole = os.path.abspath(path)
        top = self._top(os.path.dirname(whole))
        if top is None:
            return False
        if top not in self._kept:
            files = self._answer(top, *_KEPT)
            self._kept[top] = frozenset((*files, *_folders(files, top)))
        return whole in self._kept[top]

    def below(self, folders: Iterable[str]) -> list[str]:
        """The files that git keeps in some folders."""
        by_top: dict[str, list[str]] = {}
        for folder in folders:
            top = self._top(os.path.dirname(os.path.abspath(folder)))
            if top is not None and self._disk.is_now:
                by_top.setdefault(top, []).append(path_from(folder, top).replace(os.sep, "/"))
        return [path for top, names in by_top.items() for path in self._answer(top, *_BELOW, *names[:_MOST_FOLDERS])]

    def _top(self, folder: str) -> str | None:
        """The top of the repository that has a folder."""
        if folder not in self._tops:
            above = os.path.dirname(folder)
            is_top = os.path.exists(os.path.join(folder, ".git"))
            self._tops[folder] = folder if is_top else None if above == folder else self._top(above)
        return self._tops[folder]

    def _answer(self, top: str, *arguments: str) -> list[str]:
        """The absolute paths that git lists; none if it is not there, or does not trust the repository."""
        from awslint_memo.files.git import Git, NoAnswerError  # Most runs leave out nothing that git may keep.

        try:
            git = self._gits.get(top) or self._gits.setdefault(top, Git(top))
            printed = git.ask(*arguments)
        except (NoAnswerError, LookupError):
            return []
        return [os.path.join(top, *path.split("/")) for path in os.fsdecode(printed).split("\0")[:-1]]


def _folders(files: Iterable[str], top: str) -> set[str]:
    """The folders below the top that have some of the files."""
    folders: set[str] = set()
    for path in files:
        folder = os.path.dirname(path)
        while folder not in folders and len(folder) > len(top):
            folders.add(folder)
            folder = os.path.dirname(folder)
    return folders
