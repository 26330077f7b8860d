"""The options --fix, --diff and --unsafe-fixes: files are mended, or the difference is printed."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from awslint_memo import api
from awslint_memo.reporters.characters import harmless

if TYPE_CHECKING:
    from awslint_memo.fixes.mending import Mended
    from awslint_memo.judging.report import Report


def fixed(paths: Sequence[str], settings: Mapping[str, Any], options: Mapping[str, Any]) -> Report | None:
    """Mend files, and give the report of what is left; None with --diff, which prints instead and may end the run."""
    mended = api.mend(paths, unsafe=options["unsafe_fixes"], **settings)
    if options["diff"] or not options["fix"]:
        click.echo("".join(difference(mended)), nl=False, color=True)
        _tell(mended, "would be mended")
        sys.exit(1 if mended.texts else 2 if mended.report.errors else 0)
    problems = api.save(mended)
    _tell(mended, "mended")
    return mended.report.with_errors(problems)


def difference(mended: Mended) -> Iterator[str]:
    """The unified difference of the files, as `git apply` and `patch` read it."""
    for path, text in sorted(mended.texts.items()):
        old = mended.sources[path].text
        name = os.path.normpath(path).replace("\\", "/")
        yield from difflib.unified_diff(
            old.splitlines(keepends=True), text.splitlines(keepends=True), f"a/{name}", f"b/{name}"
        )


def _tell(mended: Mended, verb: str) -> None:
    """Say on standard error what was mended and what was not."""
    for one in mended.left:
        where = f"{one.finding.path}:{one.finding.span.line}"
        click.echo(harmless(f"{where}: {one.finding.rule} of {one.finding.name} is not mended: {one.reason}"), err=True)
    count, files = len(mended.made), len(mended.texts)
    findings = "finding" if count == 1 else "findings"
    click.echo(f"{count} {findings} in {files} {'file' if files == 1 else 'files'} {verb}", err=True)
