"""Reads which files of variables the commands in a Makefile, script or workflow name, and where Terraform runs then.

Nothing is run, and no language is parsed: a line is a command, with the lines that continue it. What a program fills in
(`${ENV}`, `$(ENV)`, `{{env}}`) stands for any text without a slash, unless the file itself assigns it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

Path: TypeAlias = "tuple[tuple[str, bool], ...]"
"""The parts of a path in order: each a text, or the name of what a program fills in (True)."""

TOP = "the top of the repository"
"""What the first part of a path is called that begins there."""

_CONTINUED = regex(r"\\\r?\n[ \t]*")
_CALL = r"\$\([^()]*(?:\([^()]*\)[^()]*)?\)"
_WORD = (
    rf"(?:\$\{{\{{[^{{}}]*\}}\}}|\$\{{[^{{}}]*\}}|\$?{_CALL}|\{{\{{[^{{}}]*\}}\}}|\(\([\w.-]+\)\)"
    r"|\$(?![{(])|\{(?!\{)|[\"'](?=[\w./$-])|[^\s\"'$,;&|(){}\[\]`\\])+"
)
"""A path. Its parts begin with different characters, so that no text takes long."""

_FLAG = regex(rf"-(?P<kind>var-file|backend-config)(?:=[\"']?|[\"']?,?\s*[\"']?)(?P<path>{_WORD})")
_KEY = regex(rf"^[ \t]*(?:-[ \t]+)?var_files?[ \t]*:[ \t]*[\"']?(?P<path>{_WORD})")
_CHDIR = regex(rf"-chdir[= ][\"']?(?P<path>{_WORD})")
_CD = regex(rf"(?:^|[;&|( \t\"'])(?:cd|pushd)[ \t]+[\"']?(?P<path>{_WORD})")
_WORKING = regex(
    r"^[ \t]*(?:-[ \t]+)?(?:working-directory|working_directory|workdir|tf_working_dir|path|dir)[ \t]*:[ \t]*[\"']?"
    rf"(?P<path>{_WORD})"
)
_ASSIGNED = regex(
    r"^[ \t]*(?:export[ \t]+|local[ \t]+|readonly[ \t]+|-[ \t]+)?(?P<name>[A-Za-z_]\w*)[ \t]*(?:[:?]?=|:)[ \t]*[\"']?"
    rf"(?P<value>{_WORD})[\"']?[ \t]*(?:#.*)?$"
)
_FILLED = regex(
    r"\$\{\{\s*(?P<workflow>[^{}]*)\}\}|\{\{\s*\.?(?P<task>[\w.-]+)\s*\}\}|\(\((?P<concourse>[\w.-]+)\)\)"
    r"|\$?\$\((?P<make>[^()]*(?:\([^()]*\)[^()]*)?)\)|\$?\$\{(?P<shell>\w+)[^{}]*\}|\$?\$(?P<plain>\w+)"
)
_USUAL = regex(r"\$\{\w+:?-[\"']?(?P<value>[^{}\"']*)[\"']?\}")
"""What a name has that nobody gives another value."""

_RUNS = regex(r"\b(?:terraform|tofu)\b.*-var-file|-chdir")
_TOPS = frozenset((
    *("pwd", "PWD", "CURDIR", "GITHUB_WORKSPACE", "github.workspace", "CI_PROJECT_DIR", "CODEBUILD_SRC_DIR"),
    *("shell pwd", "git rev-parse --show-toplevel", "shell git rev-parse --show-toplevel", "env.GITHUB_WORKSPACE"),
    *("TRAVIS_BUILD_DIR", "BITBUCKET_CLONE_DIR", "justfile_directory()", "ROOT_DIR", "TASKFILE_DIR"),
))  # fmt: skip
"""What names the folder in which a program was started, or the top of the repository."""

_NEAR = 100
"""Lines above a command in which a `cd` counts."""

_MOST_PASSES = 3
"""How often what a file assigns is put into what it assigns."""

_LONGEST = 2_000
"""The most characters of a line, and of a path, that are looked at."""


@record(frozen=True)
class Command:
    """A command that names files. folder: where Terraform runs; None if nothing near it says so. variables, backends:
    the files with values for variables, in their order, and for the backend."""

    folder: Path | None
    variables: tuple[Path, ...]
    backends: tuple[Path, ...] = ()


def commands(text: str, *, is_make: bool) -> Iterator[Command]:
    """The commands in a file that name files of variables. is_make: whether each line runs in a shell of its own."""
    lines = lines_of(text)
    assigned = _assignments(lines)
    group: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if "var-file" in line or "backend-config" in line or _KEY.match(line):
            group.append(number)
        elif group:
            yield from _commands(lines, group, assigned, is_make=is_make)
            group = []


def lines_of(text: str) -> list[str]:
    """The lines of a file, those that are continued as one."""
    return [line[:_LONGEST] for line in _CONTINUED.sub(" ", text).splitlines()]


def folder_of(lines: Sequence[str], number: int, *, is_make: bool) -> str | None:
    """The folder in which the command on a line runs, as a text; None where nothing near it says so, or where a program
    fills something in but the top of the repository."""
    written = _own_folder(lines, number, lines[number], is_make=is_make)
    path = () if written is None else _path(written, _assignments(lines))
    path = path[1:] if path[:1] == ((TOP, True),) else path
    if any(is_filled for _, is_filled in path):
        return None
    return "".join(text for text, _ in path).lstrip("/") or None


def _commands(
    lines: Sequence[str], group: Sequence[int], assigned: Mapping[str, str], *, is_make: bool
) -> Iterator[Command]:
    """The commands on some lines in a row: one on each that runs Terraform, or one on all of them."""
    runs = [number for number in group if _RUNS.search(lines[number])]
    for part in [[number] for number in group] if len(runs) > 1 else [list(group)]:
        text = "\n".join(lines[number] for number in part)
        found = [(match["kind"], _path(match["path"], assigned)) for match in _FLAG.finditer(text)]
        keys = filter(None, (_KEY.match(lines[number]) for number in part))
        found += [("var-file", ((TOP, True), *_path(f"/{key['path']}", assigned))) for key in keys]
        variables = tuple(path for kind, path in found if kind == "var-file")
        backends = tuple(path for kind, path in found if kind == "backend-config")
        own = _own_folder(lines, part[0], text, is_make=is_make)
        yield Command(None if own is None else _path(own, assigned), variables, backends)


def _own_folder(lines: Sequence[str], number: int, text: str, *, is_make: bool) -> str | None:
    """Where a command on a line says that Terraform runs: by an option, a `cd` before it, or a key of its step."""
    match = _CHDIR.search(text)
    if match is not None:
        return match["path"]
    changes = [*_CD.finditer(text.partition("var-file")[0])]
    if changes:
        return changes[-1]["path"]
    for above in range(number - 1, max(number - _NEAR, -1), -1) if not is_make else ():
        line = lines[above]
        if line.lstrip().startswith("- ") and _indent(line) < _indent(lines[number]):
            key = _WORKING.match(line)
            return _folder_below(lines, number) if key is None else key["path"]
        match = _CD.search(line) or (_WORKING.match(line) if _indent(line) <= _indent(lines[number]) else None)
        if match is not None:
            return match["path"]
    return _folder_below(lines, number)


def _folder_below(lines: Sequence[str], number: int) -> str | None:
    """Where a step says below its command that it runs."""
    for line in lines[number + 1 : number + _NEAR]:
        if line.lstrip().startswith("- ") and _indent(line) < _indent(lines[number]):
            break
        match = _WORKING.match(line) if _indent(line) <= _indent(lines[number]) else None
        if match is not None:
            return match["path"]
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _assignments(lines: Sequence[str]) -> dict[str, str]:
    """What a file assigns to names, if it assigns the same each time."""
    values: dict[str, set[str]] = {}
    for match in filter(None, map(_ASSIGNED.match, lines)):
        name, value = match["name"], match["value"]
        # A folder has its usual name almost always, and an environment seldom.
        usual = _USUAL.fullmatch(value) if name.upper().endswith(("DIR", "PATH", "FOLDER")) else None
        values.setdefault(name, set()).add((value if usual is None else usual["value"]).strip("\"'"))
    return {name: next(iter(every)) for name, every in values.items() if len(every) == 1}


def _path(written: str, assigned: Mapping[str, str]) -> Path:
    """The parts of a path as it is written, with what the file assigns put in."""
    for _ in range(_MOST_PASSES):
        written = _FILLED.sub(lambda match: _assigned(match, assigned), written)[:_LONGEST]
    written = re.sub(r"//+", "/", written.replace('"', "").replace("'", ""))
    parts: list[tuple[str, bool]] = []
    end = 0
    for match in _FILLED.finditer(written):
        name = _name(match)
        parts += [(written[end : match.start()], False), (TOP if name in _TOPS else name, True)]
        end = match.end()
    parts.append((written[end:], False))
    return tuple(part for part in parts if part[0])


def _assigned(match: re.Match[str], assigned: Mapping[str, str]) -> str:
    name = _name(match)
    value = assigned.get(name.rpartition(".")[2] if name.startswith(("env.", "vars.")) else name)
    # What is made of itself, or by a program, is not known.
    return match[0] if value is None or name in _TOPS or name in value or "`" in value else value


def _name(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group is not None), "").strip()
