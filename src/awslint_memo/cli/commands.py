"""The group of all commands, and the options of `lint`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from awslint_memo.cli.groups import Commands, GroupedOptions, LateCommands, help_all_option
from awslint_memo.cli.options import color_option, comparing_options, fix_options, input_options
from awslint_memo.cli.streams import take_any_text
from awslint_memo.model.finding import LEVELS
from awslint_memo.reporters import FORMATS

PROFILES = ("core", "memo", "all")

CONTEXT: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class InOrder(GroupedOptions):
    """A command that tells its function, as `outputs`, in which order --format and --output were given."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raises click's errors."""
        *_, order = self.make_parser(ctx).parse_args(args=list(args))
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:  # A shell completes what is written.
            return rest
        values = {name: iter(ctx.params.pop(name)) for name in ("format", "output")}
        ctx.params["outputs"] = [(option.name, next(values[option.name])) for option in order if option.name in values]
        return rest


def formats_listed() -> str:
    """The formats with a few words each, for the command's help."""
    longest = max(map(len, FORMATS))
    rows = "\n".join(f"  {name:<{longest}}  {form.about}" for name, form in FORMATS.items())
    return f"\b\nFormats:\n{rows}"


def _split(_: object, __: object, values: Sequence[str]) -> tuple[str, ...]:
    """Split the values of an option at commas, so that one option may hold several ids."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def _show_version(context: click.Context, _: object, is_asked: bool) -> None:
    if is_asked:
        from awslint_memo.reporters import tool

        click.echo(f"awslint-memo {tool().get('version', 'runs from a checkout that is not installed')}")
        context.exit()


@click.group(cls=Commands, context_settings=CONTEXT)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
    help="Show the version and exit.",
)  # fmt: skip
def main() -> None:
    """Report where CloudFormation, SAM and Terraform depart from AWS best practices, and how to fix it."""
    take_any_text()


@main.command(cls=InOrder, epilog=formats_listed())
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--stdin-filename", metavar="NAME", default="<stdin>", help="The name of the file that `-` reads.")
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    help="Apply the most important rules (core) or all (memo), or show all advice too (all).  [default: memo]",
)
@click.option(
    "--select", multiple=True, callback=_split, metavar="RULES",
    help="Apply only these rules: ids and patterns like 'sqs-*'.",
)  # fmt: skip
@click.option(
    "--ignore", multiple=True, callback=_split, metavar="RULES", help="Do not apply these rules: ids and patterns."
)
@click.option(
    "--fail-on", type=click.Choice([*LEVELS, "never"]), help="The lowest level that exits with 1.  [default: warning]"
)
@click.option(
    "--min-confidence", type=click.Choice(["high", "medium", "low"]),
    help="Leave out findings of rules that are less sure, or not measured, and say how many; never those that a policy "
    "locks.",
)  # fmt: skip
@click.option("--fail-on-nothing", is_flag=True, help="Exit with 2 if no resource was judged.")
@click.option("--advice", is_flag=True, help="Show advice too, which never fails the run by default.")
@click.option(
    "--format", multiple=True, type=click.Choice(list(FORMATS)), metavar="FORMAT",
    help="The format of the report (see below). Give it several times for several reports, each with its --output.  "
    "[default: text, and github beside it in GitHub Actions]",
)  # fmt: skip
@click.option(
    "--output", multiple=True, metavar="FILE", type=click.Path(dir_okay=False, readable=False, allow_dash=True),
    help="Write the report of the --format before it to this file, and text to the terminal; `-` is standard output.",
)  # fmt: skip
@input_options
@click.option(
    "--no-linked-stacks",
    "--no-estate",
    is_flag=True,
    help="Check each template alone, without the stacks that it imports from.",
)
@click.option(
    "--dependants",
    is_flag=True,
    help="Check what depends on the named files too: callers of a module, parents of a nested template, importers of "
    "an export, the configuration that takes a tfvars file.",
)
@click.option(
    "--staged",
    is_flag=True,
    help="With --dependants, for hooks: check what uses the files that the commit deletes too, and what a changed "
    "configuration, rule or file of values makes worse anywhere; without PATHS these alone.",
)
@fix_options
@comparing_options
@click.option(
    "--validate",
    is_flag=True,
    help="Run cfn-lint on the CloudFormation templates too, and report what it finds under its own ids.",
)
@click.option(
    "--cfn-lint-config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False),
    help="Run cfn-lint with this configuration of its own, which may name Python code that is run; by default none.",
)
@click.option(
    "--top", type=click.IntRange(min=1), metavar="NUMBER",
    help="Show this many findings, by level, by what hangs on the resource and by confidence; a notice counts the "
    "others, which fail the run as ever.",
)  # fmt: skip
@click.option(
    "--statistics",
    is_flag=True,
    help="Say how much was found and where, what was judged and what could not be told, and the time.",
)
@click.option("--verbose", is_flag=True, help="Show every finding in full, even if many are alike.")
@click.option(
    "--quiet-unknown",
    is_flag=True,
    help="Ignore named files that are not templates, unless they look like broken ones.",
)
@click.option(
    "--force-exclude",
    is_flag=True,
    help="Let exclude of the configuration hold for named files too, as a hook needs it.",
)
@click.option("--no-gitignore", is_flag=True, help="Check what .gitignore leaves out of folders, too.")
@color_option
@help_all_option
@click.pass_obj
def lint(when_read: Callable[[], None] | None, /, paths: Sequence[str], **options: Any) -> None:
    """Check templates: files, folders, or `-` for standard input; by default the working folder.

    Exits with 0 without findings, 1 with findings, 2 if something could not be read.
    """
    from awslint_memo.cli.linting import run

    run(paths, options, when_read)


_OTHERS = {
    "why": "inspecting",
    "rules": "manual",
    "explain": "manual",
    "agent-guide": "manual",
    "recovery": "inspecting",
    "graph": "inspecting",
    "merge": "inspecting",
    "hook": "hook",
    "server": "configuration",
    "show-settings": "configuration",
    "test-rules": "manual",
    "init": "configuration",
}
"""The other commands, each with the module of this room that defines it."""

main.commands = LateCommands({**main.commands, **_OTHERS})
