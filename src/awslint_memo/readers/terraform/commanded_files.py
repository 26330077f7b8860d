"""Finds the files of variables that commands of the repository give a root module.

They are hints: what they name is judged beside all that would be judged without them, and never instead of it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.files import above as folder_above
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import VARIABLES
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.variable_file_commands import TOP, Command, Path, commands

_NAMES = regex(
    r"(?i)(?:gnu)?makefile|.*\.mk|\.?justfile|taskfile\.ya?ml|package\.json|.*\.(?:sh|bash)|jenkinsfile.*|.*\.groovy"
    r"|\.gitlab-ci\.ya?ml|\.travis\.ya?ml|buildspec.*\.ya?ml|atlantis\.ya?ml|(?:azure|bitbucket)-pipelines\.ya?ml"
    r"|cloudbuild\.ya?ml|noxfile\.py|tasks\.py|fabfile\.py|infra|deploy|tasks"
)
_FOLDERS = (
    *(".github/workflows", ".circleci", ".gitlab", ".gitlab-ci", ".buildkite"),
    *("scripts", "script", "bin", "ci", "tools", "hack", "tasks", "deploy", "deployment", "Jenkinsfiles", "pipelines"),
)
"""The folders beside or above a root that have such files."""

_YAML = (".yml", ".yaml")
_MODULES = "modules"
"""The folder in which modules are by convention."""

_MOST_FILES = 200
_MOST_BYTES = 100_000
_MOST_COMMANDS = 400
_MOST_MATCHES = 40
"""How many files of a repository are looked at, how large they may be, how many of their commands count, and how many
deployments a command may have."""

_MOST_FOLDERS = 500
_MOST_BELOW = 20
_ENDINGS = (*VARIABLES, ".hcl")
_WORDS = (b"var-file", b"var_file", b"backend-config")


@record(frozen=True)
class Located:
    """A command, and the folders in which it may be started."""

    command: Command
    folders: tuple[str, ...]


class CommandedFiles:
    """The commands of the repositories of a run, by folder."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._commands: dict[str, list[Located]] = {}
        self._programs_of: dict[str, Sequence[str]] = {}
        self._looked = 0

    def of(self, root: str) -> Iterator[tuple[list[str], bool]]:
        """The files that commands give the root in a folder, in their order, each with whether they surely name it."""
        is_module = _MODULES in os.path.abspath(root).split(os.sep)
        for located in self._near(root):
            variables = located.command.variables
            filled = _filled_at(located, root)
            if filled is None:
                continue
            used = {text for path in variables for text, is_filled in path if is_filled}
            is_sure = located.command.folder is not None and _is_told(located.command.folder) and filled.keys() <= used
            # The paths of a command that runs anywhere may fit a module too, which nobody deploys by itself.
            if is_sure or not is_module:
                for paths in _matching(self._files, located, root, variables, filled):
                    yield paths, is_sure

    def backends(self, root: str) -> set[str]:
        """The files with values for the backend that commands give the root in a folder."""
        every: set[str] = set()
        for located in self._near(root):
            filled = _filled_at(located, root)
            for path in located.command.backends if filled is not None else ():
                every.update(*map(_absolute, _matching(self._files, located, root, (path,), filled or {})))
        return every

    def texts(self, root: str, words: Sequence[bytes]) -> Iterator[tuple[str, str]]:
        """The paths and texts of the files above a root and beside it which may have its commands and have a word."""
        folder: str | None = os.path.abspath(root)
        top = self._files.root_above(os.path.join(root, "x"))
        while folder is not None and self._files.is_inside(folder):
            for path in self._programs(folder):
                if text := self._text(path, words):
                    yield path_from(path), text
            folder = folder_above(folder) if folder != top else None

    def programs(self, root: str) -> Iterator[tuple[str, Sequence[str]]]:
        """The folders above a root, itself included, each with the files in it and beside it that may have commands."""
        folder: str | None = os.path.abspath(root)
        top = self._files.root_above(os.path.join(root, "x"))
        while folder is not None and self._files.is_inside(folder):
            if folder not in self._programs_of:
                self._programs_of[folder] = list(self._programs(folder))
            yield folder, self._programs_of[folder]
            folder = folder_above(folder) if folder != top else None

    def text(self, path: str, words: Sequence[bytes]) -> str:
        """What is in a file that may have commands, if it has one of some words; empty if it has not."""
        return self._text(path, words)

    def _near(self, root: str) -> Iterator[Located]:
        """The commands in the folders above a root and in those beside it, the nearest first."""
        folder: str | None = os.path.abspath(root)
        top = self._files.root_above(os.path.join(root, "x"))
        while folder is not None and self._files.is_inside(folder):
            if folder not in self._commands:
                self._commands[folder] = list(islice(self._in(folder, top), _MOST_COMMANDS))
            yield from self._commands[folder]
            folder = folder_above(folder) if folder != top else None

    def _in(self, folder: str, top: str) -> Iterator[Located]:
        for path in self._programs(folder):
            text, (here, name) = self._text(path, _WORDS), os.path.split(path)
            is_make = "make" in name.lower() or name.endswith(".mk")
            folders = tuple(dict.fromkeys((here, folder, top)))
            for command in commands(text, is_make=is_make) if text else ():
                yield Located(command, folders)

    def _programs(self, folder: str) -> Iterator[str]:
        """The files in a folder and those beside it that may have commands."""
        for here in self._folders(folder):
            is_wanted = here.startswith(os.path.join(folder, "."))
            for name in self._files.names(here):
                if _NAMES.fullmatch(name) or (is_wanted and name.endswith(_YAML)):
                    yield os.path.join(here, name)

    def _folders(self, folder: str) -> Iterator[str]:
        yield folder
        for below in _FOLDERS:
            here = os.path.join(folder, *below.split("/"))
            yield here
            if not below.startswith("."):
                yield from (os.path.join(here, each) for each in self._files.listing(here).folders[:_MOST_BELOW])

    def _text(self, path: str, words: Sequence[bytes]) -> str:
        if self._looked >= _MOST_FILES:
            return ""
        data = self._files.glance(path, os.path.abspath(path), _MOST_BYTES)
        if data is None:
            try:
                data = self._files.read(path).data
            except Problem:
                return ""
            self._files.forget(path)
        if len(data) > _MOST_BYTES or not any(word in data for word in words):
            return ""
        self._looked += 1
        return data.decode("utf-8", "replace")


def _absolute(paths: Iterable[str]) -> list[str]:
    return [os.path.abspath(path) for path in paths]


def _is_told(folder: Path) -> bool:
    """Whether it says of a folder more than that it is one."""
    return any(text.strip("./") for text, is_filled in folder if not is_filled)


def _filled_at(located: Located, root: str) -> dict[str, str] | None:
    """What a program fills in where a command runs, if it may run in a root; None if it says that it runs elsewhere."""
    path = located.command.folder
    if path is None or not _is_told(path):
        return {}
    here = os.path.abspath(root)
    matches = (_pattern(path, base).fullmatch(here) for base in located.folders)
    return next((_filled(path, match) for match in matches if match is not None), None)


def _matching(
    files: Files, located: Located, root: str, paths: Sequence[Path], filled: dict[str, str]
) -> Iterator[list[str]]:
    """The files that exist which paths of a command name together; what a program fills in is the same in all.

    filled: what is known of that.
    """
    here = os.path.abspath(root)
    choices: list[list[tuple[str, dict[str, str]]]] = []
    for path in paths:
        known_path = tuple(
            (filled[text], False) if is_filled and text in filled else (text, is_filled) for text, is_filled in path
        )
        existing = list(islice(_existing(files, _joined(known_path), here, located), _MOST_MATCHES))
        if existing:
            choices.append(existing)
    seen: set[tuple[str, ...]] = set()
    for chosen in islice(product(*choices), _MOST_MATCHES * 10) if choices else ():
        known = dict(filled)
        is_same = all(known.setdefault(name, text) == text for _, names in chosen for name, text in names.items())
        together = tuple(path_from(path) for path, _ in chosen)
        if is_same and together not in seen and len(seen) < _MOST_MATCHES:
            seen.add(together)
            yield list(together)


def _joined(path: Path) -> Path:
    """The same path with neighbouring texts as one."""
    joined: list[tuple[str, bool]] = []
    for text, is_filled in path:
        if joined and not is_filled and not joined[-1][1]:
            joined[-1] = joined[-1][0] + text, False
        else:
            joined.append((text, is_filled))
    return tuple(joined)


def _existing(files: Files, path: Path, here: str, located: Located) -> Iterator[tuple[str, dict[str, str]]]:
    """The files that a path names from a root, each with what is filled in."""
    is_top = path[:1] == ((TOP, True),)
    if not is_top and (not path or path[0][1] or path[0][0].startswith("/")):
        return  # It begins anywhere.
    for base in located.folders if is_top else (here,):
        pattern = _pattern(path, base)
        for folder in _folders(files, path, base):
            for name in files.names(folder):
                whole = os.path.join(folder, name)
                match = pattern.fullmatch(whole) if name.endswith(_ENDINGS) else None
                if match is not None:
                    yield whole, _filled(path, match)


def _folders(files: Files, path: Path, base: str) -> Iterator[str]:
    """The folders in which the files may be that a path names."""
    leading, rest = _leading(path)
    found = [os.path.normpath(os.path.join(base, os.path.dirname(leading)))]
    for _ in range("".join(text for text, is_filled in rest if not is_filled).count("/")):
        found = [os.path.join(folder, below) for folder in found for below in files.listing(folder).folders]
        found = found[:_MOST_FOLDERS]
    yield from found


def _leading(path: Path) -> tuple[str, Path]:
    """What a path begins with before anything is filled in but the folder where it begins, and what is left."""
    rest = path[1:] if path[:1] == ((TOP, True),) else path
    if not rest or rest[0][1]:
        return "", rest
    return rest[0][0].lstrip("/"), rest[1:]


def _pattern(path: Path, base: str) -> re.Pattern[str]:
    """The pattern of the absolute paths that a path may be which begins in a folder."""
    leading, rest = _leading(path)
    start = os.path.normpath(os.path.join(base, leading))
    is_folder = not leading or leading.endswith("/")
    written = re.escape(start) + (re.escape(os.sep) if is_folder and rest else "")
    names: dict[str, str] = {}
    for text, is_filled in rest:
        if not is_filled:
            written += re.escape(text)
        elif text in names:
            written += f"(?P={names[text]})"
        else:
            names[text] = f"n{len(names)}"
            written += rf"(?P<{names[text]}>[^/\\]+)"
    return re.compile(written)


def _filled(path: Path, match: re.Match[str]) -> dict[str, str]:
    """What is filled in, by name."""
    names = list(dict.fromkeys(text for text, is_filled in path if is_filled and text != TOP))
    return {name: match[f"n{number}"] for number, name in enumerate(names)}


def is_for(names: Iterable[str], declared: set[str], *, is_sure: bool) -> bool:
    """Whether files that set some variables are for a root: some of them if a command surely says so, else most."""
    every = set(names)
    known = every & declared
    return bool(known) if is_sure else 2 * len(known) > len(every)
