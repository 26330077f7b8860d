"""What a commit changes that is about to be made, or that is looked at, as git tells it.

A hook gets the names of the files that a commit has, and never those that it deletes.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.git import Git, NoAnswerError
from awslint_memo.model.name_words import may_have_values
from awslint_memo.model.record import field, record

_FROM, _TO = "PRE_COMMIT_FROM_REF", "PRE_COMMIT_TO_REF"
"""The revisions between which pre-commit looks, where it looks at no commit that is about to be made.

https://pre-commit.com/#pre-commit-during-push (read on 2026-11-30)
"""

_WORDS = ("--name-status", "-z")
_KEPT = frozenset("AMT")
_RENAMES = (("-M", "-l1000"), ("--no-renames",))
"""In a partial clone the contents may not be there to be compared."""


_USED = (
    *(".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml", ".template", ".txt", ".cfn", ".hcl"),
    *("samconfig.toml", "pyproject.toml"),
)
"""The endings of files that others may use."""


@record(frozen=True)
class Staged:
    """The paths, from the working folder, of what a commit deletes, and of what it adds or changes. before: the
    revision that it is compared with. git: asks about the repository. moved: where what it deletes is now, if git finds
    it elsewhere. added: those of what it changes that were not there."""

    deleted: Sequence[str] = ()
    changed: Sequence[str] = ()
    before: str = "HEAD"
    git: Git | None = None
    moved: Mapping[str, str] = field(default_factory=dict)
    added: Collection[str] = ()

    def text_before(self, path: str) -> bytes:
        """What a file had before; nothing if there was none, or git can't tell."""
        return self.known_before(path) or b""

    def known_before(self, path: str) -> bytes | None:
        """What a file had before; nothing if there was none, None if git can't tell."""
        if path in self.added or self.git is None:
            return None if self.git is None else b""
        name = path_from(path, self.git.top).replace(os.sep, "/")
        try:
            return self.git.ask("cat-file", "blob", f"{self.before}:{name}")
        except NoAnswerError:
            return None

    @property
    def used(self) -> list[str]:
        """Those that it deletes and others may use."""
        return [path for path in self.deleted if path.lower().endswith(_USED) or may_have_values(path)]


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
        before = git.line("merge-base", before, after) if is_between else "HEAD"
    except (NoAnswerError, LookupError):
        return Staged()
    for renames in _RENAMES:
        words = (*_WORDS, *renames)
        try:
            if is_between:
                printed = git.ask("diff-tree", "-r", *words, before, after, "--")
            else:
                index = environment.get("GIT_INDEX_FILE", "")
                printed = git.ask_index(index, "diff-index", "--cached", *words, before, "--")
        except NoAnswerError:
            continue
        return _told(printed, before, git)
    return Staged()


def _told(printed: bytes, before: str, git: Git) -> Staged:
    """What git says of each file: its status, and its path; of one that is moved both."""

    def path(name: str) -> str:
        return path_from(os.path.join(git.top, *name.split("/")))

    words = iter(os.fsdecode(printed).split("\0")[:-1])
    deleted, changed, added, moved = list[str](), list[str](), set[str](), dict[str, str]()
    for status in words:
        here = path(next(words))
        if status.startswith("R"):
            deleted.append(here)
            moved[here] = path(next(words))
            here = moved[here]
        if status == "D":
            deleted.append(here)
        elif status[0] in {*_KEPT, "R"}:
            changed.append(here)
            added.update([here] if status[0] != "M" and status[0] != "T" else ())
    return Staged([each for each in deleted if not os.path.lexists(each)], changed, before, git, moved, added)


def _top(folder: str) -> str | None:
    """The top of the repository that has a folder; None if there is none."""
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder
