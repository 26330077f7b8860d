"""What each check says of each instance of each resource, as a line of JSON for each path, which has a run of its own.

usage: python -m bench.verdicts PATH...     (in the folder that is the root of what is linted)

Prints {"checks": [[root, resource, rule, number, outcome]], "resources": [[root, resource, is judged]],
"findings": [[rule, level, path, line, column, resource, route, message]], "notices": [], "modules": [read, all],
"seconds": user time}. An outcome is reported, sound, failed, unknown, or muted: unknown since a part was not read.
Resources are told apart by their addresses, not by where they are written, so that the same resource of a module that
is read in different ways has the same name.
"""

from __future__ import annotations

import json
import os
import resource as used
import sys
from collections.abc import Mapping, Sequence
from typing import Any, cast
from unittest.mock import patch

from awslint_memo import api
from awslint_memo.judging import coverage, looked
from awslint_memo.judging.rule import Rule
from awslint_memo.model.deployment import Resource
from awslint_memo.model.finding import Finding
from awslint_memo.readers.template import Deployments, Template

_template = [""]
"""The template that is judged."""


def _home(resource: Resource) -> tuple[str, str]:
    return _template[0], resource.name


def _see(counting: coverage.Coverage, template: Template, judged: Deployments, rules: Sequence[Rule]) -> None:
    path = os.path.relpath(template.source.path)
    _template[0] = os.path.dirname(path) if template.language == "terraform" else path
    _counted(counting, template, judged, rules)


_counted = coverage.Coverage.see


def verdicts(path: str) -> Mapping[str, Any]:
    """What a run says of a path, in the form above."""
    started = used.getrusage(used.RUSAGE_SELF).ru_utime
    report = api.lint([path], advice=True, coverage=True)
    counted = report.coverage
    assert counted is not None
    checks: list[list[object]] = []
    for (_, number, where, _), check in counted.checks.items():
        outcome = "muted" if check.outcome == "unknown" and check.is_muted else check.outcome
        checks.append([*cast("tuple[str, str]", where), check.rule, number, outcome])
    shown = [_shown(finding) for finding in report.findings]
    modules = [report.looked.number("module", is_read=True), report.looked.number("module")]
    return {
        "checks": checks,
        "resources": [[*where, written.is_judged] for where, written in counted.resources.items()],
        "findings": shown,
        "notices": list(report.notices),
        "modules": modules,
        "seconds": used.getrusage(used.RUSAGE_SELF).ru_utime - started,
    }


def _shown(finding: Finding) -> list[object]:
    span = finding.span
    where = [os.path.relpath(span.path), span.line, span.column]
    return [finding.rule, finding.level, *where, finding.resource, finding.route, finding.message]


if __name__ == "__main__":
    with (
        patch.object(looked, "home", _home),
        patch.object(coverage, "home", _home),
        patch.object(coverage.Coverage, "see", _see),
    ):
        for argument in sys.argv[1:]:
            print(json.dumps(verdicts(argument)), flush=True)
