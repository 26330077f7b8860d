"""Judges the landscape that a run is compared with: a revision, a plan's prior state, or what an earlier report has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from awslint_memo.comparing.earlier_settings import SettingsThen, values_then
from awslint_memo.comparing.matching import Earlier, compared
from awslint_memo.comparing.report_file import earlier_report
from awslint_memo.files.disk import Disk
from awslint_memo.files.files import Files
from awslint_memo.files.revision import Revision, revision
from awslint_memo.files.revision_disk import RevisionDisk
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source, read
from awslint_memo.judging.reading import STANDARD_INPUT
from awslint_memo.judging.report import Report
from awslint_memo.judging.roots import renamed_roots
from awslint_memo.judging.run import Run
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import listed, quoted
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.changes import prior
from awslint_memo.readers.recognition import template
from awslint_memo.settings.loading import Nearest
from awslint_memo.settings.settings import Settings

PRIOR = "prior"
"""What a person writes to compare a plan with its own prior state."""

_NAMED = 5
"""How many files a notice names."""


class Prepare(Protocol):
    """Makes a run like the one of now of other files."""

    def __call__(self, files: Files, nearest: Nearest, standard_input: Source | None) -> Run:
        """The run."""


class Bounds(Protocol):
    """Makes what may be opened of what there is at a path."""

    def __call__(self, *, disk: Disk) -> Root:
        """What may be opened."""


@record(frozen=True)
class Asked:
    """What the run of now was asked, and what it needed.

    nearest: the settings of now; load: loads those that other files have. values: the files with values that the user
    named. validates: whether cfn-lint found things too.
    """

    paths: Sequence[str]
    files: Files
    nearest: Nearest
    load: Callable[[Files], Nearest]
    values: Sequence[str]
    standard_input: Source | None
    shows_advice: bool
    prepare: Prepare
    bounds: Bounds
    validates: bool = False


def against(words: str, asked: Asked, report: Report) -> Report:
    """The report of now with what changed. words: a revision, "prior", or the path of an earlier report.

    Raises LookupError, with a sentence, or Problem if there is nothing to compare with.
    """
    if words.lower().endswith(".json") and os.path.exists(words):
        earlier, notices = _reported(words, asked)
    elif asked.validates:
        what = "--validate goes with an earlier JSON report only, since cfn-lint reads the files of now"
        raise LookupError(f"--against {words}: {what}; make one with --format json and compare with it")
    elif words == PRIOR:
        earlier, notices = _prior(asked, report)
    else:
        earlier, notices = _revised(words, asked)
    made = compared(words, earlier, report, shows_advice=asked.shows_advice)
    return replace(report, against=made, notices=list(dict.fromkeys((*report.notices, *notices))))


def _revised(words: str, asked: Asked) -> tuple[list[Earlier], list[str]]:
    past = RevisionDisk(revision(_top(asked, words), words))
    try:
        return _of_past(words, asked, past)
    except Problem as problem:
        raise Problem(f"{problem.message} (at {words})", problem.path, problem.line, problem.column) from problem
    finally:
        past.close()


def _of_past(words: str, asked: Asked, past: RevisionDisk) -> tuple[list[Earlier], list[str]]:
    files = values_then(asked.bounds(disk=past), asked.files, (*asked.values, *_configured(asked.nearest.base)))
    settings = SettingsThen(asked.nearest, lambda: asked.load(files), files)
    then = _judged(asked, files, settings)
    roots = renamed_roots(past.revision.renamed, past.revision.files, past.revision.tracked)
    notices = [*settings.notices]
    notices += _unread_then(words, (one.path for one in then.errors if not one.is_partial and files.exists(one.path)))
    notices += _as_now(words, past.revision, files)
    return _earlier(then, roots), notices


def _configured(settings: Settings) -> list[str]:
    return [*settings.parameter_files.values(), *settings.var_files]


def _top(asked: Asked, words: str) -> str:
    """The top of the repository of all paths to lint."""
    given = None if asked.standard_input is None else asked.standard_input.path
    paths = [given or path if path == STANDARD_INPUT else path for path in asked.paths or [""]]
    folders = [path if os.path.isdir(path or os.curdir) else os.path.dirname(path) for path in paths]
    tops = list(dict.fromkeys(str(asked.files.root_above(os.path.join(folder, "_"))) for folder in folders))
    if len(tops) > 1:
        where = listed([os.path.relpath(top) for top in tops])
        raise LookupError(f"--against {words}: the paths are in several repositories ({where}); compare one at a time")
    return tops[0]


def _judged(asked: Asked, files: Files, nearest: Nearest) -> Report:
    """The report of the files of another time."""
    given = asked.standard_input
    there = given is not None and files.is_file(given.path)
    paths = [path for path in asked.paths if path != STANDARD_INPUT or there]
    if asked.paths and not paths:
        return Report()
    source = files.read(given.path) if given is not None and there else None
    return asked.prepare(files, nearest, source).report(paths)


def _prior(asked: Asked, report: Report) -> tuple[list[Earlier], list[str]]:
    unsaved: dict[str, str] = {}
    notices = []
    for path in report.files:
        source = asked.files.read(path)
        found = template(source, asked.files)
        if found is None or not found.is_plan:
            raise Problem("this is no plan, and only a plan has a prior state; name plans, or a revision", path)
        if '"prior_state"' not in source.text:
            notices.append(f"{path}: the plan has no prior state, so all that is found in it counts as new")
        unsaved[path] = prior(source).text
    files = Files(unsaved, asked.files.bounds)
    return _earlier(_judged(asked, files, asked.nearest), {}), notices


def _reported(path: str, asked: Asked) -> tuple[list[Earlier], list[str]]:
    found = earlier_report(read(path))
    notices = [*_unread_then(path, found.unread)]
    if asked.shows_advice and not found.has_advice:
        notices.append(f"{path}: the earlier report was made without --advice, so all advice of now counts as new")
    return found.findings, notices


def _earlier(then: Report, roots: Mapping[str, str]) -> list[Earlier]:
    """The findings of a report. roots: the names that roots have now, where they have another one."""

    def made(finding: Finding, is_suppressed: bool = False) -> Earlier:
        root = roots.get(finding.root, finding.root)
        return Earlier(finding, replace(finding, root=root).fingerprint, root, is_suppressed)

    shown = [made(one) for one in (*then.findings, *then.unshown)]
    return [*shown, *(made(one.finding, is_suppressed=True) for one in then.suppressed)]


def _unread_then(words: str, paths: Iterable[str]) -> list[str]:
    unread = list(dict.fromkeys(paths))
    if not unread:
        return []
    which = "what is found in it now counts" if len(unread) == 1 else "what is found in them now counts"
    return [f"{listed([*map(quoted, unread)], _NAMED)} could not be read at {words}, so {which} as new"]


def _as_now(words: str, revision: Revision, files: Files) -> list[str]:
    """What is not the same at the revision, but was taken as it is now."""
    tracked = revision.tracked
    moved = [path for path, commit in revision.modules.items() if tracked.get(path, commit) != commit]
    said = [f"{one}; it was taken as it is" for one in files.misfits]
    if moved:
        which = "another commit of the submodule" if len(moved) == 1 else "other commits of the submodules"
        said.append(f"{words} has {which} {listed(moved, _NAMED)}; what is there now was taken for both sides")
    return said
