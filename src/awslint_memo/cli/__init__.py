"""The command line: options, commands and exit codes. Only this room imports click, and only where a call needs it.

What reads and judges templates is imported by the command that needs it.

Every command reports a failure as one sentence on standard error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from awslint_memo.cli.commands import main as main


def __getattr__(name: str) -> Any:
    """The group of all commands, `main`, which imports click: a plain call does without (see `plain`)."""
    if name != "main":
        raise AttributeError(f"module {__name__} has no attribute {name}")
    from awslint_memo.cli.commands import main as commands

    return commands
