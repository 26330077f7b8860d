"""The options of commands that read templates: the values for them, and the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from awslint_memo.files.process import STANDARD_INPUTS

rules_option = click.option(
    "--rules", "folders", multiple=True, metavar="DIR", type=click.Path(exists=True, file_okay=False),
    help="Apply the rules of this folder too; they are Python code that is run, so name only your own.",
)  # fmt: skip

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="Text for people, or JSON for programs.",
)  # fmt: skip


SETTINGS_OPTIONS = (
    click.option(
        "--policy", metavar="NAME|FILE",
        help="A policy that every configuration of the run extends: of an installed package, or a file.",
    ),
    click.option(
        "--config",
        type=click.Path(exists=True, dir_okay=False),
        help="Use this configuration file for all files, instead of the nearest one of each.",
    ),
    click.option(
        "--root", metavar="DIR", type=click.Path(exists=True, file_okay=False),
        help="Open no file outside of this folder unless it is named here.  [default: the repository of each path]",
    ),
    rules_option,
)  # fmt: skip
"""The options that decide which settings count, the last one first."""


def input_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that reads templates: the values for them, and the settings."""
    for option in (
        *SETTINGS_OPTIONS,
        click.option(
            "--source", "plan_source", metavar="DIR",
            help="The folder of the configuration that Terraform plans were made from, if it is another one.",
        ),
        click.option(
            "--var-file", "var_files", multiple=True, metavar="FILE",
            help="Values for Terraform's variables; a later one wins.",
        ),
        click.option(
            "--config-env", metavar="NAME",
            help="The environment of the samconfig file that --parameters names.  [default: default]",
        ),
        click.option(
            "--parameters", multiple=True, metavar="FILE|KEY=VALUE",
            help="Check the one deployment with these parameters, or variables of Terraform (a tfvars file too).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def input_arguments(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of the functions of `api` that these options are."""
    same = ("parameters", "config_env", "var_files", "plan_source", "config", "policy", "root")
    return {**{name: options[name] for name in same}, "rule_folders": options["folders"]}


def standard(path: str) -> str:
    """`-` for each of the names of standard input."""
    return "-" if path in STANDARD_INPUTS else path
