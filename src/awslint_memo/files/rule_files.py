"""The files of this package, those with rules in folders of users, and installed packages with rules.

`importlib.metadata` takes as long as a small run; here only the names of what is installed and small files are read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

from awslint_memo.files.disk import walk
from awslint_memo.files.source import Source, read
from awslint_memo.model.span import Problem

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

OWN_NAMES = "terraform_names.py"
"""The file in a folder of users' rules with Terraform's names for what they ask; it is no rule."""

OWN_INDEX = "_index.py"
"""The file with the index of the package's rules, if there is one; a name that begins so is no rule's."""

FOLDER = ""
"""If not empty, the folder used instead of the package's own rules. A benchmark sets it to run changed rules."""


def own_rules() -> str:
    """The folder of the package's own rules: the one in the installed wheel, else the one in the checkout."""
    if FOLDER:
        return FOLDER
    packaged = os.path.join(PACKAGE, "rules")
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), "rules")


def rule_files(folder: str) -> list[str]:
    """The paths of the rule files in a folder and its subfolders, sorted.

    Names that begin with `_` are skipped, and terraform_names.py.
    """
    return sorted(_python_files(folder), key=lambda path: path.split(os.sep))


def _python_files(folder: str) -> Iterator[str]:
    for entry, path in walk(folder):
        if isinstance(entry, OSError):
            raise entry
        is_rule = entry.name.endswith(".py") and not entry.name.startswith("_") and entry.name != OWN_NAMES
        if is_rule and entry.is_file():
            yield path


def rule_text(path: str) -> str:
    """The text of a rule file."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def packaged(name: str) -> Source:
    """The data file at `name`, a path relative to the package's folder."""
    return read(os.path.join(PACKAGE, *name.split("/")))


RULES = "awslint_memo.rules"

_INFO = (".dist-info", ".egg-info")
_FILE = "entry_points.txt"


def rule_packages(path: Sequence[str] | None = None) -> list[str]:
    """The folders of the installed packages with rules, each once. path: where packages are; as a rule `sys.path`.

    Raises Problem for a package that is named and not there.
    """
    here = _state(os.curdir)
    found: dict[str, None] = {}
    for place in dict.fromkeys(sys.path if path is None else path):
        state = _state(place) if place else None
        # What is in the working folder is linted, and not installed.
        if state is not None and (here is None or not os.path.samestat(state, here)):
            named = _named_now(place, state.st_mtime_ns)
            found.update((_folder(value, place, file), None) for value, file in named)
    return list(found)


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
    with os.scandir(place) as entries:
        names = [entry.name for entry in entries if entry.name.endswith(_INFO)]
    for name in sorted(names):
        file = os.path.join(place, name, _FILE)
        try:
            with open(file, encoding="utf-8") as opened:
                text = opened.read()
        except (OSError, ValueError):
            continue
        if RULES in text:
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
