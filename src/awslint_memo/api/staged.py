"""Lints what a commit changes: the files that a hook was given, what uses those that are deleted, and, where settings,
rules or files of values change, what that makes worse anywhere."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from awslint_memo.api.linting import Linting
from awslint_memo.api.request import Request
from awslint_memo.files.files import Files
from awslint_memo.files.source import read
from awslint_memo.files.staged import Staged
from awslint_memo.judging.registry import of_users
from awslint_memo.judging.report import Report
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.settings.configuration_file import NAMES

_NOTHING = ("-",)
"""The paths of a run that reads what it finds by itself alone: there is no standard input."""


def lint_staged(paths: Sequence[str], staged: Staged, **options: Any) -> Report:
    """The report of a commit. paths: the files of it that were named. options: those of `lint`, but `staged`.

    What a changed configuration, rule or file of values makes worse is told for all files for which that counts.
    Raises what `lint` raises.
    """
    request = Request(paths=[*paths] or _NOTHING, staged=staged, **options)
    report = Linting(request).report() if paths or staged.used else Report()
    for folder, said_before in _concerned(staged, request).items():
        report = _with(report, _worse(folder, said_before, request))
    rules = _changed_rules(staged, request)
    if rules:
        report = _with(report, Linting(_of_folder(os.curdir, request), rules).report())
    return report


def _concerned(staged: Staged, request: Request) -> dict[str, dict[str, bytes]]:
    """The folders for whose files something else counts than before, each with what the files had before that say so,
    by path."""
    found: dict[str, dict[str, bytes]] = {}
    others = []
    for path in (*staged.changed, *staged.deleted):
        if os.path.basename(path) not in NAMES:
            others.append(path)
        elif _is_ours(path):
            found.setdefault(os.path.dirname(path) or os.curdir, {})[path] = staged.text_before(path)
    base = request.load(Files(bounds=request.bounds())).base if others else None
    if base is not None:
        values = (*request.values, *base.var_files, *base.parameter_files.values())
        exact = {os.path.abspath(path) for path in values}
        for path in others:
            if os.path.abspath(path) in exact:
                found.setdefault(os.curdir, {})[path] = staged.text_before(path)
    return found


def _changed_rules(staged: Staged, request: Request) -> list[str]:
    """The ids of the user's own rules whose files a commit changes; all of them, if what they share is changed."""
    changed = {os.path.abspath(path) for path in (*staged.changed, *staged.deleted)}
    found: list[str] = []
    for folder in map(os.path.abspath, request.rule_folders):
        inside = {path for path in changed if path.startswith(os.path.join(folder, ""))}
        every = [(place.path, rule.id) for place, rule in of_users(folder)] if inside else []
        is_of_one = inside <= {path for path, _ in every}
        found += (id_ for path, id_ in every if path in inside or not is_of_one)
    return found


def _is_ours(path: str) -> bool:
    """Whether a file configures this program; most that Python's packages have do not."""
    if not path.endswith(".toml"):
        return True
    try:
        return b"awslint-memo" in read(path).data
    except Problem:
        return False


def _worse(folder: str, said_before: Mapping[str, bytes], request: Request) -> Report:
    """What is worse in a folder than it would be if files had what they had before the commit."""
    again = _of_folder(folder, request)
    report = Linting(again).report()
    try:
        before = Linting(replace(again, unsaved={**(request.unsaved or {}), **said_before})).report()
    except (Problem, LookupError):  # Nobody could lint with them.
        return report
    known = {finding.fingerprint for finding in before.findings}
    grave = {finding.fingerprint for finding in before.findings if before.is_grave(finding)}
    told = [
        finding
        for finding in report.findings
        if finding.fingerprint not in (grave if report.is_grave(finding) else known)
    ]
    errors = [problem for problem in report.errors if str(problem) not in map(str, before.errors)]
    return replace(report, findings=told, errors=errors)


def _of_folder(folder: str, request: Request) -> Request:
    """The request for all that is in a folder, with the paths that a run without any gives its files."""
    paths = [] if folder == os.curdir else [folder]
    return replace(request, paths=paths, staged=None, dependants=False, gate=None)


def _with(report: Report, more: Report) -> Report:
    """A report with what another one has besides."""
    known = {(finding.fingerprint, finding.span) for finding in report.findings}
    added = [finding for finding in more.findings if (finding.fingerprint, finding.span) not in known]
    if not report.rules:
        return more
    rules = {rule.id: rule for rule in (*report.rules, *more.rules)}
    errors = [*report.errors, *(error for error in more.errors if str(error) not in map(str, report.errors))]
    notices = [*dict.fromkeys((*report.notices, *more.notices))]
    found = sorted((*report.findings, *added), key=lambda finding: finding.order)
    return replace(report, findings=found, errors=errors, notices=notices, rules=[*rules.values()])
