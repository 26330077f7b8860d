"""The command `recovery`: what is lost after each disruption, and how one gets back."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from awslint_memo.cli.errors import exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.inputs import input_arguments, input_options, standard
from awslint_memo.cli.outputs import put
from awslint_memo.files.process import STANDARD_OUTPUTS, standard_input

_DISRUPTIONS = ("software", "hardware", "az", "region")
_FORMATS = ("text", "json", "markdown")
_FAILING = ("unmet", "missed", "unknown", "never")


@click.command("recovery", cls=GroupedOptions)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True,
    help="Text for people, JSON for programs, or Markdown.",
)  # fmt: skip
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="Write the report to this file; `-` is standard output.",
)  # fmt: skip
@click.option(
    "--disruption", "disruptions", multiple=True, type=click.Choice(_DISRUPTIONS),
    help="Show only what happens after this disruption.",
)  # fmt: skip
@click.option("--unmet", is_flag=True, help="Show only what surely misses its objective.")
@click.option(
    "--fail-on", type=click.Choice(_FAILING), default="never", show_default=True,
    help="What exits with 1: an objective that is unmet, or typically missed, or not known to be met.",
)  # fmt: skip
@input_options
def recovery_command(paths: Sequence[str], **options: Any) -> None:
    """Show what each store of data loses after a disruption, how one gets back, and what is not known.

    Objectives are declared under `recovery` in the configuration, in Metadata, or in comments. Without any, the
    table shows what there is. Exits with 0, 1 as --fail-on says, or 2 if something could not be read.
    """
    sys.exit(_run([standard(path) for path in paths], options))


def _run(paths: Sequence[str], options: dict[str, Any]) -> int:
    """Print or write the report, and what could not be read; gives the exit code."""
    from awslint_memo import api

    with exit_on_error():
        found = api.recovery(
            paths,
            **input_arguments(options),
            standard_input=standard_input("<stdin>") if "-" in paths else None,
        )
        from awslint_memo.reporters import recovery_json, recovery_markdown, recovery_text
        from awslint_memo.reporters.characters import harmless
        from awslint_memo.reporters.recovery_rows import FAILING, Wish

        forms = {"text": recovery_text, "json": recovery_json, "markdown": recovery_markdown}
        output = None if options["output"] in (None, *STANDARD_OUTPUTS) else options["output"]
        is_ascii = output is None and (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"
        text = forms[options["form"]].report(found, Wish(options["disruptions"], options["unmet"], is_ascii))
        put(output, text)
    for one in (*found.notices, *map(str, found.errors)):
        click.echo(harmless(one), err=True)
    verdicts = [verdict for row in found.rows() for verdict in row.verdicts]
    is_failed = any(one in FAILING[options["fail_on"]] for one in verdicts)
    return 2 if found.errors else int(is_failed)
