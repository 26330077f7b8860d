"""The commands about rules, `rules`, `explain`, and `test-rules` for own ones, and `agent-guide`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from awslint_memo.cli.arguments import wants_color
from awslint_memo.cli.failures import CommandError, exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.options import color_option, form_option, rules_option
from awslint_memo.model.finding import LEVELS

if TYPE_CHECKING:
    from awslint_memo.manual.page import Page

_WIDEST = 100
"""Columns that are used of a wider terminal: longer lines are hard to read."""


@click.command("rules", cls=GroupedOptions)
@click.argument("names", nargs=-1, metavar="[SERVICE|RULE]...")
@click.option("--level", "levels", multiple=True, type=click.Choice(LEVELS), help="Only rules of this level.")
@rules_option
@form_option
def rules_command(names: Sequence[str], levels: Sequence[str], folders: Sequence[str], form: str) -> None:
    """List the rules: the id, the level and what each asks for.

    Those of a service (`sqs`), or whose id is named or matches a pattern (`'*-multi-az'`); by default all.
    """
    from awslint_memo import api
    from awslint_memo.manual import rule_list
    from awslint_memo.reporters.characters import visible_lines
    from awslint_memo.reporters.json_writing import visible_json

    with exit_on_error():
        rules = rule_list.chosen(api.rules(folders).values(), names, levels)
        listed = rule_list.FORMS[form](rules)
        click.echo(visible_json(listed) if form == "json" else visible_lines(listed), nl=False)


@click.command("explain", cls=GroupedOptions)
@click.argument("rule", metavar="RULE")
@click.option("--memo", "shows_original", is_flag=True, help="Show the memo's words in Japanese too.")
@rules_option
@color_option
def explain_command(rule: str, shows_original: bool, folders: Sequence[str], color: str) -> None:
    """Explain a rule: the reason, what the memo says, what to do, examples and AWS's page."""
    from shutil import get_terminal_size

    from awslint_memo.reporters.page_text import Screen, page_text

    with exit_on_error():
        columns = min(get_terminal_size().columns, _WIDEST) if sys.stdout.isatty() else 0
        screen = Screen(columns, wants_color(color), shows_original)
        click.echo(page_text(_page(rule, folders), screen), nl=False, color=True)


def _page(rule: str, folders: Sequence[str]) -> Page:
    """The page of a rule that is named by its id, or by one that it had."""
    from awslint_memo import api
    from awslint_memo.manual.page import Page
    from awslint_memo.model.patterns import is_of_cfn_lint
    from awslint_memo.model.phrases import closest
    from awslint_memo.reporters.page_text import example_output

    known = api.rules(folders)
    match = next((candidate for candidate in known.values() if rule in (candidate.id, *candidate.aliases)), None)
    if match is None and is_of_cfn_lint(rule):
        page = "https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md"
        raise CommandError(f"{rule} is a rule of cfn-lint; they are explained in {page}")
    if match is None:
        raise CommandError(f"there is no rule {rule}{closest(rule, known) or '; awslint-memo rules lists them'}")
    return Page(match, example_output)


@click.command("agent-guide")
def agent_guide_command() -> None:
    """Print how a coding agent works with this tool, in the form that agents load (SKILL.md)."""
    from awslint_memo.manual import rule_list

    with exit_on_error():
        click.echo(rule_list.skill(), nl=False)


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
        failed = [result for result in tested if result.failures]
        for result in failed:
            listed = "".join(f"{result.rule.id}: {words}\n" for words in result.failures)
            click.echo(visible_lines(listed), nl=False)
        whole = f"{counted(len(tested), 'rule')}, {counted(sum(result.examples for result in tested), 'example')}"
        wrong = f"{counted(sum(len(each.failures) for each in failed), 'failure')} in {counted(len(failed), 'rule')}"
        click.echo(f"{whole}: {wrong if failed else 'all as they should be'}")
    sys.exit(1 if failed else 0)
