"""The installed packages with rules.

`importlib.metadata` takes as long as a small run; here only the names of what is installed and small files are read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

from awslint_memo.files.process import is_in_any, linted_tops
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

RULES = "awslint_memo.rules"

_INFO = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"


@record(frozen=True)
class RulePackages:
    """The installed packages with rules. folders: those with their rules. left_out: those of packages that are a part
    of what is linted, whose code is not run."""

    folders: Sequence[str]
    left_out: Sequence[str]


def rule_packages(linted: Sequence[str] = ()) -> RulePackages:
    """The installed packages with rules, each once.

    linted: the paths to lint. What is below the working folder, or a repository with it or one of them, is linted and
    not installed, wherever `sys.path` leads, but for what the environment has that Python runs in.
    Raises Problem for a package that is named and not there.
    """
    found: dict[str, None] = {}
    left_out: dict[str, None] = {}
    tops: list[str] | None = None
    for place in dict.fromkeys(sys.path):
        state = _state(place) if place else None
        for value, file in () if state is None else _named_now(place, state.st_mtime_ns):
            tops = linted_tops(linted) if tops is None else tops
            is_linted = _is_linted(place, tops)
            folder = "" if is_linted else _folder(value, place, file)
            if is_linted or _is_linted(folder, tops):
                left_out[folder or os.path.join(place, *value.partition(":")[0].strip().split("."))] = None
            else:
                found[folder] = None
    return RulePackages(list(found), list(left_out))


def is_linted(folder: str) -> bool:
    """Whether a folder is a part of the working folder or of its repository, and not installed."""
    return _is_linted(folder, linted_tops())


def _is_linted(folder: str, tops: Sequence[str]) -> bool:
    real = os.path.join(os.path.realpath(folder), "")
    python = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    installed = (("lib", python, "site-packages"), ("lib64", python, "site-packages"), ("Lib", "site-packages"))
    environment = (os.path.join(os.path.realpath(os.path.join(sys.prefix, *names)), "") for names in installed)
    return is_in_any(folder, tops) and not any(map(real.startswith, environment))


def _state(folder: str) -> os.stat_result | None:
    """What the system knows of a folder, after all symbolic links; None if it is not there."""
    try:
        return os.stat(folder)
    except (OSError, ValueError):
        return None


def _named_now(place: str, changed: int) -> Sequence[tuple[str, str]]:
    """What the entry points of the packages in a folder name, each with the file that does."""
    try:
        return _named(place, changed)
    except OSError:
        return ()


@lru_cache
def _named(place: str, _changed: int) -> Sequence[tuple[str, str]]:
    """The same, read once for each time at which the folder changed: an editor lints again and again."""
    return tuple(_read(place))


def _read(place: str) -> Iterator[tuple[str, str]]:
    for name in sorted(name for name in os.listdir(place) if name.endswith(_INFO)):
        file = os.path.join(place, name, _FILE)
        try:
            with open(file, "rb", buffering=0) as opened:
                data = opened.read()
            text = data.decode() if RULES.encode() in data else ""
        except (OSError, ValueError):
            continue
        yield from ((value, file) for value in _values(text))


def _values(text: str) -> Iterator[str]:
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == RULES and "=" in line and line[0] not in "#;":
            yield line.partition("=")[2].strip()


def _folder(value: str, place: str, file: str) -> str:
    """The folder of a package; nothing of it is run."""
    top, *below = value.partition(":")[0].strip().split(".")
    folder = os.path.join(place, top, *below)
    if os.path.isdir(folder):
        return folder
    from importlib.util import find_spec

    spec = find_spec(top)  # Where an editable installation has it.
    places = list(spec.submodule_search_locations or ()) if spec is not None else []
    folder = next((os.path.join(one, *below) for one in places if os.path.isdir(os.path.join(one, *below))), "")
    if not folder:
        raise Problem(f"the package {value} with rules is not there; install it again", file)
    return folder
