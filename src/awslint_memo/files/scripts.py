"""The files of a repository by which people deploy: scripts, buildspecs, and the pipelines of hosts of repositories."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from awslint_memo.files.disk import Entry, walk
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

MAX_SCRIPTS = 500
"""How many are looked at."""

MAX_FILES = 100_000
"""How many files are passed on the way: without a repository, the working folder may hold all that somebody has.
Chosen: it takes about a second."""

_SCRIPT = regex(r"(?i).*\.(?:sh|bash)|makefile|jenkinsfile|.*buildspec.*\.ya?ml|\.gitlab-ci\.ya?ml")
_PIPELINE_FOLDER = regex(r".*[/\\]\.(?:github[/\\]workflows|circleci|buildkite)(?:[/\\].*)?")
_TASKS = regex(r"(?i).*taskfile.*\.ya?ml|justfile|package\.json|(?:azure|bitbucket)-pipelines\.ya?ml")
_TASK_FOLDER = regex(r"(?i)(?:.*[/\\])?taskfiles?")
_PROCEDURE = regex(
    r"(?i)(?:.*(?:evacuat|fail[-_]?over|switch[-_]?over|disaster[-_]?recovery).*|(?:.*[^a-z])?dr[-_]"
    r"(?:plan|procedure|runbook).*|runbooks?)\.(?:sh|bash|py|md|rst|adoc)"
)
_TESTED = regex(r"(?i)(?:^|[/\\])tests?[/\\]|[/\\]test_[^/\\]*$")
"""What tests such a script, and is none."""

_LEFT = frozenset({".git", ".terraform", "node_modules", "vendor", "cdk.out"})


@record(frozen=True)
class Scripts:
    """Gives the paths of the scripts below a folder, for `Files.once`."""

    top: str

    def __call__(self, files: Files) -> Sequence[str]:
        """The paths, in order; none where the folder may not be read."""
        return _found(self.top, files, _is_script)


@record(frozen=True)
class Commands:
    """Gives the paths of these and of the files of task runners below a folder, for `Files.once`."""

    top: str

    def __call__(self, files: Files) -> Sequence[str]:
        """The paths, in order; none where the folder may not be read."""
        return _found(self.top, files, _has_commands)


@record(frozen=True)
class Procedures:
    """Gives the paths of scripts and pages for a failover below a folder, by their names, for `Files.once`."""

    top: str

    def __call__(self, files: Files) -> Sequence[str]:
        """The paths, in order; none where the folder may not be read."""
        return _found(self.top, files, _is_procedure)


def _found(top: str, files: Files, is_one: Callable[[str, str], bool]) -> Sequence[str]:
    if not files.is_inside(top):
        return ()
    paths: list[str] = []
    for count, (entry, path) in enumerate(walk(top, _is_entered, files.disk), 1):
        if not isinstance(entry, OSError) and not entry.is_symlink() and is_one(path, entry.name):
            paths.append(path)
        if len(paths) == MAX_SCRIPTS or count == MAX_FILES:
            break
    return paths


def _is_entered(entry: Entry, _path: str) -> bool:
    return entry.name not in _LEFT


def _is_procedure(path: str, name: str) -> bool:
    return bool(_PROCEDURE.fullmatch(name)) and not _TESTED.search(path)


def _is_script(path: str, name: str) -> bool:
    is_pipeline = name.endswith((".yml", ".yaml")) and _PIPELINE_FOLDER.fullmatch(os.path.dirname(path))
    return bool(_SCRIPT.fullmatch(name) or is_pipeline)


def _has_commands(path: str, name: str) -> bool:
    is_task = name.endswith((".yml", ".yaml")) and _TASK_FOLDER.fullmatch(os.path.dirname(path))
    return bool(_TASKS.fullmatch(name) or is_task) or _is_script(path, name)
