"""What restore tests restore, and how credible the declared times of drills are: lines for people, members of JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from awslint_memo.judging.store_entries import Entry
from awslint_memo.judging.survey import Family
from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.relations.recovery import restore_tests
from awslint_memo.relations.recovery.recovery_paths import Method
from awslint_memo.relations.recovery.restore_tests import RestoreTest
from awslint_memo.relations.recovery.verdicts import Judged

_COVERED = {True: "surely", None: "perhaps", False: "no"}


def lines(family: Family) -> Iterator[str]:
    """A line for each restore testing plan with what it restores, and one for each drill with its age."""
    tested = _tested(family)
    for plan in dict.fromkeys(test.plan for _, tests in tested for test in tests):
        every = restore_tests.interval(plan)
        names = ", ".join(_names(plan, tested))
        often = f"every {compact(every)}" if every is not None else "at times that are not known"
        span = plan.place.span
        yield f"restore test {plan.title}: restores {names} {often} ({span.path}:{span.line})"
    for entry, tests in tested:
        for row in _drilled(entry):
            yield f"measured {entry.resource.title}, {row.disruption}: {_drill(row, tests)}"


def _names(plan: Resource, tested: Sequence[tuple[Entry, Sequence[RestoreTest]]]) -> Iterator[str]:
    for entry, tests in tested:
        sure = [test.sure for test in tests if test.plan is plan]
        if sure:
            yield entry.resource.title if True in sure else f"perhaps {entry.resource.title}"


def _tested(family: Family) -> list[tuple[Entry, list[RestoreTest]]]:
    return [(entry, restore_tests.of_store(entry.resource)) for entry in family.entries if not entry.note]


def _drilled(entry: Entry) -> list[Judged]:
    return [row for row in entry.rows if row.drill is not None]


def _drill(row: Judged, tests: Sequence[RestoreTest]) -> str:
    """ "took 2h on 2026-09-30, 61d ago; restored every 7d by Tests"."""
    drill = row.drill
    if drill is None:
        return ""
    told = f"took {compact(drill.took)} on {drill.on}, {_age(row)}d ago"
    if row.bound.way is None or row.bound.way.back != Method.RESTORE:
        return told
    near = restore_tests.near(tests, _region(row))
    if not near:
        return f"{told}; no restore test in what was read restores it"
    test, covered = near[0], restore_tests.covers(tests, _region(row))
    often = "" if test.every is None else f" every {compact(test.every)}"
    return f"{told}; {'' if covered else 'perhaps '}restored{often} by {test.plan.title}"


def _region(row: Judged) -> str | None:
    """Where the copy lies that is restored, if the Region is lost."""
    return row.bound.way.region if row.disruption == "region" and row.bound.way is not None else None


def _age(row: Judged) -> int:
    return 0 if row.drill is None else (date.today() - row.drill.on).days


def members(family: Family) -> dict[str, list[dict[str, Any]]]:
    """Restore tests and drills for JSON."""
    tested = _tested(family)
    return {
        "restore_tests": [
            {
                "store": entry.resource.written,
                "plan": test.plan.written,
                "selection": test.selection.written,
                "path": test.plan.place.span.path,
                "line": test.plan.place.span.line,
                "region": test.region,
                "every_in_secs": test.every,
                "sure": test.sure,
            }
            for entry, tests in tested
            for test in tests
        ],
        "drills": [
            {
                "store": entry.resource.written,
                "disruption": row.disruption,
                "took_in_secs": row.drill.took,
                "on": row.drill.on.isoformat(),
                "age_in_days": _age(row),
                "restore_tested": _COVERED[restore_tests.covers(tests, _region(row))],
            }
            for entry, tests in tested
            for row in _drilled(entry)
            if row.drill is not None
        ],
    }
