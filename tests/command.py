"""Helpers to run the command line in tests; they check the exit code too."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from click.testing import CliRunner, Result

from awslint_memo.cli import main
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.reporters import FORMATS


class _Both(Result):
    """A result of click 8.1, which has both streams in `output` only if it has no `stderr`."""

    @property
    def output(self) -> str:
        return self.stdout + self.stderr


def invoke(*arguments: str, stdin: str | None = None) -> Result:
    """Run the command; an unexpected exception fails the test."""
    return _run(arguments, stdin, {})


def _run(arguments: Sequence[str], stdin: str | None, environment: Mapping[str, str]) -> Result:
    is_old = "mix_stderr" in signature(CliRunner).parameters
    apart: dict[str, Any] = {"mix_stderr": False} if is_old else {}
    result = CliRunner(env=environment, **apart).invoke(main, arguments, input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    if is_old:
        result.__class__ = _Both
    return result


def printed(*arguments: str, exits: int = 0, stdin: str | None = None) -> str:
    """The standard output of the command; fails if its exit code is not `exits`."""
    result = invoke(*arguments, stdin=stdin)
    assert result.exit_code == exits, result.output
    return result.stdout


def report(*arguments: str, stdin: str | None = None) -> dict[str, Any]:
    """The JSON report of `lint`; fails if the exit code does not fit the report's contents."""
    result = invoke("lint", *arguments, "--format", "json", stdin=stdin)
    assert result.exit_code in (0, 1, 2), result.output
    made: dict[str, Any] = json.loads(result.stdout)
    is_broken = made["errors"] or any(one["rule"] == INTERNAL_ERROR for one in made["findings"])
    is_failed = any(one["level"] != "advice" for one in made["findings"])
    assert result.exit_code == (2 if is_broken else int(is_failed)), result.output
    return made


def singles(made: Mapping[str, Any], member: str = "findings") -> list[dict[str, Any]]:
    """The findings of a report, those that it joins to one each by itself."""
    return [{**finding, **each} for finding in made[member] for each in finding.get("each", [finding])]


def in_every_format(*arguments: str, stdin: str | None = None) -> tuple[Result, dict[str, str]]:
    """One run of `lint` that writes each format to a file, and the summary of a GitHub job; what it wrote, by name."""
    with TemporaryDirectory() as folder:
        wanted = [word for form in FORMATS for word in ("--format", form, "--output", os.path.join(folder, form))]
        environment = {"GITHUB_STEP_SUMMARY": os.path.join(folder, "summary")}
        result = _run(["lint", *arguments, *wanted], stdin, environment)
        return result, {path.name: path.read_text(encoding="utf-8") for path in Path(folder).iterdir()}
