"""The command `why`: the values behind a verdict."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from awslint_memo.cli.errors import exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.inputs import form_option, input_arguments, input_options, standard
from awslint_memo.files.process import standard_input

if TYPE_CHECKING:
    from awslint_memo.model.span import Problem


@click.command("why", cls=GroupedOptions)
@click.argument("rule", metavar="RULE")
@click.argument("resource", metavar="RESOURCE")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@form_option
@input_options
def why_command(rule: str, resource: str, paths: Sequence[str], form: str, **options: Any) -> None:
    """Show why RULE reports RESOURCE or not: each value that it read, and where that is decided.

    RESOURCE is a logical id, a Terraform address or a pattern. If there is no finding, the values that are not known
    are listed, since a rule reports nothing about them.
    """
    from awslint_memo import api
    from awslint_memo.reporters import why
    from awslint_memo.reporters.characters import harmless

    unread: list[Problem] = []
    paths = [standard(path) for path in paths]
    with exit_on_error():
        found = api.why(
            rule,
            resource,
            paths,
            **input_arguments(options),
            standard_input=standard_input("<stdin>") if "-" in paths else None,
            unread=unread,
        )
        click.echo(why.FORMS[form](found), nl=False)
    for problem in unread:
        click.echo(harmless(str(problem)), err=True)
    sys.exit(2 if unread else 0)
