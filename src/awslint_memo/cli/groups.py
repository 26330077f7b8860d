"""The help of commands with their options in groups, and commands in groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

import click

OPTION_GROUPS: Mapping[str, Sequence[str]] = {
    "What is checked": (
        *("--stdin-filename", "--parameters", "--config-env", "--var-file", "--source", "--root", "--no-linked-stacks"),
        *("--dependants", "--force-exclude", "--no-gitignore", "--quiet-unknown", "--validate"),
    ),
    "Rules": ("--profile", "--select", "--ignore", "--level", "--rules", "--config", "--policy", "--advice"),
    "Report": (
        *("--format", "--output", "--fail-on", "--disruption", "--unmet", "--top", "--findings", "--expect", "--all"),
        *("--service", "--statistics", "--memo", "--verbose", "--color"),
    ),
    "Fixes": ("--fix", "--diff", "--unsafe-fixes"),
    "Changes": ("--against", "--baseline", "--write-baseline", "--prune-baseline"),
}
"""The groups of options in the order of the help, by the name that each option has first."""

COMMAND_GROUPS: Mapping[str, Sequence[str]] = {
    "Check": ("lint", "recovery"),
    "Understand": ("graph", "why", "explain", "rules"),
    "Many repositories": ("merge",),
    "Editors and agents": ("server", "hook"),
    "Set up": ("init", "show-settings", "test-rules"),
}
"""The groups of commands in the order of the help."""

_Any = TypeVar("_Any")


def grouped(named: Mapping[str, Sequence[str]], every: Sequence[_Any], name: Callable[[_Any], str]) -> Any:
    """What there is by group, in the order of the groups and names; what is in none comes last, without a title."""
    by_name = {name(one): one for one in every}
    made = {title: [by_name.pop(one) for one in names if one in by_name] for title, names in named.items()}
    made[""] = list(by_name.values())
    return {title: ones for title, ones in made.items() if ones}


class GroupedOptions(click.Command):
    """A command whose help shows its options in groups."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        for title, ones in grouped(OPTION_GROUPS, options, lambda one: one.opts[0]).items():
            rows = [row for row in (one.get_help_record(ctx) for one in ones) if row is not None]
            if rows:
                with formatter.section(title or "Options"):
                    formatter.write_dl(rows)


class GroupedCommands(click.Group):
    """A group whose help shows its commands in groups."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        known = [(name, one) for name, one in commands if one is not None]
        room = formatter.width - 6 - max(len(name) for name, _ in known)
        for title, ones in grouped(COMMAND_GROUPS, known, lambda one: one[0]).items():
            with formatter.section(title or "Commands"):
                formatter.write_dl([(name, one.get_short_help_str(room)) for name, one in ones])


class LateCommands(MutableMapping[str, click.Command]):
    """Commands by name, each imported when it is asked for: a call needs one, and to make it takes its time.

    known: each command, or the module of this room that defines it; that of `show-settings` as `show_settings_command`.
    """

    def __init__(self, known: Mapping[str, click.Command | str]) -> None:
        self._made = dict(known)

    def __getitem__(self, name: str) -> click.Command:
        found = self._made[name]
        if isinstance(found, str):
            module = import_module(f"{__package__}.{found}")
            found = self._made[name] = getattr(module, f"{name.replace('-', '_')}_command")
        return found

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)
