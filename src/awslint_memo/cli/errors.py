"""How commands fail: with one sentence on standard error and exit code 2, quoting nothing that a terminal obeys."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from awslint_memo.cli.groups import GroupedCommands
from awslint_memo.files.process import discard_output
from awslint_memo.model.span import Problem

_HELP: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What click 8.2 and newer raise for a call without words; its message is the help, which is ours."""


class CommandError(click.ClickException):
    """An error that is shown as one line on standard error, with exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Print the error on standard error."""
        from awslint_memo.reporters.characters import harmless

        try:
            click.echo(harmless(self.format_message()), err=True)
        except OSError:  # Standard error is full too, so only the exit code tells.
            discard_output(sys.stderr)


class Commands(GroupedCommands):
    """A group of commands whose errors quote arguments without what these could do to a terminal."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """The context of a call; raises click's errors."""
        with _quoting():
            return super().make_context(*arguments, **more)

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


@contextmanager
def _quoting() -> Iterator[None]:
    try:
        yield
    except _HELP:
        raise
    except click.UsageError as error:
        from awslint_memo.reporters.characters import harmless

        quoted = error.format_message()
        if harmless(quoted) == quoted:
            raise
        raise click.UsageError(harmless(quoted), error.ctx) from error


@contextmanager
def exit_on_error() -> Iterator[None]:
    """Show a Problem, a LookupError, output that can't be written or a mistake of ours as a sentence; exit with 2."""
    try:
        yield
    except Problem as problem:
        raise CommandError(str(problem)) from problem
    except LookupError as error:
        if isinstance(error, (KeyError, IndexError)):  # not the sentence of a search
            raise CommandError(_internal(error)) from error
        raise CommandError(str(error.args[0])) from error
    except (BrokenPipeError, click.ClickException):
        raise
    except OSError as error:
        # What is left in the buffer is written once more at the exit, which would fail again.
        discard_output(sys.stdout)
        raise CommandError(f"the output could not be written: {(error.strerror or str(error)).lower()}") from error
    except Exception as error:
        raise CommandError(_internal(error)) from error


def _internal(error: Exception) -> str:
    from awslint_memo.judging.notices import internal_error

    return internal_error(error, "").message
