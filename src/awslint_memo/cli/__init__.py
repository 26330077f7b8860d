"""The command line: options, commands and exit codes. Only this room imports click.

What reads and judges templates is imported by the command that needs it.

Every command reports a failure as one sentence on standard error.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from awslint_memo.cli.fixing import fix_options, fixed, refuse_comparing, wants_fixes
from awslint_memo.cli.groups import Commands, LateCommands, exit_on_error, help_all_option
from awslint_memo.cli.options import (
    color_option,
    comparing_arguments,
    comparing_options,
    input_arguments,
    input_options,
    staged_for,
    standard,
    wants_color,
    with_baseline,
)
from awslint_memo.cli.outputs import InOrder, formats_listed, planned, write, write_unjudged
from awslint_memo.files.process import standard_input
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.span import Problem
from awslint_memo.reporters import FORMATS, Look

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.report import Report

PROFILES = ("core", "memo", "all")

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def _split(_: object, __: object, values: Sequence[str]) -> tuple[str, ...]:
    """Split the values of an option at commas, so that one option may hold several ids."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _show_version(context: click.Context, _: object, is_asked: bool) -> None:
    if is_asked:
        from awslint_memo.reporters import tool

        click.echo(f"awslint-memo {tool().get('version', 'runs from a checkout that is not installed')}")
        context.exit()


@click.group(cls=Commands, context_settings=CONTEXT)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
def main() -> None:
    """Report where CloudFormation, SAM and Terraform depart from AWS best practices, and how to fix it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # A terminal that is not UTF-8 shows "?" for other characters.
            stream.reconfigure(errors="replace")


@main.command(cls=InOrder, epilog=formats_listed())
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--stdin-filename", metavar="NAME", default="<stdin>", help="The name of the file that `-` reads.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="Apply the most important rules (core) or all (memo), or show all advice too (all).  [default: memo]",
)
@click.option(
    "--select", multiple=True, callback=_split, metavar="RULES",
    help="Apply only these rules: ids and patterns like 'sqs-*'.",
)  # fmt: skip
@click.option(
    "--ignore", multiple=True, callback=_split, metavar="RULES", help="Do not apply these rules: ids and patterns."
)
@click.option(
    "--fail-on", type=click.Choice([*LEVELS, "never"]), help="The lowest level that exits with 1.  [default: warning]"
)
@click.option(
    "--min-confidence", type=click.Choice(["high", "medium", "low"]),
    help="Leave out findings of rules that are less sure, or not measured, and say how many; never those that a policy "
    "locks.",
)  # fmt: skip
@click.option("--fail-on-nothing", is_flag=True, help="Exit with 2 if no resource was judged.")
@click.option("--advice", is_flag=True, help="Show advice too, which never fails the run by default.")
@click.option(
    "--format", multiple=True, type=click.Choice(list(FORMATS)), metavar="FORMAT",
    help="The format of the report (see below). Give it several times for several reports, each with its --output.  "
    "[default: text, and github beside it in GitHub Actions]",
)  # fmt: skip
@click.option(
    "--output", multiple=True, metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="Write the report of the --format before it to this file, and text to the terminal; `-` is standard output.",
)  # fmt: skip
@input_options
@click.option(
    "--no-linked-stacks",
    "--no-estate",
    is_flag=True,
    help="Check each template alone, without the stacks that it imports from.",
)
@click.option(
    "--dependants",
    is_flag=True,
    help="Check what depends on the named files too: callers of a module, parents of a nested template, importers of "
    "an export, the configuration that takes a tfvars file.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="With --dependants, for hooks: check what uses the files that the commit deletes too, and what a changed "
    "configuration, rule or file of values makes worse anywhere; without PATHS these alone.",
)
@fix_options
@comparing_options
@click.option(
    "--validate",
    is_flag=True,
    help="Run cfn-lint on the CloudFormation templates too, and report what it finds under its own ids.",
)
@click.option(
    "--cfn-lint-config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Run cfn-lint with this configuration of its own, which may name Python code that is run; by default none.",
)
@click.option(
    "--top", type=click.IntRange(min=1), metavar="NUMBER",
    help="Show this many findings, by level, by what hangs on the resource and by confidence; a notice counts the "
    "others, which fail the run as ever.",
)  # fmt: skip
@click.option(
    "--statistics",
    is_flag=True,
    help="Say how much was found and where, what was judged and what could not be told, and the time.",
)
@click.option("--verbose", is_flag=True, help="Show every finding in full, even if many are alike.")
@click.option(
    "--quiet-unknown",
    is_flag=True,
    help="Ignore named files that are not templates, unless they look like broken ones.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Let exclude of the configuration hold for named files too, as a hook needs it.",
)
@click.option("--no-gitignore", is_flag=True, help="Check what .gitignore leaves out of folders, too.")
@color_option
@help_all_option
@click.pass_obj
def lint(when_read: Callable[[], None] | None, /, paths: Sequence[str], **options: Any) -> None:
    """Check templates: files, folders, or `-` for standard input; by default the working folder.

    Exits with 0 without findings, 1 with findings, 2 if something could not be read.
    """
    from awslint_memo.cli.progress import shown
    from awslint_memo.files.process import available
    from awslint_memo.judging.run_options import Progress

    paths = [standard(path) for path in paths]
    with exit_on_error():
        staged = staged_for(paths, options) if options["staged"] else None
        fixes = wants_fixes(options) and (bool(paths) or staged is None)
        options["outputs"] = planned(options["outputs"])
        settings = _settings(paths, options)
        if fixes:
            refuse_comparing(options)
            report = fixed(paths, settings, options, color=wants_color(options["color"]))
        else:
            progress = Progress()
            try:
                with shown(progress, sys.stderr):
                    report = _run(staged)(
                        paths, when_read=when_read, processes=available(), progress=progress, **settings
                    )
            except Problem as problem:
                write_unjudged(problem, options["outputs"])
                raise
        report = with_baseline(report, options)
        look = Look(verbose=options["verbose"], statistics=options["statistics"])
        write(_first(report, options["top"]), options["outputs"], look, wants_color(options["color"]))
    if report.fails_on_nothing and not report.looked.judged:
        click.echo("awslint-memo: no resource was judged, which --fail-on-nothing asks for", err=True)
    sys.exit(report.exit_code)


def _run(staged: Staged | None) -> Callable[..., Report]:
    """What lints paths: as they are, or as a part of a commit."""
    if staged is None:
        from awslint_memo import api

        return api.lint
    from awslint_memo.api.staged import lint_staged

    return partial(lint_staged, staged=staged)


def _first(report: Report, most: int | None) -> Report:
    """The report with so many of its findings; all if nobody says how many."""
    if most is None:
        return report
    from awslint_memo.reporters.rank import top

    return top(report, most)


def _settings(paths: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `api.lint` for the options."""
    same = ("select", "ignore", "profile", "advice", "fail_on", "fail_on_nothing", "force_exclude", "min_confidence")
    return {
        **{name: options[name] for name in same},
        **input_arguments(options),
        "gitignore": False if options["no_gitignore"] else None,
        "validate": options["cfn_lint_config"] or options["validate"],
        "dependants": options["dependants"],
        "links_stacks": not options["no_linked_stacks"],
        "reports_unknown": not options["quiet_unknown"],
        "standard_input": standard_input(options["stdin_filename"]) if "-" in paths else None,
        "coverage": options["statistics"] or any(output.form == "json" for output in options["outputs"]),
        "picture": any(FORMATS[output.form].has_picture for output in options["outputs"]),
        "ranks": options["top"] is not None or any(FORMATS[output.form].is_ranked for output in options["outputs"]),
        **comparing_arguments(options),
    }


_OTHERS = {
    "why": "inspecting",
    "rules": "manual",
    "explain": "manual",
    "agent-guide": "manual",
    "recovery": "inspecting",
    "graph": "inspecting",
    "merge": "inspecting",
    "hook": "hook",
    "server": "configuration",
    "show-settings": "configuration",
    "test-rules": "manual",
    "init": "configuration",
}
"""The other commands, each with the module of this room that defines it."""

main.commands = LateCommands({**main.commands, **_OTHERS})
