"""Options that several commands share; what they are for `api` is in `arguments`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import click

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

fix_options = together(
    click.option("--fix", is_flag=True, help="Mend what can be mended safely, and report what is left."),
    click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing."),
    click.option(
        "--unsafe-fixes", is_flag=True, help="With --fix or --diff: all fixes, also what a person should decide."
    ),
)
"""The options that fix findings."""

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
