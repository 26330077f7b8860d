"""Which format goes where: the options --format and --output, each of which may be given several times."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.cli.failures import CommandError
from awslint_memo.cli.streams import echo
from awslint_memo.files.process import STANDARD_OUTPUTS
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.reporters import FORMATS, REPORTERS, Look

if TYPE_CHECKING:
    from awslint_memo.judging.report import Report

BESIDE_EACH_OTHER = {"text", "github"}
"""The formats that may share standard output: a log, and commands to the program that keeps it."""


@record(frozen=True)
class Output:
    """A format and the file that it is written to; None is standard output."""

    form: str
    path: str | None = None


def planned(given: Sequence[tuple[str, str]], environment: Mapping[str, str] = os.environ) -> list[Output]:
    """What to write where. given: --format and --output with their values, in order.

    One --format and one --output belong together in any order; of several, each --output belongs to the --format
    before it. Where every format goes to a file, text is shown too. Raises CommandError where it is not clear what is
    meant, or where two outputs would be written to one place.
    """
    formats = [value for name, value in given if name == "format"]
    outputs = (
        _paired(given) if len(formats) > 1 else _single(formats, [value for name, value in given if name == "output"])
    )
    if all(output.path is not None for output in outputs):
        outputs.append(Output("text"))
    if not formats and environment.get("GITHUB_ACTIONS") == "true":
        outputs.append(Output("github"))
    _check(outputs)
    return outputs


def _single(formats: Sequence[str], paths: Sequence[str]) -> list[Output]:
    if len(paths) > 1:
        raise CommandError(f"{paths[0]} and {paths[1]}: each --output needs a --format of its own before it")
    return [Output(formats[0] if formats else "text", _file(paths[0]) if paths else None)]


def _paired(given: Sequence[tuple[str, str]]) -> list[Output]:
    outputs: list[Output] = []
    has_output = True
    for name, value in given:
        if name == "format":
            outputs.append(Output(value))
        elif has_output:
            where = f"{outputs[-1].form} has one already" if outputs else "there is none before it"
            raise CommandError(f"--output {value}: write it behind the --format that it belongs to; {where}")
        else:
            outputs[-1] = replace(outputs[-1], path=_file(value))
        has_output = name == "output"
    return outputs


def _file(path: str) -> str | None:
    return None if path in STANDARD_OUTPUTS else path


def _check(outputs: Sequence[Output]) -> None:
    shown = [output.form for output in outputs if output.path is None]
    if len(shown) > 1 and (len(set(shown)) < len(shown) or not BESIDE_EACH_OTHER.issuperset(shown)):
        raise CommandError(
            f"{shown[0]} and {shown[1]} would both be written to standard output; "
            "write --output FILE behind one of their --format"
        )
    paths = [output.path for output in outputs if output.path is not None]
    if len(paths) < 2:
        return
    from awslint_memo.files.writing import is_same_file

    for number, path in enumerate(paths):
        for other in paths[:number]:
            if is_same_file(other, path):
                raise CommandError(f"{path}: two formats would be written to this file; give each its own")


def write(report: Report, outputs: Sequence[Output], look: Look, color: bool) -> None:
    """Write each output, what could not be checked to standard error, and the summary of a GitHub job.

    Raises CommandError for the first file that can't be written, after all others are written.
    """
    from awslint_memo.reporters.text import errors, notices

    failed: list[CommandError] = []
    for output in outputs:
        if output.path is not None:
            try:
                _write_whole(output.path, REPORTERS[output.form](report, look))
            except CommandError as error:
                failed.append(error)
    for output in outputs:
        if output.path is None:
            echo(REPORTERS[output.form](report, replace(look, color=color)))
    on_errors = Look(color and sys.stderr.isatty())
    echo(errors(report, on_errors), err=True)
    if not any(FORMATS[output.form].has_notices for output in outputs):
        echo(notices(report, on_errors), err=True)
    if any(output.form == "github" for output in outputs):
        _add_to_summary(report, look, outputs)
    if failed:
        raise failed[0]


def write_unjudged(problem: Problem, outputs: Sequence[Output]) -> None:
    """Write the outputs but text of a run that ended before it judged anything, with why: who gathers the reports
    of many repositories sees that there is one."""
    from awslint_memo.judging.report import Report

    for output in outputs:
        if output.form != "text":
            put(output.path, REPORTERS[output.form](Report(errors=[problem]), Look()))


def put(path: str | None, text: str) -> None:
    """Write a command's output to a file, or to standard output. Raises CommandError if the file can't be written."""
    if path is None or _file(path) is None:
        echo(text)
        return
    _write_whole(path, text)


def _write_whole(path: str, text: str) -> None:
    from awslint_memo.files.writing import write_whole

    try:
        write_whole(path, text)
    except Problem as problem:
        raise CommandError(f"{problem.path}: {problem.message}") from problem


def _add_to_summary(report: Report, look: Look, outputs: Sequence[Output]) -> None:
    """Append to the file of a step's summary, unless an output is written to it.

    What fails here is said, and doesn't change how the run ends.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY", "")
    if not path:
        return
    from awslint_memo.files.writing import append, is_same_file
    from awslint_memo.reporters.characters import harmless_at
    from awslint_memo.reporters.markdown import MOST_OF_SUMMARY, summary

    if any(output.path is not None and is_same_file(output.path, path) for output in outputs):
        return
    try:
        if os.path.islink(path):
            raise Problem("this is a symbolic link, so nothing is appended to it; name the file", path)
        append(path, lambda size: summary(report, look, MOST_OF_SUMMARY - size - 1))
    except Problem as problem:
        echo(f"{harmless_at(problem.path, problem.message)}\n", err=True)
