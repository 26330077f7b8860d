"""Where a file is written: a symbolic link that came with a repository never leads a report out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.disk import path_from
from awslint_memo.files.root import is_in
from awslint_memo.model.span import Problem

_MOST_LINKS = 100


def target_of(path: str, what: str) -> str:
    """The path without symbolic links at which a file is written.

    A link in a repository, or in the working folder, may lead to other files there, and nowhere else; a person's own
    links may lead anywhere. Raises Problem. what: names the file in the sentence.
    """
    target = os.path.realpath(path)
    for link in _links(path):
        top = _top(os.path.dirname(link))
        if top is not None and not is_in(target, os.path.join(top, "")):
            raise Problem(
                f"{what} can't be written: {path_from(link, top)} is a symbolic link that leads out of {top}; "
                "name the file that it leads to, or another one",
                path,
            )
    return target


def _links(path: str) -> Iterator[str]:
    """The symbolic links that are followed on the way to a path, each by where it is without others."""
    drive, rest = os.path.splitdrive(os.path.join(os.getcwd(), path))
    start = drive + os.sep
    here, steps = start, rest.split(os.sep)[::-1]
    count = 0
    while steps and count < _MOST_LINKS:
        step = steps.pop()
        if step in ("", os.curdir):
            continue
        if step == os.pardir:
            here = os.path.dirname(here)
            continue
        place = os.path.join(here, step)
        if not os.path.islink(place):
            here = place
            continue
        count += 1
        yield place
        to = os.readlink(place)
        steps += os.path.splitdrive(to)[1].split(os.sep)[::-1]
        here = start if os.path.isabs(to) else here


def _top(folder: str) -> str | None:
    """The repository that has a folder, else the working folder if that has it."""
    place = folder
    while not os.path.lexists(os.path.join(place, ".git")):
        above = os.path.dirname(place)
        if above == place:
            here = os.path.realpath("")
            is_here = os.path.dirname(here) != here and is_in(folder, os.path.join(here, ""))
            return here if is_here else None
        place = above
    return place
