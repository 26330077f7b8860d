"""What a coding agent's edit of a file makes worse, for the hooks that agents run after edits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from awslint_memo.cli.streams import echo
from awslint_memo.files.disk import path_from
from awslint_memo.model.span import Problem

if TYPE_CHECKING:
    from awslint_memo.judging.comparison import Gate
    from awslint_memo.judging.report import Report

TELL, FAILED = 2, 1
"""Exit codes: the agent is to read standard error; the hook itself failed, which is no matter of the agent's.

https://docs.claude.com/en/docs/claude-code/hooks and other agents' hooks read them so. They are not those of `lint`.
"""

_PATHS = ("file_path", "filePath", "path", "notebook_path")
_INSIDE = ("tool_input", "toolInput", "toolArgs", "tool_response")
_DEEPEST = 10
_NO_HOOK = "standard input is not the JSON of an agent's hook"
_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".tf", ".tofu", ".tfvars", ".hcl")


def run() -> None:
    """Check the files that standard input names; ends the process with one of these codes."""
    try:
        sys.exit(_run(sys.stdin.read()))
    except (Problem, LookupError, ValueError, OSError) as error:
        _say(f"awslint-memo hook: {error.args[0] if isinstance(error, LookupError) and error.args else error}")
        sys.exit(FAILED)


def _run(text: str) -> int:
    """Check the files of a hook's JSON; gives the exit code. Raises ValueError for what is none."""
    import json

    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(_NO_HOOK) from error
    if not isinstance(message, Mapping):
        raise ValueError(_NO_HOOK)
    folder = message.get("cwd")
    if isinstance(folder, str) and os.path.isdir(folder):
        os.chdir(folder)
    paths = [path_from(path) for path in dict.fromkeys(_paths(message)) if os.path.isfile(path)]
    paths = list(dict.fromkeys(filter(None, map(_judged, paths))))
    if not paths:
        return 0
    report = _new(paths)
    errors = [problem for problem in report.errors if path_from(problem.path) in paths]
    gate = _silenced(report, paths) if report.gate is None else _hidden(report.gate)
    suppressed = () if report.against is None else report.against.suppressed
    if not (report.findings or errors or gate or suppressed):
        return 0
    from awslint_memo.model.record import replace
    from awslint_memo.reporters import REPORTERS, Look

    _say(REPORTERS["agent"](replace(report, errors=errors, notices=gate), Look()).rstrip("\n"))
    return TELL


def _is_settings(path: str) -> bool:
    """Whether a file is a configuration; most that Python's packages have are not."""
    from awslint_memo.files.source import read
    from awslint_memo.settings.configuration_file import NAMES

    is_named_so = os.path.basename(path) in NAMES
    return is_named_so and (not path.endswith(".toml") or b"awslint-memo" in read(path).data)


def _judged(path: str) -> str:
    """What is looked at for an edited file: of a configuration the folder for which it stands; empty for others."""
    if _is_settings(path):
        return os.path.dirname(path) or "."
    return path if path.endswith(_SUFFIXES) else ""


def _hidden(gate: Gate) -> list[str]:
    """What was looked at before and is hidden now, where a policy stands."""
    from awslint_memo.comparing.gate import sentences

    return sentences(gate)


def _silenced(report: Report, paths: list[str]) -> list[str]:
    """What configurations and baselines that are not committed take away, where no policy stands.

    Of what an edit brings together with such settings nothing else tells.
    """
    is_known = report.baseline is not None and bool(report.baseline.findings)
    if report.against is None or not (report.against.settings or is_known):
        return []
    from awslint_memo import api
    from awslint_memo.comparing.gate import sentences
    from awslint_memo.model.record import replace

    gate = api.lint(paths, dependants=True, reports_unknown=False, against="HEAD", gate=True).gate
    # What a rule can't tell any more is no work of settings.
    told = [] if gate is None else sentences(replace(gate, unknown=(), doubted=()))
    return [*report.against.settings, *told] if told else []


def _paths(message: Any, depth: int = 0) -> Iterator[str]:
    """The paths of edited files in a hook's JSON, as the agents that there are name them.

    Raises ValueError for what is nested as deeply as that of no agent.
    """
    if not isinstance(message, Mapping):
        return
    if depth > _DEEPEST:
        raise ValueError(_NO_HOOK)
    yield from (message[key] for key in _PATHS if isinstance(message.get(key), str))
    for key in _INSIDE:
        inner = message.get(key)
        if isinstance(inner, str):
            import json

            try:
                inner = json.loads(inner)
            except (ValueError, RecursionError):
                continue
        yield from _paths(inner, depth + 1)


def _new(paths: list[str]) -> Report:
    """What is found in files and in what depends on them, without what the last commit has."""
    from awslint_memo import api
    from awslint_memo.model.record import replace

    try:
        report = api.lint(paths, dependants=True, reports_unknown=False, against="HEAD")
    except LookupError:  # There is no repository, or no commit yet.
        return api.lint(paths, dependants=True, reports_unknown=False)
    return replace(report, findings=[] if report.against is None else report.against.worse)


def _say(sentence: str) -> None:
    from awslint_memo.reporters.characters import visible_lines

    echo(f"{visible_lines(sentence)}\n", err=True)
