"""Walks folders without a stack of calls, so that no depth of them ends a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

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
    pending = [(folder, os.path.join(folder, ""), _listed(folder, disk, is_wanted))]
    while pending:
        here, beginning, rest = pending[-1]
        for entry, is_folder in rest:
            if isinstance(entry, OSError):
                yield entry, here or os.curdir
            elif not is_folder:
                yield entry, beginning + entry.name
            elif is_entered(entry, path := beginning + entry.name):
                pending.append((path, path + os.sep, _listed(path, disk, is_wanted)))
                break
        else:
            pending.pop()


def _listed(
    folder: str, disk: Disk, is_wanted: Callable[[Entry], bool]
) -> Iterator[tuple[Entry, bool] | tuple[OSError, bool]]:
    """What is wanted of a folder, and the folders in it; and whether each is a folder."""
    try:
        found = disk.entries(folder)
    except OSError as error:
        return iter([(error, False)])
    told = ((entry, entry.is_dir(follow_symlinks=False)) for entry in found)
    return iter(sorted((one for one in told if one[1] or is_wanted(one[0])), key=lambda one: one[0].name))
