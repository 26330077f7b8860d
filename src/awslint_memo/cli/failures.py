"""How commands fail: with one sentence on standard error and exit code 2."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from awslint_memo.cli.streams import echo
from awslint_memo.files.process import discard_output
from awslint_memo.model.span import Problem


class CommandError(Exception):
    """An error that is shown as one line on standard error, with exit code 2."""

    exit_code = 2

    def show(self) -> None:
        """Print the error on standard error."""
        from awslint_memo.reporters.characters import harmless

        try:
            echo(f"{harmless(str(self))}\n", err=True)
        except OSError:  # Standard error is full too, so only the exit code tells.
            discard_output(sys.stderr)


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
    except (BrokenPipeError, CommandError):
        raise
    except OSError as error:
        # What is left in the buffer is written once more at the exit, which would fail again.
        discard_output(sys.stdout)
        raise CommandError(f"the output could not be written: {(error.strerror or str(error)).lower()}") from error
    except Exception as error:
        click = sys.modules.get("click")
        if click is not None and isinstance(error, click.ClickException):
            raise
        raise CommandError(_internal(error)) from error


def _internal(error: Exception) -> str:
    from awslint_memo.judging.notices import internal_error

    return internal_error(error, "").message
