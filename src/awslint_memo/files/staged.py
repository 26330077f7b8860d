"""What a commit changes that is about to be made, or that is looked at, as git tells it.

A hook gets the names of the files that a commit has, and never those that it deletes.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from awslint_memo.files.git import Git, NoAnswerError
from awslint_memo.model.record import record

_FROM, _TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"
"""The revisions between which pre-commit looks, where it looks at no commit that is about to be made.

https://pre-commit.com/#pre-commit-during-push (read on 2026-11-30)
"""

_WORDS = ("--name-status", "--no-renames", "-z")
_KEPT = frozenset("AMT")


_USED = (
    *(".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml", ".template", ".txt", ".cfn", ".hcl"),
    *("samconfig.toml", "pyproject.toml"),
)
"""The endings of files that others may use."""


@record(frozen=True)
class Staged:
    """The paths, from the working folder, of what a commit deletes, and of what it adds or changes. before: the
    revision that it is compared with. git: asks about the repository."""

    deleted: Sequence[str] = ()
    changed: Sequence[str] = ()
    before: str = "HEAD"
    git: Git | None = None

    def text_before(self, path: str) -> bytes:
        """What a file had before; nothing if there was none, or git can't tell."""
        if self.git is None:
            return b""
        name = os.path.relpath(path, self.git.top).replace(os.sep, "/")
        try:
            return self.git.ask("cat-file", "blob", f"{self.before}:{name}")
        except NoAnswerError:
            return b""

    @property
    def used(self) -> list[str]:
        """Those that it deletes and others may use."""
        return [path for path in self.deleted if path.lower().endswith(_USED)]


def staged(environment: Mapping[str, str]) -> Staged:
    """What is staged in the repository of the working folder, or what is between two revisions that pre-commit names.

    environment: that of this process. Nothing is told outside of a repository, and before the first commit.
    """
    top = _top(os.getcwd())
    if top is None:
        return Staged()
    before, after = environment.get(_FROM, ""), environment.get(_TO, "")
    is_between = bool(before and after) and not (before.startswith("-") or after.startswith("-"))
    try:
        git = Git(top)
        if is_between:
            before = git.line("merge-base", before, after)
            printed = git.ask("diff-tree", "-r", *_WORDS, before, after, "--")
        else:
            before = "HEAD"
            printed = git.ask_index(
                environment.get("GIT_INDEX_FILE", ""), "diff-index", "--cached", *_WORDS, before, "--"
            )
    except (NoAnswerError, LookupError):
        return Staged()
    words = os.fsdecode(printed).split("\0")[:-1]  # Each status stands before its path.
    paths = (os.path.relpath(os.path.join(top, *path.split("/"))) for path in words[1::2])
    pairs = list(zip(words[::2], paths, strict=True))
    deleted = [path for status, path in pairs if status == "D" and not os.path.lexists(path)]
    return Staged(deleted, [path for status, path in pairs if status in _KEPT], before, git)


def _top(folder: str) -> str | None:
    """The top of the repository that has a folder; None if there is none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
