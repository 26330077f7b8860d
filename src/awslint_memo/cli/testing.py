"""The command `test-rules`: the examples of own rules, run as ours are."""

from __future__ import annotations

import sys

import click

from awslint_memo.cli.errors import exit_on_error


@click.command("test-rules")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False))
def test_rules_command(folder: str) -> None:
    """Run the examples of the rules in DIR, which are Python code that is run.

    Each BAD example must give one finding, a GOOD one none, and fixes must make of the bad ones what FIXED says. Exits
    with 0 if all is so, 1 if not, 2 if a rule can't be loaded.
    """
    from awslint_memo import api
    from awslint_memo.model.phrases import counted
    from awslint_memo.reporters.characters import visible_lines

    with exit_on_error():
        tested = api.check_rules(folder)
        failed = [one for one in tested if one.failures]
        for one in failed:
            listed = "".join(f"{one.rule.id}: {words}\n" for words in one.failures)
            click.echo(visible_lines(listed), nl=False)
        whole = f"{counted(len(tested), 'rule')}, {counted(sum(one.examples for one in tested), 'example')}"
        click.echo(f"{whole}: {f'{len(failed)} failed' if failed else 'all as they should be'}")
    sys.exit(1 if failed else 0)
