"""The options --fix, --diff and --unsafe-fixes: files are fixed, or the difference is printed."""

from __future__ import annotations

import gc
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awslint_memo.cli.failures import CommandError
from awslint_memo.cli.streams import echo

if TYPE_CHECKING:
    from awslint_memo.fixes.fixing import Fixed
    from awslint_memo.judging.report import Report


def wants_fixes(options: Mapping[str, Any]) -> bool:
    """Whether files are to be fixed, or a difference shown. Raises CommandError for options that don't fit."""
    if options["fix"] and options["diff"]:
        raise CommandError("--fix changes files and --diff changes none; name one of them")
    if options["diff"] and options["outputs"]:
        raise CommandError("--diff prints a difference and no report; leave out --format and --output")
    if options["unsafe_fixes"] and not (options["fix"] or options["diff"]):
        raise CommandError("--unsafe-fixes says which fixes are made; add --fix or --diff")
    return bool(options["fix"] or options["diff"])


def refuse_comparing(options: Mapping[str, Any]) -> None:
    """Raise LookupError for options that don't go with --fix and --diff."""
    for name in ("gate", "write_baseline", "prune_baseline", "validate", "cfn_lint_config", "min_confidence"):
        if options[name]:
            option = name.replace("_", "-")
            raise LookupError(f"--{option} does not go with --fix or --diff; mend first, then run again with it")


def fixed(paths: Sequence[str], settings: Mapping[str, Any], options: Mapping[str, Any], *, color: bool) -> Report:
    """Mend files, and give the report of what is left. With --diff, print the difference and end the command.

    It ends with 2 if something could not be read, with 1 if there is a difference, else with 0.
    """
    from awslint_memo import api

    if "-" in paths and options["fix"]:
        raise CommandError("standard input can't be changed; name a file, or take --diff")
    fixed = api.fix(paths, unsafe=options["unsafe_fixes"], when_read=_Sweep(), **settings)
    if options["diff"]:
        from awslint_memo.reporters import Look
        from awslint_memo.reporters.difference import difference
        from awslint_memo.reporters.text import errors

        echo(difference(fixed, color=color))
        echo(errors(fixed.report, Look()), err=True)
        _tell(fixed, "would mend")
        sys.exit(2 if fixed.report.exit_code == 2 else 1 if fixed.texts else 0)
    _tell_hard_links(fixed)
    problems = api.save(fixed)
    _tell(fixed, "mended", {problem.path for problem in problems})
    return fixed.report.with_errors(problems)


class _Sweep:
    """Frees what nobody needs of what was judged before, each time that all files were read again.

    Python does not look for garbage meanwhile, and the deployments of one round may take 200 MB.
    """

    def __init__(self) -> None:
        self._is_first = True

    def __call__(self) -> None:
        if not self._is_first:
            gc.collect()
        self._is_first = False


def _tell_hard_links(fixed: Fixed) -> None:
    """Say of which files other names keep the former text."""
    from awslint_memo.files.writing import is_hard_link
    from awslint_memo.reporters.characters import harmless_at

    for path in filter(is_hard_link, fixed.texts):
        what = "the file has other names (hard links), which keep its former text"
        echo(f"{harmless_at(path, what)}\n", err=True)


def _tell(fixed: Fixed, verb: str, unsaved: Collection[str] = ()) -> None:
    """Say on standard error what was mended and what was not."""
    from awslint_memo.model.phrases import counted
    from awslint_memo.reporters.characters import harmless, harmless_at

    for left in fixed.left:
        where = f"{left.finding.path}:{left.finding.span.line}"
        what = f"{left.finding.rule} of {left.finding.name} is not mended: {left.reason}"
        echo(f"{harmless_at(where, what)}\n", err=True)
    for group in fixed.unfixed:
        many = counted(len(group.findings), "finding")
        what = f"needs --unsafe-fixes ({many})" if group.is_unsafe else f"has no fix ({many})"
        echo(harmless(f"{group.rule} {what}: {group.reason}") + "\n", err=True)
    fixed_here = [finding for finding in fixed.made if finding.home_path not in unsaved]
    files = {path for path in fixed.texts if path not in unsaved}
    findings = counted(len(fixed_here), "finding")
    in_files = f" in {counted(len(files), 'file')}" if files else ""
    more = f"; {fixed.unsafe} more with --unsafe-fixes" if fixed.unsafe else ""
    echo(f"{verb} {findings}{in_files}{more}\n", err=True)
