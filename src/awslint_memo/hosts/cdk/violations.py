"""The findings of a report as the policy validation of the CDK tells them."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.properties import ATTRIBUTES
from awslint_memo.model.record import record

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "info"}

NOT_CHECKED = "not-checked"
"""Stands for a rule where a template, or a part of it, could not be read."""


@record(frozen=True)
class Violation:
    """What a rule says in the same words of some resources.

    resources: of each the absolute path of the template, the logical id, and the properties that it is about.
    """

    rule: str
    description: str
    severity: str
    fix: str | None
    resources: tuple[tuple[str, str, tuple[str, ...]], ...]


def violations(report: Report) -> Iterator[Violation]:
    """The findings; those with the same words, as those of stages, are one violation."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in report.findings:
        where = f" ({finding.deployment})" if finding.deployment else ""
        key = (finding.rule, f"{finding.message}{where}", _severity(finding, report))
        groups.setdefault(key, []).extend((finding, *finding.others))
    for (rule, description, severity), group in groups.items():
        resources = tuple(dict.fromkeys(map(_resource, group)))
        yield Violation(rule, description, severity, f"awslint-memo explain {rule}", resources)


def _severity(finding: Finding, report: Report) -> str:
    """That of the level; what fails the run is an error, as the CDK goes on with anything less."""
    level = finding.level or "warning"
    fails = report.fail_on != "never" and LEVELS.index(level) <= LEVELS.index(report.fail_on)
    return "error" if fails else _SEVERITIES[level]


def unread(report: Report) -> Iterator[Violation]:
    """What could not be checked."""
    for problem in report.errors:
        yield not_checked(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}", problem.path)


def not_checked(description: str, path: str) -> Violation:
    """What stands for a finding where something could not be checked; nobody can acknowledge it."""
    return Violation(NOT_CHECKED, description, "fatal", None, ((os.path.abspath(path), "", ()),))


def _resource(finding: Finding) -> tuple[str, str, tuple[str, ...]]:
    """The template, the logical id and the place in it, by which the CDK finds the construct and its line."""
    top = finding.route.partition(".")[0].partition("[")[0]
    is_inside = bool(finding.route) and ":" not in finding.route
    place = finding.route if top in ATTRIBUTES else f"Properties.{finding.route}"
    return os.path.abspath(finding.home_path), finding.name.rpartition("/")[2], (place,) if is_inside else ()
