"""What was left out before, of no production or about tracing, and is mended: of what nobody was told, only that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.members import Apart
from awslint_memo.judging.comparison import Comparison
from awslint_memo.judging.grouping import alone_in
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace

_WHY = "it was left out"


def mended(
    then: Report,
    report: Report,
    earlier: Callable[[Finding], Earlier],
    compared: Callable[[Iterable[Earlier], Report], Comparison],
) -> Sequence[Finding]:
    """The findings that were left out before, and do not hold now. compared: gives what changed since some findings."""
    left = then.seen.aside
    if not left:
        return []
    told = {alone_in(finding.root, each) for finding in report.findings for each in (finding, *finding.others)}
    now = Apart(report).report
    now = replace(now, unshown=[*now.unshown, *(each for key, each in report.seen.aside.items() if key not in told)])
    fixed = compared([earlier(each.as_advice(_WHY)) for each in left.values()], now).fixed
    return [each for each in fixed if each.fingerprint not in report.seen.repeated]


def without_untold(comparison: Comparison, then: Report, *, shows_advice: bool, is_gated: bool) -> Comparison:
    """A comparison in which what nobody was told before is told as mended alone.

    is_gated: whether the gate has said what nobody can tell, which it does not of advice, so that this may be no more.
    """

    def is_told(finding: Finding) -> bool:
        is_shown = shows_advice or finding.level != "advice"
        return is_shown and alone_in(finding.root, finding) not in then.seen.aside

    return replace(
        comparison,
        fixed=[each for each in comparison.fixed if not is_gated or is_told(each)],
        gone=[each for each in comparison.gone if is_told(each.finding)],
        not_comparable=[each for each in comparison.not_comparable if is_told(each.finding)],
        lapsed=[each for each in comparison.lapsed if is_told(each.finding)],
    )
