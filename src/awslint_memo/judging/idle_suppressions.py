"""Findings about suppressions without an effect, once all templates were checked that have the same file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.judging.suppression_rules import SERVICE
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Span


def settled(findings: Sequence[Finding], every: Iterable[Suppressions]) -> list[Finding]:
    """The findings of a run, without those about suppressions that another template with the same file needs.

    every: the suppressions of each configuration, which may be thousands.
    """
    by_span: dict[Span, list[Suppressions]] = {}
    for suppressions in every:
        for span in suppressions.idle:
            by_span.setdefault(span, []).append(suppressions)
    result: list[Finding] = []
    for finding in findings:
        left = [finding]
        for suppressions in by_span.get(finding.span, ()) if finding.rule == f"{SERVICE}-unused" else ():
            left = [each for one in left for each in suppressions.settled(one)]
        result += left
    return result
