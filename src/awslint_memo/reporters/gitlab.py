"""GitLab's Code Quality report, which merge requests show: https://docs.gitlab.com/ci/testing/code_quality/."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import chain
from typing import Any

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Problem
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible, visible_json
from awslint_memo.reporters.gravity import gravest_first, level_of, told
from awslint_memo.reporters.indented import indented
from awslint_memo.reporters.repeats import once
from awslint_memo.reporters.uris import in_repository

_SEVERITIES = {"error": "critical", "warning": "major", "advice": "info"}

UNREAD = "could-not-be-read"
"""The check of a file or part that could not be read, which is graver than any finding."""


def report(report: Report, _look: Look) -> str:
    """A list of issues in ASCII, the gravest first.

    GitLab shows one issue of those with the same fingerprint, so each further one of a finding gets one of its own.
    """
    report = once(report)
    issues = chain(
        (_unread(one, report.root) for one in report.errors),
        (_issue(one, report.root) for one in gravest_first(report.findings)),
    )
    return visible_json(indented(_told_apart(issues))) + "\n"


def _told_apart(issues: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The issues, each with a fingerprint of its own."""
    seen: Counter[str] = Counter()
    for issue in issues:
        known = issue["fingerprint"]
        seen[known] += 1
        if seen[known] > 1:
            issue["fingerprint"] = _hash(known, str(seen[known]))
        yield issue


def _issue(finding: Finding, home: str) -> dict[str, Any]:
    span = finding.span
    return {
        "description": visible(told(finding)),
        "check_name": visible(finding.rule),
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[level_of(finding)],
        "location": {
            "path": visible(in_repository(span.path, home)),
            "lines": {"begin": span.line, "end": span.end_line},
        },
    }


def _unread(problem: Problem, home: str) -> dict[str, Any]:
    path = visible(in_repository(problem.path, home))
    return {
        "description": visible(problem.message),
        "check_name": UNREAD,
        "fingerprint": _hash(UNREAD, path),
        "severity": "blocker",
        "location": {"path": path, "lines": {"begin": problem.line, "end": problem.line}},
    }


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
