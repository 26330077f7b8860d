"""Whether a policy that locks rules held at a revision: a hook asks it at each commit, so it is told cheaply."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.comparing.current import Current, top_of
from awslint_memo.files.files import Files
from awslint_memo.files.git import Git, NoAnswerError
from awslint_memo.files.revision import Revision, revision
from awslint_memo.files.revision_disk import RevisionDisk
from awslint_memo.model.span import Problem
from awslint_memo.settings.configuration_file import NAMES


def had_policy(words: str, current: Current) -> bool:
    """Whether a policy that locks rules held for what is named at a revision; no, where nobody can read that.

    words: the revision, as a person names it.
    """
    try:
        top = top_of(current, words)
        if not _may_have_configuration(top, words):
            return False
        past = RevisionDisk(revision(top, words))
    except LookupError:
        return False
    try:
        then = current.load(Files(bounds=current.bounds(disk=past)))
        return then.base.is_policed or any(then.of(folder).is_policed for folder in _folders(current, past.revision))
    except Problem:
        return False
    finally:
        past.close()


def _may_have_configuration(top: str, words: str) -> bool:
    """Whether a revision has a file with the name of a configuration. To list names takes a part of what it takes to
    compare the revision with what is there."""
    git = Git(top)
    try:
        names = git.ask("ls-tree", "-r", "-z", "--name-only", words).decode(errors="surrogateescape").split("\0")
    except NoAnswerError:
        return False
    finally:
        git.close()
    return any(name.endswith(NAMES) for name in names)


def _folders(current: Current, revision: Revision) -> Iterator[str]:
    """The folders of what is named, and those below with a configuration at the revision."""
    named = [os.path.abspath(path or os.curdir) for path in current.paths or [""]]
    tops = [path if current.files.is_folder(path) else os.path.dirname(path) for path in named]
    yield from tops
    configured = (os.path.dirname(path) for path in revision.files if os.path.basename(path) in NAMES)
    below = [os.path.join(revision.git.top, folder) for folder in configured]
    yield from (folder for folder in below if any(folder.startswith(os.path.join(top, "")) for top in tops))
