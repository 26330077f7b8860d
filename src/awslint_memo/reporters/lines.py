"""JSON Lines: one compact object a line, for programs that read while a pipe is open, and for `grep` and `jq`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awslint_memo.judging.report import Report
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible_json
from awslint_memo.reporters.json_format import VERSION, error, finding, summary
from awslint_memo.reporters.statistics import member as statistics


def report(report: Report, look: Look) -> str:
    """Each finding, error and notice in a line of its own, in ASCII, and the counts in the last one."""
    compact = (json.dumps(one, separators=(",", ":")) for one in _objects(report, look))
    return "".join(f"{visible_json(line)}\n" for line in compact)


def _objects(report: Report, look: Look) -> Iterator[dict[str, Any]]:
    yield from ({"kind": "finding", **finding(one, report.suggest(one))} for one in report.findings)
    yield from ({"kind": "error", **error(one)} for one in report.errors)
    yield from ({"kind": "notice", "message": one} for one in report.notices)
    if look.statistics:
        yield {"kind": "statistics", **statistics(report)}
    yield {"kind": "summary", "version": VERSION, **summary(report)}
