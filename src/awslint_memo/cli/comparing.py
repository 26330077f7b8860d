"""The options that compare a run with another landscape or with a baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from awslint_memo.judging.report import Report


def comparing_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options."""
    for option in (
        click.option(
            "--prune-baseline",
            is_flag=True,
            help="Take out of the baseline what no longer occurs.",
        ),
        click.option(
            "--write-baseline",
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Write what is found to this baseline, and report none of it.",
        ),
        click.option(
            "--baseline",
            metavar="FILE",
            help="Count the findings that this file has instead of reporting them.  [default: the configuration's]",
        ),
        click.option(
            "--against",
            metavar="REV|FILE",
            help="Report what changed since a git revision (`REV...`: since HEAD left it), an earlier JSON report or, "
            "of a plan, its `prior` state.",
        ),
    ):
        command = option(command)
    return command


def compared(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `api.lint` that these options are. Raises LookupError for options that exclude each other."""
    if options["write_baseline"] and (options["baseline"] or options["prune_baseline"]):
        other = "--baseline" if options["baseline"] else "--prune-baseline"
        raise LookupError(f"--write-baseline and {other} exclude each other; name the file with --write-baseline only")
    return {"against": options["against"], "baseline": False if options["write_baseline"] else options["baseline"]}


def refuse_fixes(options: Mapping[str, Any]) -> None:
    """Raise LookupError for options that don't go with --fix and --diff."""
    for name in ("against", "write_baseline", "prune_baseline", "validate"):
        if options[name]:
            option = name.replace("_", "-")
            raise LookupError(f"--{option} does not go with --fix or --diff; mend first, then run again with it")


def with_baseline(report: Report, options: Mapping[str, Any]) -> Report:
    """The report after the baseline was written or pruned, if that was asked."""
    if not (options["write_baseline"] or options["prune_baseline"]):
        return report
    from awslint_memo import api

    if options["write_baseline"]:
        return api.write_baseline(report, options["write_baseline"])
    return api.prune_baseline(report)
