"""Statistics of a run: findings by rule and by file, what was not judged and why, and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from awslint_memo.judging.coverage import Coverage
from awslint_memo.judging.report import Report
from awslint_memo.model.secret import without_keys
from awslint_memo.reporters.coverage import line

NAMED = 20
"""How many rules, files and parts are listed without --verbose."""


def member(report: Report) -> dict[str, Any]:
    """The member `statistics` of the JSON report (docs/json.md)."""
    times = {} if report.times is None else {"reading": report.times.reading, "judging": report.times.judging}
    return {
        "rules": [{"rule": name, "findings": number} for name, number in _by_rule(report)],
        "files": [{"path": name, "findings": number} for name, number in _by_file(report)],
        "milliseconds": {name: round(seconds * 1000) for name, seconds in times.items()},
    }


def text(report: Report, most: int | None = NAMED) -> Iterator[str]:
    """The same in lines of text, with what was not judged. most: how many names each list has; None for all."""
    yield from _listed("findings by rule", [f"{number:>6}  {name}" for name, number in _by_rule(report)], most)
    yield from _listed("findings by file", [f"{number:>6}  {name}" for name, number in _by_file(report)], most)
    if report.coverage is not None:
        yield from _listed("not judged", [f"  {one}" for one in _left_out(report.coverage)], most)
    if report.times is not None:
        reading, judging = report.times.reading, report.times.judging
        yield f"time: {reading:.2f} s for settings, rules and reading, {judging:.2f} s for judging"
    if report.coverage is not None:
        yield line(report.coverage)


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
    return _most_first(Counter(one.rule for one in report.findings))


def _by_file(report: Report) -> list[tuple[str, int]]:
    return _most_first(Counter(one.path for one in report.findings))


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
