"""What a run judged and left out: a member of the JSON report, and a line of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from awslint_memo.judging.coverage import (
    NOT_A_TEMPLATE,
    OUTCOMES,
    Checked,
    Coverage,
    Written,
    muted,
    outcomes,
    unknown,
    unseen,
)
from awslint_memo.model.phrases import counted
from awslint_memo.model.secret import without_keys

_NAMED = 3
"""How many properties and types the line names."""


def member(coverage: Coverage) -> dict[str, Any]:
    """The member `coverage` of the JSON report (docs/json.md)."""
    unjudged = [{"type": name, "resources": number} for name, number in coverage.unjudged()]
    return {
        "resources": {**_resources(coverage.resources.values()), "unjudged": unjudged},
        "checks": _checks(coverage.checks.values()),
        "unknown": _properties(coverage.checks.values()),
        "rules": [
            {"rule": rule, "checks": _checks(checks), "unknown": _properties(checks)}
            for rule, checks in coverage.by_rule().items()
        ],
        "files": [
            {"path": path, "resources": _resources(resources), "checks": _checks(checks)}
            for path, (resources, checks) in coverage.by_file().items()
        ],
        "skipped": {
            "files": [{"path": path, "reason": reason} for path, reason in sorted(coverage.skipped.items())],
            "parts": [{"path": path, "part": without_keys(part)} for path, part in coverage.parts],
            "deployments": list(coverage.incomplete),
            "suppressed": coverage.suppressed,
        },
    }


def _resources(resources: Collection[Written]) -> dict[str, int]:
    return {"total": len(resources), "judged": sum(one.is_judged for one in resources)}


def _checks(checks: Collection[Checked]) -> dict[str, int]:
    found = outcomes(checks)
    counts: dict[str, int] = {name: found[name] for name in OUTCOMES}
    return {"total": len(checks), **counts, "unseen": unseen(checks), "muted": muted(checks)}


def _properties(checks: Collection[Checked]) -> list[dict[str, Any]]:
    return [{"type": type_, "property": path, "checks": number} for (type_, path), number in unknown(checks)]


def line(coverage: Coverage) -> str:
    """What was judged, what could not be told and what was left out, in one line."""
    checks = coverage.checks.values()
    total, judged = _resources(coverage.resources.values()).values()
    parts = [f"{counted(len(coverage.files), 'file')} with {counted(total, 'resource')}: {judged} judged"]
    if total > judged:
        parts[0] += f", {total - judged} of types that no rule judges ({_named(coverage.unjudged())})"
    silent = outcomes(checks)["unknown"]
    if silent:
        known = ((path, number) for (_, path), number in unknown(checks))
        not_seen = [("resources that were not read", unseen(checks))] if unseen(checks) else []
        words = f"{silent} of {counted(len(checks), 'check')} found nothing where a value is unknown"
        parts.append(f"{words} ({_named([*known, *not_seen])})")
    others = sum(reason == NOT_A_TEMPLATE for reason in coverage.skipped.values())
    unread = len(coverage.skipped) - others
    several = "" if len(coverage.parts) == 1 else "s"
    left_out = (
        (unread, f"{counted(unread, 'file')} not read"),
        (len(coverage.parts), f"{counted(len(coverage.parts), 'nested stack')} or module{several} not read"),
        (others, f"{counted(others, 'file')} not a template"),
        (coverage.suppressed, f"{counted(coverage.suppressed, 'finding')} suppressed"),
    )
    return "; ".join([*parts, *(words for number, words in left_out if number)])


def _named(found: Iterable[tuple[str, int]]) -> str:
    every = list(found)
    words = [f"{name} {number}\u00d7" for name, number in every[:_NAMED]]
    return ", ".join([*words, "\u2026"] if len(every) > _NAMED else words)
