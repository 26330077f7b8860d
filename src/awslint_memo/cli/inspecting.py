"""Commands that show something else than the findings of a run: `graph`, `recovery`, `why` and `merge`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from awslint_memo.cli.arguments import source_arguments
from awslint_memo.cli.failures import CommandError, exit_on_error
from awslint_memo.cli.groups import GroupedOptions
from awslint_memo.cli.options import Decorator, form_option, input_options
from awslint_memo.cli.outputs import put
from awslint_memo.files.process import STANDARD_OUTPUTS

if TYPE_CHECKING:
    from awslint_memo.model.span import Problem
    from awslint_memo.reporters.graph_choice import Chosen


def _form_option(forms: Sequence[str], about: str) -> Decorator:
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True, help=about)


def _output_option(noun: str) -> Decorator:
    return click.option(
        "--output", metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
        help=f"Write the {noun} to this file; `-` is standard output.",
    )  # fmt: skip


def _tell(sentences: Iterable[object]) -> None:
    """Print sentences on standard error, a line each."""
    from awslint_memo.model.span import Problem
    from awslint_memo.reporters.characters import harmless, harmless_at

    for sentence in sentences:
        if isinstance(sentence, Problem):
            place = f"{sentence.path}:{sentence.line}:{sentence.column}"
            click.echo(harmless_at(place, sentence.message), err=True)
        else:
            click.echo(harmless(str(sentence)), err=True)


def _drawing(form: str, chosen: Chosen) -> tuple[str, str]:
    """The text of a graph in one of the formats, and what is said of it."""
    from awslint_memo.reporters import graph_choice, graph_drawings

    if form == "mermaid":
        flowchart = graph_drawings.mermaid(chosen)
        return flowchart.text, flowchart.notice
    if form == "html":
        from awslint_memo.reporters.html import drawing_page

        return drawing_page(chosen), ""
    return (graph_drawings.dot if form == "dot" else graph_choice.as_json)(chosen), ""


@click.command("graph", cls=GroupedOptions)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_form_option(
    ("mermaid", "html", "dot", "json"),
    "A flowchart for Markdown, a page with the pictures of lint's page, a graph for Graphviz, or JSON for programs.",
)
@_output_option("graph")
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
    from awslint_memo import api

    with exit_on_error():
        graph = api.graph(**source_arguments(paths, options))
        from awslint_memo.reporters import graph_choice

        chosen = graph_choice.chosen(graph, graph_choice.Choice(options["has_all"], options["services"]))
        text, notice = _drawing(options["form"], chosen)
        put(options["output"], text)
        notes = [notice, *graph_choice.emptiness(graph, chosen, options["services"]), *graph_choice.left_out(graph)]
    _tell((*filter(None, ("; ".join(filter(None, notes)),)), *graph.errors))
    sys.exit(2 if graph.errors else 0)


@click.command("recovery", cls=GroupedOptions)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_form_option(
    ("text", "json", "markdown", "resilience-hub"),
    "Text for people, JSON for programs, Markdown, or the inputs of calls of AWS Resilience Hub.",
)
@_output_option("report")
@click.option(
    "--disruption", "disruptions", multiple=True, type=click.Choice(("software", "hardware", "az", "region")),
    help="Show only what happens after this disruption.",
)  # fmt: skip
@click.option("--unmet", is_flag=True, help="Show only what surely misses its objective.")
@click.option(
    "--runbook", "runbooks", multiple=True, type=click.Choice(("software", "hardware", "az", "region")),
    help="Show, in place of the table, what to do after this disruption, step by step; in JSON, beside it.",
)  # fmt: skip
@click.option(
    "--fail-on", type=click.Choice(("unmet", "missed", "unknown", "never")), default="never", show_default=True,
    help="What exits with 1: an objective that is unmet, or typically missed, or not known to be met.",
)  # fmt: skip
@input_options
def recovery_command(paths: Sequence[str], **options: Any) -> None:
    """Show what each store of data loses after a disruption, how one gets back, and what is not known.

    Objectives are declared under `recovery` in the configuration, in Metadata, or in comments. Without any, the
    table shows what there is. Exits with 0, 1 as --fail-on says, or 2 if something could not be read.
    """
    from awslint_memo import api

    with exit_on_error():
        for_hub = options["form"] == "resilience-hub"
        survey = api.recovery(runbooks=options["runbooks"], has_components=for_hub, **source_arguments(paths, options))
        from awslint_memo.reporters import recovery, recovery_json, recovery_marks, resilience_hub, runbook

        forms = {"text": recovery.text, "json": recovery_json.report, "markdown": recovery.markdown}
        if for_hub:
            forms["resilience-hub"] = resilience_hub.report
        if options["runbooks"]:
            forms |= {"text": runbook.text, "markdown": runbook.markdown}
        output = None if options["output"] in (None, *STANDARD_OUTPUTS) else options["output"]
        is_ascii = output is None and (sys.stdout.encoding or "ascii").lower().replace("-", "") != "utf8"
        put(output, forms[options["form"]](survey, recovery.Wish(options["disruptions"], options["unmet"], is_ascii)))
    _tell((*survey.notices, *survey.errors))
    verdicts = [verdict for row in survey.rows() for verdict in row.verdicts]
    # What was not read may hold stores, of which no objective is known to be met.
    is_unknown = options["fail_on"] == "unknown" and survey.is_declared and bool(survey.unread)
    is_failed = is_unknown or any(verdict in recovery_marks.FAILING[options["fail_on"]] for verdict in verdicts)
    sys.exit(2 if survey.errors else int(is_failed))


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
    from awslint_memo.reporters.answers import WHY_FORMS

    unread: list[Problem] = []
    with exit_on_error():
        verdicts = api.why(rule, resource, **source_arguments(paths, options), unread=unread)
        click.echo(WHY_FORMS[form](verdicts), nl=False)
    _tell(unread)
    sys.exit(2 if unread else 0)


@click.command("merge", cls=GroupedOptions)
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@_form_option(("text", "json", "markdown"), "Text for people, JSON for programs, or Markdown.")
@_output_option("report")
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
@click.option(
    "--against", metavar="FILE", type=click.Path(exists=True, dir_okay=False),
    help="An earlier merged report (--format json): tell what grew and fell by rule, owner, root and repository.",
)  # fmt: skip
def merge_command(
    reports: Sequence[str],
    form: str,
    output: str | None,
    top: int,
    expect: str | None,
    with_findings: bool,
    against: str | None,
) -> None:
    """Merge JSON reports of lint, one of each repository, or folders with them: totals by level, rule and repository.

    A repository is called by the path of its report without what the paths have in common. Exits with 0, or with 2 if
    a report could not be read or an expected one is not there; the others are merged all the same.
    """
    from awslint_memo import api
    from awslint_memo.comparing.merged_changes import changes
    from awslint_memo.reporters.merged import as_json, markdown, text

    if with_findings and form != "json":
        raise CommandError("--findings goes with --format json; the other formats have counts only")
    with exit_on_error():
        totals = api.merge(reports, keeps_findings=with_findings, expected=expect)
        changed = None if against is None else changes(against, totals)
        if form == "json":
            put(output, as_json(totals, with_findings, changed))
        else:
            put(output, (text if form == "text" else markdown)(totals, top, changed))
    _tell(totals.refused)
    sys.exit(2 if totals.refused or totals.missing else 0)
