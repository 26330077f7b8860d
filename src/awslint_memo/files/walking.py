"""Walks folders without a stack of calls, so that no depth of them ends a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from operator import attrgetter

from awslint_memo.files.disk import NOW, Disk, Entry


def walk(
    folder: str,
    is_entered: Callable[[Entry, str], bool] = lambda _entry, _path: True,
    disk: Disk = NOW,
    is_wanted: Callable[[Entry], bool] = lambda _entry: True,
) -> Iterator[tuple[Entry | OSError, str]]:
    """All that is below a folder but the folders themselves, each with its path, in the order of the names.

    is_entered: whether to look into a folder. is_wanted: whether something that is no folder is given. Symbolic links
    are given and not followed. A folder that can't be opened gives the error.
    """
    pending = [(folder, _listed(folder, disk))]
    while pending:
        here, rest = pending[-1]
        entry = next(rest, None)
        if entry is None:
            pending.pop()
        elif isinstance(entry, OSError):
            yield entry, here or os.curdir
        elif not entry.is_dir(follow_symlinks=False):
            if is_wanted(entry):
                yield entry, os.path.join(here, entry.name)
        else:
            path = os.path.join(here, entry.name)
            if is_entered(entry, path):
                pending.append((path, _listed(path, disk)))


def _listed(folder: str, disk: Disk) -> Iterator[Entry | OSError]:
    try:
        return iter(sorted(disk.entries(folder), key=_name))
    except OSError as error:
        return iter([error])


_name = attrgetter("name")
