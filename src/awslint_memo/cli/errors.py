"""How commands fail: with one sentence on standard error and exit code 2, quoting nothing that a terminal obeys."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from awslint_memo.files.streams import discard_output
from awslint_memo.model.span import Problem


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


class Commands(click.Group):
    """A group of commands whose errors quote arguments without what these could do to a terminal."""

    def make_context(self, *arguments: Any, **more: Any) -> click.Context:
        """The context of a call; raises click's errors."""
        with _quoting():
            return super().make_context(*arguments, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that a call names; raises click's errors."""
        with _quoting():
            return super().invoke(ctx)


@contextmanager
def _quoting() -> Iterator[None]:
    try:
        yield
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
