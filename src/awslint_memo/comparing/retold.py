"""Findings in modules that only another root tells than before: a place counts once for all roots that have it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.comparing.matching import place_of
from awslint_memo.judging.comparison import Comparison
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.record import replace


def without_retold(comparison: Comparison, then: Report, now: Report) -> Comparison:
    """A comparison without what is new as the root that told it for others too does not any more, and without what is
    mended as another root tells it for this one now. then, now: the reports of both times.

    Where a root does not tell any more what another one tells in its stead, it is mended only if all of that root is
    known, as it may be silent for a gap.
    """
    before = _least([*then.findings, *then.unshown])
    retold = [
        finding
        for finding in comparison.new
        if finding.fingerprint in then.seen.repeated and finding.gravity >= before.get(place_of(finding), len(LEVELS))
    ]
    by_place = {place_of(finding): finding for finding in retold}
    told = [
        (finding, by_place.get(place_of(finding)))
        for finding in comparison.fixed
        if finding.root in now.seen.partly and place_of(finding) in by_place
    ]
    left = {id(finding) for finding in (*retold, *(finding for finding, _ in told))}
    return replace(
        comparison,
        new=_without(comparison.new, left),
        fixed=[each for each in _without(comparison.fixed, left) if each.fingerprint not in now.seen.repeated],
        lowered=[
            *comparison.lowered,
            *((was, same) for was, same in told if same is not None and same.gravity > was.gravity),
        ],
        unchanged=comparison.unchanged + sum(any(each is one for one in now.findings) for each in retold),
    )


def _without(findings: Iterable[Finding], left: set[int]) -> Sequence[Finding]:
    return [finding for finding in findings if id(finding) not in left]


def _least(findings: Iterable[Finding]) -> dict[tuple[str, str, str, str], int]:
    """By place, the gravest level of findings, as a place among the levels."""
    gravest: dict[tuple[str, str, str, str], int] = {}
    for finding in findings:
        place = place_of(finding)
        gravest[place] = min(finding.gravity, gravest.get(place, len(LEVELS)))
    return gravest
