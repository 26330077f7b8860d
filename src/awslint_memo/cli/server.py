"""The command `server`: the language server, for editors."""

from __future__ import annotations

from collections.abc import Sequence

import click

from awslint_memo.cli.errors import CommandError
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.inputs import rules_option


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
        from awslint_memo.hosts.server.serving import made
    except ImportError as error:
        raise CommandError(f"the server needs {error.name}: pip install 'awslint-memo[server]'") from error
    made(config=config, profile=profile, rule_folders=folders, advice=True, reports_unknown=False).start_io()
