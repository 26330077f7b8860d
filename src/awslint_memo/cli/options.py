"""Options that several commands share, and the arguments of `api` that they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import click

from awslint_memo.files.process import STANDARD_INPUTS, standard_input

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.report import Report

Decorator: TypeAlias = "Callable[[Callable[..., None]], Callable[..., None]]"


def together(*options: Decorator) -> Decorator:
    """A decorator that adds options, in this order."""

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


color_option = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
    help="Whether to color the text.",
)  # fmt: skip

rules_option = click.option(
    "--rules", "folders", multiple=True, metavar="DIR", type=click.Path(exists=True, file_okay=False),
    help="Apply the rules of this folder too; Python code in it is run, so name only your own.",
)  # fmt: skip

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Text for people, or JSON for programs.",
)  # fmt: skip

settings_options = together(
    rules_option,
    click.option(
        "--root", metavar="DIR", type=click.Path(exists=True, file_okay=False),
        help="Open no file outside of this folder unless it is named here.  [default: the repository of each path]",
    ),
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        help="Use this configuration file for all files, instead of the nearest one of each.",
    ),
    click.option(
        "--policy", metavar="NAME|FILE",
        help="A policy that every configuration of the run extends: of an installed package, or a file.",
    ),
)  # fmt: skip
"""The options that decide which settings count."""

input_options = together(
    click.option(
        "--parameters", multiple=True, metavar="FILE|KEY=VALUE",
        help="Check the one deployment with these parameters, or variables of Terraform (a tfvars file too).",
    ),
    click.option(
        "--config-env", metavar="NAME",
        help="The environment of the samconfig file that --parameters names.  [default: default]",
    ),
    click.option(
        "--var-file", "var_files", multiple=True, metavar="FILE",
        help="Values for Terraform's variables; a later one wins.",
    ),
    click.option(
        "--source", "plan_source", metavar="DIR",
        help="The folder of the configuration that Terraform plans were made from, if it is another one.",
    ),
    settings_options,
)  # fmt: skip
"""The options of every command that reads templates: the values for them, and the settings."""

comparing_options = together(
    click.option(
        "--against",
        metavar="REV|FILE",
        help="Report what changed since a git revision (`REV...`: since HEAD left it), an earlier JSON report or, "
        "of a plan, its `prior` state.",
    ),
    click.option(
        "--gate/--no-gate",
        default=None,
        help="Fail too for what was looked at in the revision of --against (HEAD without it) and is hidden now.  "
        "[default: with --against, where a policy locks rules]",
    ),
    click.option("--gate-by-policy", is_flag=True, help="As --gate where a policy locks rules, as a hook needs it."),
    click.option(
        "--baseline",
        metavar="FILE",
        help="Count the findings that this file has instead of reporting them.  [default: the configuration's]",
    ),
    click.option(
        "--write-baseline",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="Write what is found to this baseline, and report none of it.",
    ),
    click.option("--prune-baseline", is_flag=True, help="Take out of the baseline what no longer occurs."),
)
"""The options that compare a run with another landscape or with a baseline."""


def wants_color(wish: str) -> bool:
    """Whether standard output gets colours. wish: the option's value."""
    if wish != "auto":
        return wish == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def input_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the functions of `api` that `input_options` are."""
    same = ("parameters", "config_env", "var_files", "plan_source", "config", "policy", "root")
    return {**{name: options[name] for name in same}, "rule_folders": options["folders"]}


def source_arguments(paths: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the paths, of which one may name standard input."""
    paths = [standard(path) for path in paths]
    stream = standard_input("<stdin>") if "-" in paths else None
    return {"paths": paths, **input_arguments(options), "standard_input": stream}


def staged_for(paths: Sequence[str], options: Mapping[str, Any]) -> Staged:
    """What the commit changes; ends the command where no paths are named and that concerns nobody here. Raises
    LookupError without the option that it belongs to."""
    from awslint_memo.files.staged import staged
    from awslint_memo.settings.configuration_file import NAMES

    if not options["dependants"]:
        raise LookupError("--staged says which dependants are linted; add --dependants")
    found = staged(os.environ)
    is_configured = any(os.path.basename(path) in NAMES for path in found.changed)
    has_rules = bool(options["folders"] and (found.changed or found.deleted))
    if not paths and not (found.used or is_configured or has_rules):
        sys.exit(0)
    return found


def standard(path: str) -> str:
    """`-` for each of the names of standard input."""
    return "-" if path in STANDARD_INPUTS else path


def comparing_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `api.lint` for `comparing_options`. Raises LookupError for options that exclude each other."""
    if options["write_baseline"] and (options["baseline"] or options["prune_baseline"]):
        other = "--baseline" if options["baseline"] else "--prune-baseline"
        raise LookupError(f"--write-baseline and {other} exclude each other; name the file with --write-baseline only")
    if options["min_confidence"] and (options["write_baseline"] or options["prune_baseline"]):
        raise LookupError("a baseline is written of all findings; leave --min-confidence out")
    gate = "policy" if options["gate"] is None and options["gate_by_policy"] else options["gate"]
    return {
        "against": options["against"],
        "gate": gate,
        "baseline": False if options["write_baseline"] else options["baseline"],
    }


def with_baseline(report: Report, options: Mapping[str, Any]) -> Report:
    """The report after the baseline was written or pruned, where the options say so."""
    if not (options["write_baseline"] or options["prune_baseline"]):
        return report
    from awslint_memo import api

    if options["write_baseline"]:
        return api.write_baseline(report, options["write_baseline"])
    return api.prune_baseline(report)
