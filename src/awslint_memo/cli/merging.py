"""The command `merge`: one report of the JSON reports of many repositories."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from awslint_memo.cli.errors import CommandError, exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.outputs import put


@click.command("merge", cls=GroupedOptions)
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True,
    help="Text for people, JSON for programs, or Markdown.",
)  # fmt: skip
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="Write the report to this file; `-` is standard output.",
)  # fmt: skip
@click.option(
    "--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="NUMBER",
    help="Show so many rows of each table in text and Markdown; JSON has all.",
)  # fmt: skip
@click.option(
    "--expect", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
    help="A file with the names of all repositories, one a line: say of which there is no report.",
)  # fmt: skip
@click.option(
    "--findings", "with_findings", is_flag=True, help="With --format json: every finding with its repository."
)
def merge_command(
    reports: Sequence[str], form: str, output: str | None, top: int, expect: str | None, with_findings: bool
) -> None:
    """Merge JSON reports of lint, one of each repository, or folders with them: totals by level, rule and repository.

    A repository is called by the path of its report without what the paths have in common. Exits with 0, or with 2 if
    a report could not be read or an expected one is not there; the others are merged all the same.
    """
    from awslint_memo.comparing.merged import merged
    from awslint_memo.reporters import merged_json, merged_markdown, merged_text
    from awslint_memo.reporters.characters import harmless

    if with_findings and form != "json":
        raise CommandError("--findings goes with --format json; the other formats have counts only")
    with exit_on_error():
        made = merged(reports, keeps_findings=with_findings, expected=expect)
        if form == "json":
            text = merged_json.report(made, with_findings)
        else:
            text = (merged_text if form == "text" else merged_markdown).report(made, top)
        put(output, text)
    for one in made.refused:
        click.echo(harmless(f"{one}"), err=True)
    sys.exit(2 if made.refused or made.missing else 0)
