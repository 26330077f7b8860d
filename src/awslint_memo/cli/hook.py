"""The command `hook`."""

from __future__ import annotations

import click

from awslint_memo.cli.edits import run


@click.command("hook")
def hook_command() -> None:
    """Tell a coding agent what the file that it has just edited makes worse. Changes nothing.

    For hooks that run after an edit: reads their JSON from standard input, checks the file and what depends on it, and
    writes what is new since the last commit, or hidden since, to standard error. Exits with 2 if there is something to
    read, as these hooks expect, with 1 if the input can't be used, else with 0.
    """
    run()
