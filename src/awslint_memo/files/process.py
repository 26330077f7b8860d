"""What this process has: standard input and output, and how many processors and processes it may use."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TextIO

from awslint_memo.files.source import MAX_BYTES, Source, limited
from awslint_memo.model.span import Problem

STANDARD_INPUTS = ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
"""What a person may write for standard input where a file is asked for."""

STANDARD_OUTPUTS = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What a person may write for standard output."""


def standard_input(name: str) -> Source:
    """What standard input gives, as a file of this name. Raises Problem if it is closed, or gives too much."""
    if sys.stdin is None:
        raise Problem("standard input is closed; give the file to it, or name the file", name)
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problem(f"standard input can't be read: {(error.strerror or str(error)).lower()}", name) from error
    return limited(data, name)


def discard_output(stream: TextIO | None) -> None:
    """Write nothing more to standard output or error, not even what is left in its buffer."""
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def linted_tops(linted: Iterable[str] = ()) -> list[str]:
    """The folders of which all is linted: the working folder, and the repositories of that and of some paths.

    With the repository of a submodule, the one that has it.
    """
    tops = {os.path.realpath(os.curdir): None}
    for folder in dict.fromkeys(filter(None, map(_real, (os.curdir, *linted)))):
        above = folder
        while (here := above) != (above := os.path.dirname(here)):
            own = os.path.join(here, ".git")
            if os.path.lexists(own):
                tops[here] = None
                if os.path.isdir(own):
                    break
    return list(tops)


def _real(path: str) -> str:
    """A path without its links; empty where there is none: a NUL, or links without end."""
    with suppress(OSError, RecursionError, ValueError):
        return os.path.realpath(path)
    return ""


def is_in_any(path: str, tops: Iterable[str]) -> bool:
    """Whether a path, without its links, is one of some folders or in them."""
    real = os.path.join(os.path.realpath(path), "")
    return any(real.startswith(os.path.join(top, "")) for top in tops)


def search_path(linted: Iterable[str] = ()) -> list[str]:
    """The folders of PATH in which programs are searched: not those that depend on the working folder, nor what is
    linted, which a stranger could have made. linted: paths in that, besides the working folder."""
    strangers = _strangers(linted)
    return [place for place in _places() if not is_in_any(place, strangers)]


def program(name: str, folder: str | None = None, linted: Iterable[str] = ()) -> str | None:
    """The path of an installed program, of a folder or of those in `search_path`."""
    if folder is not None:
        return next(_named(name, [folder]), None)
    strangers = _strangers(linted)
    return next((path for path in _named(name, search_path(linted)) if not is_in_any(path, strangers)), None)


def passed_over(name: str, linted: Iterable[str] = ()) -> str | None:
    """The first program of this name in PATH that is a part of what is linted; None if another one comes before it."""
    first = next(_named(name, _places()), None)
    return first if first is not None and first != program(name, linted=linted) else None


def not_run(name: str, linted: Iterable[str] = ()) -> list[str]:
    """The sentence about a program that is passed over; none if there is no such."""
    other = passed_over(name, linted)
    return [] if other is None else [f"{other}: this program is not run: it is a part of what is linted"]


def _places() -> list[str]:
    return [place for place in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(place)]


def _strangers(linted: Iterable[str]) -> list[str]:
    """The tops but for a working folder that says nothing of what belongs together: the user's own, or one above it."""
    home = os.path.join(os.path.realpath(os.path.expanduser("~")), "")
    return [
        top
        for top in linted_tops(linted)
        if os.path.dirname(top) != top
        and (os.path.lexists(os.path.join(top, ".git")) or not home.startswith(os.path.join(top, "")))
    ]


def _named(name: str, folders: Iterable[str]) -> Iterator[str]:
    names = [f"{name}{ending}" for ending in (".exe", ".cmd")] if os.name == "nt" else [name]
    paths = (os.path.join(place, written) for place in folders for written in names)
    return (path for path in paths if os.path.isfile(path) and os.access(path, os.X_OK))


MOST = 8
"""Processes of one run."""

_QUOTA = "/sys/fs/cgroup/cpu.max"
_QUOTA_OF_V1 = "/sys/fs/cgroup/cpu/cpu.cfs_quota_us"
_PERIOD_OF_V1 = "/sys/fs/cgroup/cpu/cpu.cfs_period_us"
"""Where Linux says how many microseconds of how many a container may use.

https://docs.kernel.org/admin-guide/cgroup-v2.html (read on 2026-11-27)
"""


def processors() -> int:
    """Those of Linux that this process is bound to, as far as its container leaves them; 1 on other systems."""
    if sys.platform != "linux":
        return 1
    bound = len(os.sched_getaffinity(0))
    quota, _, period = (_read(_QUOTA) or f"{_read(_QUOTA_OF_V1)} {_read(_PERIOD_OF_V1)}").partition(" ")
    is_limited = quota.isdigit() and period.isdigit() and int(period) > 0
    return max(1, min(bound, int(quota) // int(period))) if is_limited else bound


def available() -> int:
    """How many processes can work at once for a command; 1 where a process can't be copied safely."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        return 1
    return min(processors(), MOST)


def _read(path: str) -> str:
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except (OSError, ValueError):
        return ""
