"""The findings of a report as the policy validation of the CDK tells them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.properties import ATTRIBUTES
from awslint_memo.model.record import record

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "info"}

NOT_CHECKED = "not-checked"
"""Stands for a rule where a template, or a part of it, could not be read."""


@record(frozen=True)
class Violation:
    """What a rule says of a resource, or in the same words of several.

    resource: the absolute path of the template, the logical id, and the properties that it is about. A name that is no
    logical id is that of a construct, of which the CDK tells whatever stacks it was asked for.
    """

    rule: str
    description: str
    severity: str
    fix: str | None
    resource: tuple[str, str, tuple[str, ...]]


def violations(
    report: Report, templates: Sequence[str], acknowledged: Callable[[Finding], bool]
) -> Iterator[Violation]:
    """Each finding once. templates: those of the app's stacks. acknowledged: whether the app did so above the stack."""
    for finding in report.findings:
        left = [single for single in finding.singles if not acknowledged(single)]
        if left:
            told = finding if len(left) == len(finding.singles) else left[0]
            yield _violation(report, finding, told, left, templates)


def _violation(
    report: Report, finding: Finding, told: Finding, left: Sequence[Finding], templates: Sequence[str]
) -> Violation:
    severity = _severity(finding, report)
    is_shown = len(left) == 1 and not _is_hidden(left[0], severity, len(templates))
    fix = [finding.do] if finding.do else []
    fix += [words] if (words := _place(left, is_shown)) else []
    fix.append(f"awslint-memo explain {finding.rule}")
    resource = _resource(left[0], "" if is_shown else _name(left[0]), templates)
    return Violation(finding.rule, _description(finding, told), severity, "\n".join(fix), resource)


def _description(finding: Finding, told: Finding) -> str:
    """What is wrong; what to do about it stands in the fix."""
    message = told.message.replace(f"; {finding.do}", "", 1) if finding.do else told.message
    return f"{message} ({finding.deployment})" if finding.deployment else message


def _severity(finding: Finding, report: Report) -> str:
    """That of the level; what fails the run is an error, as the CDK goes on with anything less."""
    level = finding.level or "warning"
    fails = report.fail_on != "never" and LEVELS.index(level) <= LEVELS.index(report.fail_on)
    return "error" if fails else _SEVERITIES[level]


def _is_hidden(single: Finding, severity: str, stacks: int) -> bool:
    """Whether the command line of the CDK might not tell of a finding if it is said to be of a construct.

    It leaves out constructs of stacks that it was not asked for, which are those of stages unless "**" is, and it ends
    with an error all the same if anything else is left.
    """
    is_in_stage = any(folder.startswith("assembly-") for folder in single.root.split("/")[:-1])
    return is_in_stage or (severity == "error" and stacks > 1)


def _place(left: Sequence[Finding], is_named: bool) -> str:
    """Where the app makes it, and unless the CDK says so, what it calls it."""
    first = left[0]
    made = first.construct.made if first.construct is not None else None
    if made is None and not first.path.endswith(".json"):
        made = first.span
    line = f"{made.path}:{made.line}:{made.column}" if made is not None else ""
    names = "" if is_named else ", ".join(map(_name, left))
    return f"{line} ({names})" if line and names else line or names


def _name(single: Finding) -> str:
    """What the app calls it."""
    return single.construct.path if single.construct is not None else single.name


def unread(report: Report) -> Iterator[Violation]:
    """What could not be checked."""
    for problem in report.errors:
        yield not_checked(f"{problem.path}:{problem.line}:{problem.column}: {problem.message}", problem.path)


def not_checked(description: str, path: str) -> Violation:
    """What stands for a finding where something could not be checked; nobody can acknowledge it."""
    return Violation(NOT_CHECKED, description, "fatal", None, (os.path.abspath(path), "", ()))


def _resource(finding: Finding, name: str, templates: Sequence[str]) -> tuple[str, str, tuple[str, ...]]:
    """The template, the name or else the logical id, and the place in it, by which the CDK finds the construct."""
    top = finding.route.partition(".")[0].partition("[")[0]
    is_inside = bool(finding.route) and ":" not in finding.route
    place = finding.route if top in ATTRIBUTES else f"Properties.{finding.route}"
    template = finding.home_path
    if not template.endswith(".json"):
        own = f"{os.path.basename(finding.root)}.template.json"
        template = next((path for path in templates if os.path.basename(path) == own), template)
    return os.path.abspath(template), name or finding.name.rpartition("/")[2], (place,) if is_inside else ()
