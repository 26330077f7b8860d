"""Findings that held before too, and were not told as another rule told their cause, which it tells less surely now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from awslint_memo.comparing.members import parted
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.comparison import Comparison
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import without_instance_keys, without_numbers
from awslint_memo.model.record import field, record, replace


def without_yielded(
    comparison: Comparison,
    then: Report,
    report: Report,
    successors: Successors,
    judged: Callable[[Collection[str]], Report],
) -> Comparison:
    """A comparison without what held before too. judged: gives the report of then by some rules alone."""
    yielded = _Yielded(then, report, successors, judged)
    held, came = parted(comparison.new, yielded.held)
    if not held:
        return comparison
    ids = set(map(id, report.findings))
    known = sum(id(each) in ids for each in comparison.new) - sum(id(each) in ids for each in came)
    return replace(comparison, new=came, unchanged=comparison.unchanged + known)


@record
class _Yielded:
    then: Report
    report: Report
    successors: Successors
    judged: Callable[[Collection[str]], Report]
    _alone: dict[str, dict[tuple[Key, str], int]] = field(default_factory=dict)

    def held(self, finding: Finding) -> bool:
        """Whether a new finding held before, and what kept it from being told is told of its resource still."""
        key = self.successors.then_of_finding(finding)
        if key is None:
            return False
        told = self._told_now.get(self._key(finding), set()) & self._told_then.get(key, set())
        if told.isdisjoint(self._causes.get(finding.rule, ())) or not self._was_silent(finding, key):
            return False
        was = self._if_alone(finding.rule).get((key, without_numbers(finding.route)))
        return was is not None and was <= finding.gravity

    @cached_property
    def _causes(self) -> dict[str, Collection[str]]:
        """The rules to which each rule yields."""
        return {rule.id: rule.yields_to for rule in self.report.rules}

    def _was_silent(self, finding: Finding, key: Key) -> bool:
        roots = [key[0], *(old for old, now in self.successors.roots.items() if now == key[0])]
        names = {finding.resource, key[1]}
        silent = self.then.seen.silent
        return any(replace(finding, root=root, resource=name).fingerprint in silent for root in roots for name in names)

    @cached_property
    def _told_now(self) -> dict[Key, set[str]]:
        return self._told(self.report)

    @cached_property
    def _told_then(self) -> dict[Key, set[str]]:
        return self._told(self.then)

    def _told(self, report: Report) -> dict[Key, set[str]]:
        """The rules that tell something of each resource, by its root of now."""
        told: dict[Key, set[str]] = {}
        for finding in _each((*report.findings, *report.unshown)):
            told.setdefault(self._key(finding), set()).add(finding.rule)
        return told

    def _if_alone(self, rule: str) -> dict[tuple[Key, str], int]:
        """How grave the findings of then of a rule are, by resource and route, if there were no other rules."""
        if rule not in self._alone:
            report = self.judged((rule,))
            found = self._alone[rule] = {}
            for finding in _each((*report.findings, *report.unshown)):
                place = self._key(finding), without_numbers(finding.route)
                found[place] = min(finding.gravity, found.get(place, finding.gravity))
        return self._alone[rule]

    def _key(self, finding: Finding) -> Key:
        return self.successors.roots.get(finding.root, finding.root), without_instance_keys(finding.resource)


def _each(findings: Iterable[Finding]) -> Iterable[Finding]:
    for finding in findings:
        yield finding
        yield from (replace(each, root=finding.root) for each in finding.others)
