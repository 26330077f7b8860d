"""One cause, one finding: a rule is silent where another one that it yields to reports the same resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.span import Problem


def split(findings: Sequence[Finding], rules: Iterable[Rule]) -> tuple[list[Finding], list[Finding]]:
    """The findings of a template that are told, and those that are silent because another one tells their cause.

    Call it before suppressions are applied: a cause whose finding is suppressed has been looked at. A rule that is not
    applied has no findings, so nothing is silent because of it.
    """
    found: dict[str, list[Finding]] = {}
    for one in findings:
        found.setdefault(one.rule, []).append(one)
    # Only a rule with findings is asked, whose file is loaded already.
    yielding = {
        rule.id: rule.yields_to for rule in rules if rule.id in found and not found.keys().isdisjoint(rule.yields_to)
    }
    told: list[Finding] = []
    silent: list[Finding] = []
    for one in findings:
        others = [other for name in yielding.get(one.rule, ()) for other in found.get(name, ())]
        (silent if telling(one, others) else told).append(one)
    return told, silent


def telling(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """Those findings of rules that this one's rule yields to which tell its cause; empty if a part of it is untold.

    A less severe one does not count: it may be hidden, or not fail the run.
    """
    speaking = [
        other
        for other in others
        if other.deployment in (None, finding.deployment) and _severity(other) <= _severity(finding)
    ]
    causes = [[other for other in speaking if _tells(other, cause)] for cause in _causes(finding)]
    return [other for found in causes for other in found] if all(causes) else []


def _causes(finding: Finding) -> list[tuple[str, str]]:
    """What a finding is about, each with the name of the whole resource which it is a generated part of."""
    return [(name, name) for name in finding.about] or [(finding.name, finding.resource)]


def _tells(finding: Finding, cause: tuple[str, str]) -> bool:
    """Whether a finding is about a resource or value; two parts that a transform generates from one are two."""
    about = {finding.name, f"{finding.name}:{finding.route}", *finding.about}
    return not about.isdisjoint(cause) or finding.resource == cause[0]


def check_ids(rule: Rule, known: Mapping[str, Rule], path: str) -> None:
    """Raises Problem if a rule yields to one that does not exist, or to itself by way of others. path: its file."""
    pending, seen = list(rule.yields_to), set[str]()
    while pending:
        name = pending.pop()
        if name not in known:
            raise Problem(f"rule {rule.id} yields to {name}, which is not a rule; name a rule's id", path)
        if name == rule.id:
            raise Problem(f"rule {rule.id} yields to itself, so nobody would report the cause; change yields_to", path)
        if name not in seen:
            seen.add(name)
            pending += known[name].yields_to


def _severity(finding: Finding) -> int:
    return LEVELS.index(finding.level or "warning")
