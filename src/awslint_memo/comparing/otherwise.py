"""What would be found if some files were as they were at another time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from awslint_memo.judging.comparison import Graver
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record


@record
class Otherwise:
    """The findings that would be there if some files were as they were before, by fingerprint.

    told: how many findings of each fingerprint were asked for.
    """

    findings: Mapping[str, Sequence[Finding]]
    told: Counter[str] = field(default_factory=Counter)

    def lacks(self, finding: Finding) -> bool:
        """Whether a finding is there only since these files can be read."""
        some = self.findings.get(finding.fingerprint, ())
        if finding.plural is not None:
            return all(each.resource != finding.resource for one in some for each in (one, *one.others))
        self.told[finding.fingerprint] += 1
        return self.told[finding.fingerprint] > len(some)

    def tells(self, finding: Finding) -> bool:
        """Whether a finding would be there, by itself or with others."""
        some = self.findings.get(finding.fingerprint, ())
        return any(each.resource == finding.resource for one in some for each in (one, *one.others))

    def has(self, graver: Graver) -> bool:
        """Whether a finding would be as grave as it was."""
        some = self.findings.get(graver.finding.fingerprint, ())
        return any((one.level or "warning") == graver.was for one in some)


def otherwise(report: Report) -> Otherwise:
    """What a report of other files has."""
    found: dict[str, list[Finding]] = {}
    for finding in (*report.findings, *report.unshown):
        found.setdefault(finding.fingerprint, []).append(finding)
    return Otherwise(found)
