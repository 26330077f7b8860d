"""What a run tells besides its findings: counts by rule and file, time, and what it checked and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from awslint_memo.judging.coverage import (
    NOT_A_TEMPLATE,
    OUTCOMES,
    Checked,
    Coverage,
    muted,
    outcomes,
    unknown,
    unseen,
)
from awslint_memo.judging.looked import MODULE, STACK, Looked, Written
from awslint_memo.judging.report import Report
from awslint_memo.model.phrases import counted
from awslint_memo.model.secret import without_keys
from awslint_memo.readers.terraform.module_calls import KnownCall

NAMED = 20
"""How many rules, files and parts are listed without --verbose."""


def statistics_member(report: Report) -> dict[str, Any]:
    """The member `statistics` of the JSON report (docs/json.md)."""
    times = {} if report.times is None else {"reading": report.times.reading, "judging": report.times.judging}
    return {
        "rules": [{"rule": name, "findings": number} for name, number in _by_rule(report)],
        "files": [{"path": name, "findings": number} for name, number in _by_file(report)],
        "milliseconds": {name: round(seconds * 1000) for name, seconds in times.items()},
    }


def statistics_text(report: Report, most: int | None = NAMED) -> Iterator[str]:
    """The same in lines of text, with what was not judged. most: how many names each list has; None for all."""
    yield from _listed("findings by rule", [f"{number:>6}  {name}" for name, number in _by_rule(report)], most)
    yield from _listed("findings by file", [f"{number:>6}  {name}" for name, number in _by_file(report)], most)
    if report.coverage is not None:
        yield from _listed("not judged", [f"  {sentence}" for sentence in _left_out(report.coverage)], most)
    if report.times is not None:
        reading, judging = report.times.reading, report.times.judging
        yield f"time: {reading:.2f} s for settings, rules and reading, {judging:.2f} s for judging"
    if report.coverage is not None:
        yield coverage_line(report.coverage)


def _listed(title: str, rows: Sequence[str], most: int | None) -> Iterator[str]:
    if rows:
        yield f"{title}:"
        yield from rows[:most]
        if most is not None and len(rows) > most:
            yield f"  and {len(rows) - most} more; --verbose shows all"


def _left_out(coverage: Coverage) -> Iterator[str]:
    yield from (f"{path}: {reason}" for path, reason in sorted(coverage.skipped.items()))
    yield from (f"{path}: {without_keys(part)} was not read" for path, part in coverage.parts)
    yield from (f"{path}: more deployments than were checked" for path in coverage.incomplete)


def _by_rule(report: Report) -> list[tuple[str, int]]:
    return _most_first(Counter(finding.rule for finding in report.findings))


def _by_file(report: Report) -> list[tuple[str, int]]:
    return _most_first(Counter(finding.path for finding in report.findings))


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))


_NAMED = 3
"""How many properties and types the line names."""


def coverage_member(coverage: Coverage) -> dict[str, Any]:
    """The member `coverage` of the JSON report (docs/json.md)."""
    unjudged = [{"type": name, "resources": number} for name, number in coverage.unjudged()]
    return {
        "resources": {**_resources(coverage.resources.values()), "unjudged": unjudged},
        "modules": _parts(coverage.looked, MODULE),
        "known_modules": [_known(call) for call in coverage.looked.known_calls],
        "nested_stacks": _parts(coverage.looked, STACK),
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
    return {"total": len(resources), "judged": sum(resource.is_judged for resource in resources)}


def _parts(looked: Looked, kind: str) -> dict[str, int]:
    return {"total": looked.number(kind), "read": looked.number(kind, is_read=True)}


def _known(call: KnownCall) -> dict[str, Any]:
    where = {"path": call.place.path, "line": call.place.line}
    return {"call": call.name, **where, "source": call.source, "version": call.version, "read": call.day}


def _checks(checks: Collection[Checked]) -> dict[str, int]:
    numbers = outcomes(checks)
    counts: dict[str, int] = {name: numbers[name] for name in OUTCOMES}
    return {"total": len(checks), **counts, "unseen": unseen(checks), "muted": muted(checks)}


def _properties(checks: Collection[Checked]) -> list[dict[str, Any]]:
    return [{"type": type_, "property": path, "checks": number} for (type_, path), number in unknown(checks)]


def coverage_line(coverage: Coverage) -> str:
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
    of = f" of {coverage.looked.number()}" if coverage.looked.number() > len(coverage.parts) else ""
    left_out = (
        (unread, f"{counted(unread, 'file')} not read"),
        (len(coverage.parts), f"{len(coverage.parts)}{of} nested stack{several} or module{several} not read"),
        (others, f"{counted(others, 'file')} not a template"),
        (coverage.suppressed, f"{counted(coverage.suppressed, 'finding')} suppressed"),
    )
    return "; ".join([*parts, *(words for number, words in left_out if number)])


def _named(pairs: Iterable[tuple[str, int]]) -> str:
    every = list(pairs)
    words = [f"{name} {number}\u00d7" for name, number in every[:_NAMED]]
    return ", ".join([*words, "\u2026"] if len(every) > _NAMED else words)
