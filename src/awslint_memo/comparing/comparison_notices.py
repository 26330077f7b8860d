"""The notices of a comparison: what could not be compared, what was followed, and what only weighs less."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.revision import Revision
from awslint_memo.judging.comparison import Comparison, Followed, Graver
from awslint_memo.judging.inventory import became_modules, became_roots
from awslint_memo.judging.report import Report
from awslint_memo.judging.roots import root_of_folder
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted, listed, listed_in_line, quoted

_NAMED = 5
"""How many files or findings a notice names."""


def fell(words: str, pairs: Sequence[tuple[Finding, Finding]], *, are_all_named: bool = False) -> list[str]:
    """The notice of findings that are only advice now, what was gravest first.

    are_all_named: whether each is named, so that who adds some can't choose which of them nobody sees.
    """
    pairs = sorted(pairs, key=lambda pair: pair[0].gravity)
    names = [f"{now.path}: {now.rule} on {now.resource or now.root} ({then.level} → advice)" for then, now in pairs]
    # No other line tells them without --verbose, so that a long path takes none its place.
    shown = listed(names) if are_all_named else listed_in_line(names, _NAMED, sum(map(len, names)) + 2 * len(names))
    return [f"{counted(len(names), 'finding')} became advice since {words}: {shown}"] if names else []


def followed(comparison: Comparison) -> list[str]:
    """The notice of findings that count as before although nothing but likeness says that their resources are the
    same."""
    names = [
        f"{each.finding.path}: {each.finding.rule} on {each.finding.resource or each.finding.root} "
        f"(was {each.was.resource or each.was.root}{_elsewhere(each)})"
        for each in comparison.followed
        if each.by != "name"
    ]
    if not names:
        return []
    what = f"{counted(len(names), 'finding')} of {comparison.with_what}"
    verb = "counts as before, as its resource is" if len(names) == 1 else "count as before, as their resources are"
    return [f"{what} {verb} alike and called otherwise or elsewhere now: {listed_in_line(names, _NAMED)}"]


def left_out_then(words: str, findings: Sequence[Finding]) -> list[str]:
    """The notice of findings that held at the revision, were left out there as of no production, and are told now."""
    names = [f"{each.path}: {each.rule} on {each.resource or each.root}" for each in findings]
    if not names:
        return []
    verb = (
        "held before and is not left out any more" if len(names) == 1 else "held before and are not left out any more"
    )
    return [f"{counted(len(names), 'finding')} of {words} {verb}: {listed_in_line(names, _NAMED)}"]


def _elsewhere(followed: Followed) -> str:
    return "" if followed.was.path == followed.finding.path else f" in {followed.was.path}"


def unread_then(
    words: str, paths: Iterable[str], report: Report, files: Files, *, is_compared: bool = True
) -> list[str]:
    """The notice of files that could not be read then, and are there and can be read now: in others nothing is found.

    report, files: those of now. is_compared: whether what is found in them now is new."""
    broken = {os.path.abspath(problem.path) for problem in report.errors if not problem.is_partial}
    there = (path for path in paths if os.path.abspath(path) not in broken and files.exists(path))
    unread = list(dict.fromkeys(there))
    if not unread:
        return []
    which = "what is found in it now" if len(unread) == 1 else "what is found in them now"
    what = f"{which} counts as new" if is_compared else f"{which} is not compared"
    return [f"{listed([*map(quoted, unread)], _NAMED)} could not be read at {words}, so {what}"]


def modules_now(words: str, then: Report, now: Report) -> list[str]:
    """The sentences of roots that became modules, so that some of their findings are advice."""
    return [
        f"{path_from(folder)}: deployed by itself at {words}, and a module now, as no backend, provider or value "
        "says otherwise: what defaults of its variables decide is advice"
        for folder in became_modules(then.seen.inventory, now.seen.inventory)
    ]


def roots_now(words: str, then: Report, now: Report, graver: Iterable[Graver], files: Files) -> list[str]:
    """The sentences of possible modules that became roots, so that findings by default values grew graver: these."""
    raised = {each.finding.root for each in graver if each.finding.defaults}
    return [
        f"{path_from(folder)}: maybe a module at {words}, and deployed by itself now, as a backend, provider or value "
        "says: what defaults of its variables decide is not only advice any more"
        for folder in became_roots(then.seen.inventory, now.seen.inventory)
        if root_of_folder(folder, files) in raised
    ]


def as_now(words: str, revision: Revision, files: Files) -> list[str]:
    """What is not the same at the revision, but was taken as it is now."""
    tracked = revision.tracked
    moved = [path for path, commit in revision.modules.items() if tracked.get(path, commit) != commit]
    notices = [f"{misfit}; it was taken as it is" for misfit in files.misfits]
    if moved:
        which = "another commit of the submodule" if len(moved) == 1 else "other commits of the submodules"
        notices.append(f"{words} has {which} {listed(moved, _NAMED)}; what is there now was taken for both sides")
    return notices
