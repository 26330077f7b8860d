"""Commands that begin or show something: `init`, `show-settings` and `server`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import click

from awslint_memo.cli.failures import CommandError, exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.options import form_option, rules_option, settings_options


@click.command("show-settings")
@click.argument("path", required=False, default="", metavar="[PATH]")
@form_option
@settings_options
def show_settings_command(path: str, form: str, **options: Any) -> None:
    """Show the settings that count for PATH, a file or folder, and which line of which file says each.

    Without PATH, those of the working folder. What no file says has its default.
    """
    from awslint_memo import api
    from awslint_memo.reporters.answers import SETTINGS_FORMS
    from awslint_memo.reporters.characters import visible_lines
    from awslint_memo.reporters.json_writing import visible_json

    with exit_on_error():
        if path and not os.path.exists(path):
            raise CommandError(f"{path}: no such file or folder")
        settings = api.settings(
            path,
            rule_folders=options["folders"],
            config=options["config"],
            policy=options["policy"],
            root=options["root"],
        )
        shown = SETTINGS_FORMS[form](settings)
        click.echo(visible_json(shown) if form == "json" else visible_lines(shown), nl=False)


@click.command("init")
@click.argument("folder", required=False, default="", metavar="[DIR]")
def init_command(folder: str) -> None:
    """Write a configuration with comments, .awslint-memo.yaml, into the working folder or DIR.

    A configuration that is there is never overwritten.
    """
    from awslint_memo.files.files import Files
    from awslint_memo.files.root import Root
    from awslint_memo.files.writing import write_new
    from awslint_memo.model.span import Problem
    from awslint_memo.reporters.characters import harmless_at
    from awslint_memo.settings.configuration_file import NAMES, find
    from awslint_memo.settings.listing import commented

    with exit_on_error():
        if folder and not os.path.isdir(folder):
            raise CommandError(f"{folder}: no such folder")
        there = find(folder, Files(bounds=Root([folder])))
        if there is not None:
            raise CommandError(f"{there.path}: there is a configuration already; it was not changed")
        path = os.path.join(folder, NAMES[0])
        try:
            write_new(path, commented())
        except Problem as problem:
            raise CommandError(f"{problem.path}: {problem.message}") from problem
    click.echo(harmless_at(path, "written; every setting in it is a comment or the default"))


@click.command("server", cls=GroupedOptions)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False),
    help="Use this configuration file instead of the nearest one.",
)
@click.option("--profile", type=click.Choice(["core", "memo", "all"]), help="The rules to apply, as for lint.")
@rules_option
def server_command(config: str | None, profile: str | None, folders: Sequence[str]) -> None:
    """Serve an editor over standard input and output (the Language Server Protocol).

    The editor starts it; docs/editors.md has the setup of some.
    """
    try:
        from awslint_memo.hosts.server.serving import made as server
    except ImportError as error:
        raise CommandError(f"the server needs {error.name}: pip install 'pygls>=2.0'") from error
    server(config=config, profile=profile, rule_folders=folders, advice=True, reports_unknown=False).start_io()
