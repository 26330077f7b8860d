"""The command `graph`: a drawing of what templates make, and how it hangs together."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from awslint_memo.cli.errors import exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.inputs import input_arguments, input_options, standard
from awslint_memo.cli.outputs import put
from awslint_memo.files.process import standard_input

_FORMATS = ("mermaid", "dot", "json")


@click.command("graph", cls=GroupedOptions)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format", "form", type=click.Choice(_FORMATS), default="mermaid", show_default=True,
    help="A flowchart for Markdown, a graph for Graphviz, or JSON for programs.",
)  # fmt: skip
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="Write the graph to this file; `-` is standard output.",
)  # fmt: skip
@click.option(
    "--all", "has_all", is_flag=True,
    help="Show what nothing flows to or from too, and whatever else one resource names of another.",
)  # fmt: skip
@click.option(
    "--service", "services", multiple=True, metavar="NAME",
    help="Show only the resources of this service, such as SQS, and what they are joined to.",
)  # fmt: skip
@input_options
def graph_command(paths: Sequence[str], **options: Any) -> None:
    """Draw what templates make: resources, what flows between them, pipelines and clusters.

    What is not surely so in every deployment is dotted. Exits with 0, or 2 if something could not be read; the rest
    is drawn.
    """
    sys.exit(_run([standard(path) for path in paths], options))


def _run(paths: Sequence[str], options: dict[str, Any]) -> int:
    """Print or write the graph, and what could not be read; gives the exit code."""
    from awslint_memo import api

    with exit_on_error():
        found = api.graph(
            paths,
            **input_arguments(options),
            standard_input=standard_input("<stdin>") if "-" in paths else None,
        )
        from awslint_memo.reporters import graph_choice, graph_dot, graph_json, graph_mermaid
        from awslint_memo.reporters.characters import harmless

        forms = {"mermaid": graph_mermaid, "dot": graph_dot, "json": graph_json}
        chosen = graph_choice.chosen(found, graph_choice.Choice(options["has_all"], options["services"]))
        text = forms[options["form"]].report(chosen)
        put(options["output"], text)
        said = [graph_mermaid.complaint(chosen, text)] if options["form"] == "mermaid" else []
        said += graph_choice.emptiness(found, chosen, options["services"])
    for one in (*filter(None, said), *found.left_out, *map(str, found.errors)):
        click.echo(harmless(one), err=True)
    return 2 if found.errors else 0
