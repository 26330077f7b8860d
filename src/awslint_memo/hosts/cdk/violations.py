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
    for one in report.findings:
        where = f" ({one.deployment})" if one.deployment else ""
        key = (one.rule, f"{one.message}{where}", _severity(one, report))
        groups.setdefault(key, []).extend((one, *one.others))
    for (rule, description, severity), group in groups.items():
        resources = tuple(dict.fromkeys(map(_resource, group)))
        yield Violation(rule, description, severity, f"awslint-memo explain {rule}", resources)


def _severity(one: Finding, report: Report) -> str:
    """That of the level; what fails the run is an error, as the CDK goes on with anything less."""
    level = one.level or "warning"
    fails = report.fail_on != "never" and LEVELS.index(level) <= LEVELS.index(report.fail_on)
    return "error" if fails else _SEVERITIES[level]


def unread(report: Report) -> Iterator[Violation]:
    """What could not be checked."""
    for one in report.errors:
        yield not_checked(f"{one.path}:{one.line}:{one.column}: {one.message}", one.path)


def not_checked(description: str, path: str) -> Violation:
    """What stands for a finding where something could not be checked; nobody can acknowledge it."""
    return Violation(NOT_CHECKED, description, "fatal", None, ((os.path.abspath(path), "", ()),))


def _resource(one: Finding) -> tuple[str, str, tuple[str, ...]]:
    """The template, the logical id and the place in it, by which the CDK finds the construct and its line."""
    top = one.route.partition(".")[0].partition("[")[0]
    is_inside = bool(one.route) and ":" not in one.route
    place = one.route if top in ATTRIBUTES else f"Properties.{one.route}"
    return os.path.abspath(one.home_path), one.name.rpartition("/")[2], (place,) if is_inside else ()
