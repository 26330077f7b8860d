"""Groups of options and of commands in the help, and how commands fail.

A failure is one sentence on standard error with exit code 2, which quotes nothing that a terminal obeys."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import takewhile
from typing import Any, TypeVar

import click

from awslint_memo.cli.failures import CommandError

OPTION_GROUPS: Mapping[str, Sequence[str]] = {
    "What is checked": (
        *("--stdin-filename", "--parameters", "--config-env", "--var-file", "--source", "--root", "--no-linked-stacks"),
        *("--dependants", "--staged", "--force-exclude", "--no-gitignore", "--quiet-unknown", "--validate"),
        *("--cfn-lint-config",),
    ),
    "Rules": (
        "--profile",
        "--select",
        "--ignore",
        "--level",
        "--min-confidence",
        "--rules",
        "--config",
        "--policy",
        "--advice",
    ),
    "Report": (
        *(
            "--format",
            "--output",
            "--fail-on",
            "--fail-on-nothing",
            "--disruption",
            "--unmet",
            "--runbook",
            "--top",
            "--findings",
            "--expect",
            "--all",
        ),
        *("--service", "--statistics", "--memo", "--verbose", "--color"),
    ),
    "Fixes": ("--fix", "--diff", "--unsafe-fixes"),
    "Changes": ("--against", "--gate", "--gate-by-policy", "--baseline", "--write-baseline", "--prune-baseline"),
}
"""The groups of options in the order of the help, by the name that each option has first."""

EVERYDAY = (
    *(
        "--parameters",
        "--var-file",
        "--profile",
        "--select",
        "--ignore",
        "--config",
        "--advice",
        "--format",
        "--output",
    ),
    *("--fail-on", "--verbose", "--fix", "--diff", "--unsafe-fixes", "--against", "--baseline", "--write-baseline"),
)
"""The options of `lint` that its help shows; --help-all shows all."""

FORMER_NAMES = ("--no-estate",)
"""Names of options that are understood, and not shown."""

COMMAND_GROUPS: Mapping[str, Sequence[str]] = {
    "Check": ("lint", "recovery"),
    "Understand": ("graph", "why", "explain", "rules"),
    "Many repositories": ("merge",),
    "Editors and agents": ("server", "hook", "agent-guide"),
    "Set up": ("init", "show-settings", "test-rules"),
}
"""The groups of commands in the order of the help."""

_SENTENCE = 1_000
"""Characters of a command's first sentence in the help, which is wrapped rather than cut."""

_Any = TypeVar("_Any")


def grouped(named: Mapping[str, Sequence[str]], every: Sequence[_Any], name: Callable[[_Any], str]) -> Any:
    """What there is by group, in the order of the groups and names; what is in none comes last, without a title."""
    by_name = {name(item): item for item in every}
    groups = {title: [by_name.pop(name) for name in names if name in by_name] for title, names in named.items()}
    groups[""] = list(by_name.values())
    return {title: members for title, members in groups.items() if members}


def shown_names(option: click.Parameter) -> list[str]:
    """The names of an option, without those that it had before."""
    return [name for name in option.opts if name not in FORMER_NAMES]


class GroupedOptions(click.Command):
    """A command whose help shows its options in groups; the everyday ones where it has --help-all."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [option for option in self.get_params(ctx) if isinstance(option, click.Option)]
        has_more = any(option.name == _HELP_ALL for option in options) and not ctx.meta.get(_HELP_ALL)
        for title, members in grouped(OPTION_GROUPS, options, lambda option: option.opts[0]).items():
            shown = [option for option in members if not has_more or not title or option.opts[0] in EVERYDAY]
            rows = [_row(option, ctx) for option in shown if not option.hidden]
            if rows:
                with formatter.section(title or "Options"):
                    formatter.write_dl(rows)


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names, words = option.get_help_record(ctx) or ("", "")
    former = [name for name in option.opts if name not in shown_names(option)]
    return names.replace("".join(f", {name}" for name in former), ""), words


def _show_all(ctx: click.Context, _: object, is_asked: bool) -> None:
    if is_asked and not ctx.resilient_parsing:
        ctx.meta[_HELP_ALL] = True
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


_HELP_ALL = "help_all"

help_all_option = click.option(
    "--help-all", is_flag=True, is_eager=True, expose_value=False, callback=_show_all,
    help="Show all options, these and the rarer ones, and exit.",
)  # fmt: skip


class LateCommands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for: a call needs one, and to make it takes its time.

    known: each command, or the module of this room that defines it; that of `show-settings` as `show_settings_command`.
    """

    def __init__(self, known: Mapping[str, click.Command | str]) -> None:
        self._known = dict(known)

    def __getitem__(self, name: str) -> click.Command:
        command = self._known[name]
        if isinstance(command, str):
            module = import_module(f"{__package__}.{command}")
            command = self._known[name] = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._known[name] = command

    def __delitem__(self, name: str) -> None:
        del self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


_HELP: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What click 8.2 and newer raise for a call without words; its message is the help, which is ours."""


class _Shown(click.ClickException):
    """A CommandError as click takes it."""

    exit_code = CommandError.exit_code

    def __init__(self, error: CommandError) -> None:
        super().__init__(str(error))
        self._error = error

    def show(self, file: Any = None) -> None:
        """Print the error on standard error."""
        self._error.show()


class Commands(click.Group):
    """The group of all commands: its help shows them in groups, and its errors quote nothing that a terminal obeys."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        known = [(name, command) for name, command in commands if command is not None]
        for title, members in grouped(COMMAND_GROUPS, known, lambda pair: pair[0]).items():
            with formatter.section(title or "Commands"):
                formatter.write_dl([(name, command.get_short_help_str(_SENTENCE)) for name, command in members])

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """The context of a call; raises click's errors."""
        with _quoting():
            return super().make_context(*arguments, **more)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse a call; raises an error for an option that is the name of a file too."""
        if not ctx.resilient_parsing:
            _refuse_ambiguous(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; raises an error that offers `lint` for a path, or a similar command."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-") and not ctx.resilient_parsing:
            from awslint_memo.model.phrases import closest

            if name == "." or os.sep in name or os.path.splitext(name)[1] or os.path.exists(name):
                raise CommandError(f"{name} is no command; to check it: {ctx.info_name} lint {name}")
            hint = closest(name, self.commands) or f"; {ctx.info_name} -h lists them"
            raise CommandError(f"there is no command {name}{hint}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that a call names; raises click's errors."""
        with _quoting():
            return super().invoke(ctx)


def _refuse_ambiguous(arguments: Sequence[str]) -> None:
    """Raise an error for a word that is an option and the name of a file.

    Hooks and scripts pass the names of changed files behind options, and whoever writes a repository chooses these
    names: `--rules=r.yaml` would run code. Behind `--` all words are names.
    """
    for word in takewhile(lambda each: each != "--", arguments):
        if word.startswith("-") and word != "-" and os.path.lexists(word):
            raise CommandError(
                f"{word} is the name of a file, and would be read as an option; write -- before the names of files, or "
                "rename it"
            )


@contextmanager
def _quoting() -> Iterator[None]:
    try:
        yield
    except _HELP:
        raise
    except CommandError as error:
        raise _Shown(error) from error
    except click.UsageError as error:
        from awslint_memo.reporters.characters import harmless

        quoted = error.format_message()
        if harmless(quoted) == quoted:
            raise
        raise click.UsageError(harmless(quoted), error.ctx) from error
