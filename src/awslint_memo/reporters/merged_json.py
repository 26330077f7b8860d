"""A merged report for programs (docs/fleet.md, merged.schema.json)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from awslint_memo.comparing.merged import Merged, RuleCount
from awslint_memo.comparing.report_file import RepositoryReport
from awslint_memo.model.finding import LEVELS
from awslint_memo.reporters.characters import visible_json
from awslint_memo.reporters.tool import tool

VERSION = 1
"""Incremented when a member is removed or changes its meaning; members may be added at any time."""

_LEVELS = ("errors", "warnings", "advice")


def report(merged: Merged, with_findings: bool) -> str:
    """One JSON object in ASCII, the worst repository first. with_findings: whether each finding is in it."""
    unread = [{"repository": one.name, **each} for one in merged.reports for each in one.unread]
    findings = [{"repository": one.name, **each} for one in merged.reports for each in one.findings]
    shape = {
        "version": VERSION,
        "tool": tool(),
        "totals": merged.totals,
        "versions": [{"version": name, "repositories": number} for name, number in merged.versions],
        "rules": [_rule(one) for one in merged.rules],
        "repositories": [_repository(one) for one in merged.worst_first],
        "coverage": _coverage(merged),
        "unread": unread,
        "notices": [{"repository": one.name, "message": each} for one in merged.reports for each in one.notices],
        "refused": [
            {"path": one.path, "line": one.line, "column": one.column, "message": one.message} for one in merged.refused
        ],
        "missing": merged.missing,
        **({"findings": findings} if with_findings else {}),
    }
    return visible_json(json.dumps(shape, indent=2)) + "\n"


def _rule(one: RuleCount) -> dict[str, Any]:
    levels = {name: one.levels.get(level, 0) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    return {"rule": one.rule, "findings": sum(levels.values()), **levels, "repositories": one.repositories}


def _repository(one: RepositoryReport) -> dict[str, Any]:
    levels = {name: one.of_level(level) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    judged = None if one.coverage is None else {key: one.coverage[key] for key in ("resources", "checks")}
    return {
        "repository": one.name,
        "report": one.path,
        "version": one.version,
        "findings": sum(levels.values()),
        **levels,
        **one.counts,
        "unread": len(one.unread),
        "coverage": judged,
    }


def _coverage(merged: Merged) -> Mapping[str, Any]:
    unknown = [{"type": type_, "property": name, "checks": number} for (type_, name), number in merged.most("unknown")]
    return {
        "repositories": len(merged.told),
        "resources": {
            **merged.resources,
            "unjudged": [{"type": type_, "resources": number} for (type_,), number in merged.most("unjudged")],
        },
        "checks": merged.checks,
        "unknown": unknown,
    }
