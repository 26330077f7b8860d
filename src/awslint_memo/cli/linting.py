"""The command `lint`, once its words are read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

from awslint_memo.cli.arguments import (
    comparing_arguments,
    input_arguments,
    staged_for,
    standard,
    wants_color,
    with_baseline,
)
from awslint_memo.cli.failures import exit_on_error
from awslint_memo.cli.outputs import planned, write, write_unjudged
from awslint_memo.cli.streams import echo
from awslint_memo.files.process import standard_input
from awslint_memo.model.span import Problem
from awslint_memo.reporters import FORMATS, Look

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.report import Report
    from awslint_memo.judging.run_options import Progress


def run(paths: Sequence[str], options: dict[str, Any], when_read: Callable[[], None] | None) -> None:
    """Check templates and write the report; ends the process with the code of the report. Raises CommandError.

    options: those of the command, by name. when_read: called once all files are read.
    """
    from awslint_memo.files.process import available
    from awslint_memo.judging.run_options import Progress

    paths = [standard(path) for path in paths]
    with exit_on_error():
        staged = staged_for(paths, options) if options["staged"] else None
        fixes = _wants_fixes(options) and (bool(paths) or staged is None)
        options["outputs"] = planned(options["outputs"])
        settings = _settings(paths, options)
        if fixes:
            from awslint_memo.cli.fixing import fixed, refuse_comparing

            refuse_comparing(options)
            report = fixed(paths, settings, options, color=wants_color(options["color"]))
        else:
            progress = Progress()
            try:
                with _shown(progress):
                    report = _run(staged)(
                        paths, when_read=when_read, processes=available(), progress=progress, **settings
                    )
            except Problem as problem:
                write_unjudged(problem, options["outputs"])
                raise
        report = with_baseline(report, options)
        look = Look(verbose=options["verbose"], statistics=options["statistics"])
        write(_first(report, options["top"]), options["outputs"], look, wants_color(options["color"]))
    if report.fails_on_nothing and not report.looked.judged:
        echo("awslint-memo: no resource was judged, which --fail-on-nothing asks for\n", err=True)
    sys.exit(report.exit_code)


def _shown(progress: Progress) -> AbstractContextManager[None]:
    if sys.stderr is None or not sys.stderr.isatty():
        return nullcontext()
    from awslint_memo.cli.progress import shown

    return shown(progress, sys.stderr)


def _wants_fixes(options: Mapping[str, Any]) -> bool:
    if not (options["fix"] or options["diff"] or options["unsafe_fixes"]):
        return False
    from awslint_memo.cli.fixing import wants_fixes

    return wants_fixes(options)


def _run(staged: Staged | None) -> Callable[..., Report]:
    """What lints paths: as they are, or as a part of a commit."""
    if staged is None:
        from awslint_memo import api

        return api.lint
    from awslint_memo.api.staged import lint_staged

    return partial(lint_staged, staged=staged)


def _first(report: Report, most: int | None) -> Report:
    """The report with so many of its findings; all if nobody says how many."""
    if most is None:
        return report
    from awslint_memo.reporters.rank import top

    return top(report, most)


def _settings(paths: Sequence[str], options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `api.lint` for the options."""
    same = ("select", "ignore", "profile", "advice", "fail_on", "fail_on_nothing", "force_exclude", "min_confidence")
    return {
        **{name: options[name] for name in same},
        **input_arguments(options),
        "gitignore": False if options["no_gitignore"] else None,
        "validate": options["cfn_lint_config"] or options["validate"],
        "dependants": options["dependants"],
        "links_stacks": not options["no_linked_stacks"],
        "reports_unknown": not options["quiet_unknown"],
        "standard_input": standard_input(options["stdin_filename"]) if "-" in paths else None,
        "coverage": options["statistics"] or any(output.form == "json" for output in options["outputs"]),
        "picture": any(FORMATS[output.form].has_picture for output in options["outputs"]),
        "ranks": options["top"] is not None or any(FORMATS[output.form].is_ranked for output in options["outputs"]),
        **comparing_arguments(options),
    }
