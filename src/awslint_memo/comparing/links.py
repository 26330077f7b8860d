"""Symbolic links in place of a file or a folder: git has nothing below one, so what was there is elsewhere."""

from __future__ import annotations

import os
from collections.abc import Collection

from awslint_memo.files.disk import path_from
from awslint_memo.files.revision import Revision
from awslint_memo.judging.comparison import Comparison
from awslint_memo.judging.report import Report
from awslint_memo.model.record import replace

LINKED = "{} is a symbolic link now, and what it leads to is not looked at"


def link_to_unseen(path: str, top: str, judged: Collection[str]) -> str:
    """The symbolic link at or above an absolute path, below the top of a repository, by which it leads to no file that
    was looked at; empty if there is none."""
    link = _link_at(path, top)
    return link if link and not real_path(path, judged) else ""


def real_path(path: str, judged: Collection[str]) -> str:
    """Which of the files that were looked at a path leads to by links; empty if to none."""
    real = os.path.realpath(path)
    same = (each for each in judged if os.path.basename(each) == os.path.basename(real))
    return next((each for each in same if os.path.realpath(each) == real), "")


def with_unseen(comparison: Comparison, revision: Revision, report: Report) -> Comparison:
    """A comparison in which what links lead to that nobody reads is not gone, but can't be read."""
    top, judged = revision.git.top, report.seen.inventory.files
    gone = [
        replace(each, why="unread") if link_to_unseen(os.path.abspath(each.finding.home_path), top, judged) else each
        for each in comparison.gone
    ]
    return replace(comparison, gone=gone)


def _link_at(path: str, top: str) -> str:
    below = path_from(path, top).split(os.sep)
    if below[0] == os.pardir:
        return ""
    above = (os.path.join(top, *below[: count + 1]) for count in range(len(below)))
    return next((each for each in above if os.path.islink(each)), "")
