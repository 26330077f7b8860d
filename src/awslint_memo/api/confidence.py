"""Leaves findings out of a report whose rules are less sure than somebody wants to see, and says how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from awslint_memo.manual.confidence import CONFIDENCES, Confidence, measure_of
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.phrases import counted, listed
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.judging.report import Report
    from awslint_memo.judging.rule import Rule


def sure(report: Report, least: Confidence, locked: Collection[str]) -> Report:
    """The report without findings of a lesser confidence, with a notice that counts them.

    locked: the ids of rules that a policy locks, whose findings stay. Those stay too of rules that are measured by
    nobody: a user's own, cfn-lint's, those of suppressions, and internal errors. A gate is to see all that came, so
    with one nothing is left out.
    """
    if report.gate is not None:
        notice = f"--min-confidence {least} leaves nothing out, since the gate counts findings of every confidence"
        return replace(report, notices=[*report.notices, notice])
    rules = {rule.id: rule for rule in report.rules if rule.id not in locked}
    unsure = [finding for finding in report.findings if _is_less(rules.get(finding.rule), least)]
    if not unsure:
        return report
    ids = {id(finding) for finding in unsure}
    against = None if report.against is None else report.against.leaving_out(ids)
    kept = [finding for finding in report.findings if id(finding) not in ids]
    return replace(report, findings=kept, against=against, notices=[*report.notices, _told(unsure, rules, least)])


def _is_less(rule: Rule | None, least: Confidence) -> bool:
    measure = None if rule is None else measure_of(rule)
    if measure is None:
        return False
    return measure.confidence is None or CONFIDENCES.index(measure.confidence) > CONFIDENCES.index(least)


def _told(unsure: Collection[Finding], rules: dict[str, Rule], least: Confidence) -> str:
    """The notice of what is left out: by level, and by confidence."""
    levels = Counter(finding.level or "warning" for finding in unsure)
    nouns = {"error": "error", "warning": "warning", "advice": "piece of advice"}
    by_level = listed([counted(levels[level], nouns[level]) for level in LEVELS if levels[level]])
    measures = Counter(measure.confidence for each in unsure if (measure := measure_of(rules[each.rule])) is not None)
    parts = [f"{measures[name]} of {name} confidence" for name in CONFIDENCES if measures[name]]
    parts += [f"{measures[None]} of rules that are not measured"] if measures[None] else []
    left = "is" if len(unsure) == 1 else "are"
    return f"--min-confidence {least}: {by_level} {left} left out ({listed(parts)})"
