"""What a client wants to be told, and what it is told of a check besides diagnostics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record, replace
from awslint_memo.reporters.shown_findings import level_of

JUDGED = "awslint-memo/judged"
"""The notification with the counts of a check, which a client gets that asks for it."""

_COUNTS = (
    *("files", "errors", "warnings", "advice", "advice_hidden", "suppressed"),
    *("resources_written", "resources_judged"),
)
"""Those of the summary that `lint --format json` has too."""


@record(frozen=True)
class Preferences:
    """advice: whether findings of level advice are shown, explained and fixed. judged: whether counts are told."""

    advice: bool = True
    judged: bool = False

    def changed(self, value: Any) -> Preferences:
        """These with those of a value of the client's; what it doesn't name, or names otherwise, stays as it was."""
        if not isinstance(value, Mapping):
            return self
        named = {name: value[name] for name in ("advice", "judged") if isinstance(value.get(name), bool)}
        return replace(self, **named)

    def wants(self, finding: Finding) -> bool:
        """Whether the client wants to see a finding."""
        return self.advice or level_of(finding) != "advice"

    def shown(self, report: Report) -> Report:
        """A report with the findings that the client wants."""
        if self.advice:
            return report
        kept = [finding for finding in report.findings if self.wants(finding)]
        return replace(report, findings=kept, advice_hidden=report.advice_hidden + len(report.findings) - len(kept))


def counts(report: Report) -> Mapping[str, int]:
    """What is told of a check. unread: the number of files of which something could not be read."""
    summary = report.summary()
    return {**{name: getattr(summary, name) for name in _COUNTS}, "unread": len({one.path for one in report.errors})}
