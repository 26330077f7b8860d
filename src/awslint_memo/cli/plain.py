"""Calls of `lint` and `hook` that need no click: names of files, and options that take no value.

To import click and to make the command of its options takes a fifth of a small run. A test compares what is here with
what click makes of the same words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.cli.failures import CommandError
from awslint_memo.cli.streams import take_any_text
from awslint_memo.files.process import discard_output

FLAGS: Mapping[str, str] = {
    "--advice": "advice",
    "--dependants": "dependants",
    "--fail-on-nothing": "fail_on_nothing",
    "--force-exclude": "force_exclude",
    "--gate-by-policy": "gate_by_policy",
    "--no-gitignore": "no_gitignore",
    "--no-linked-stacks": "no_linked_stacks",
    "--quiet-unknown": "quiet_unknown",
    "--staged": "staged",
    "--statistics": "statistics",
    "--verbose": "verbose",
}
"""The options that are understood here, with their names as arguments."""

DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys(FLAGS.values(), False),
    **dict.fromkeys(("diff", "fix", "prune_baseline", "unsafe_fixes", "validate"), False),
    **dict.fromkeys(("folders", "ignore", "parameters", "select", "var_files"), ()),
    **dict.fromkeys(("against", "baseline", "cfn_lint_config", "config", "config_env", "fail_on", "gate")),
    **dict.fromkeys(("min_confidence", "plan_source", "policy", "profile", "root", "top", "write_baseline")),
    "color": "auto",
    "stdin_filename": "<stdin>",
}
"""The arguments of `lint` where no option is given."""

_COMPLETING = "_AWSLINT_MEMO_COMPLETE"
"""The variable with which a shell asks click to complete what is written."""


def run(words: Sequence[str], when_read: Callable[[], None] | None = None) -> None:
    """Run a call and end the process, if it is a plain one. words: those behind the name of the program."""
    # Windows leaves it to click what `*` in a name stands for.
    if os.name == "nt" or os.environ.get(_COMPLETING):
        return
    arguments = plain(words[1:]) if words[:1] == ["lint"] else None
    if arguments is None and list(words) != ["hook"]:
        return
    take_any_text()
    try:
        if arguments is None:
            from awslint_memo.cli import edits

            edits.run()
        else:
            from awslint_memo.cli import linting

            paths, options = arguments
            linting.run(paths, {**options, "outputs": []}, when_read)
    except CommandError as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:  # Who reads it wants no more.
        for stream in (sys.stdout, sys.stderr):
            discard_output(stream)
        sys.exit(1)


def plain(words: Sequence[str]) -> tuple[list[str], dict[str, Any]] | None:
    """The paths and the other arguments that words behind `lint` stand for; None where only click can tell."""
    options, paths = dict(DEFAULTS), list[str]()
    for number, word in enumerate(words):
        if word == "--":
            return [*paths, *words[number + 1 :]], options
        if not word.startswith("-") or word == "-":
            paths.append(word)
        elif word not in FLAGS or os.path.lexists(word):  # A file of that name is no option.
            return None
        else:
            options[FLAGS[word]] = True
    return paths, options
