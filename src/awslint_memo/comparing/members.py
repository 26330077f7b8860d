"""Findings that are told together, as one of each resource: all have one fingerprint, whatever is told in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.comparison import Comparison
from awslint_memo.judging.grouping import grouped
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import replace


def added(
    pairs: Iterable[tuple[Earlier, Finding]], then: Sequence[Earlier], successors: Successors | None
) -> Iterator[Finding]:
    """The findings about what is in a finding of now and was in none of before.

    pairs: the findings of one fingerprint that are there at both times. then: all of before with that fingerprint.
    successors: what became of the resources; None if only one of the same name is the same.
    """
    told = {without_instance_keys(each.resource) for earlier in then for each in earlier.told}
    told |= {earlier.name for earlier in then}
    for _, now in pairs:
        every = _each(now) if now.plural is not None else ()
        came = [each for each in every if _names_then(each, successors).isdisjoint(told)]
        yield from grouped(came)


def removed(
    pairs: Iterable[tuple[Earlier, Finding]], now: Iterable[Finding], successors: Successors | None
) -> Iterator[Earlier]:
    """What was in a finding of before and is in none of now, each by itself. now: all of now with the fingerprint of
    the pairs, those that are suppressed included."""
    told = {without_instance_keys(each.resource) for one in now for each in _each(one)}
    for earlier, same in pairs:
        if same.plural is not None:
            for each in _each(earlier.finding):
                if _names_now(each, successors).isdisjoint(told):
                    yield replace(earlier, finding=each, name="", by=None)


class Apart:
    """A report whose findings that are told together are one of each resource, with the fingerprint of that."""

    def __init__(self, report: Report) -> None:
        self._told_in: dict[int, tuple[int, Finding]] = {}
        self.report = replace(report, findings=self._apart(report.findings), unshown=self._apart(report.unshown))

    def together(self, findings: Iterable[Finding]) -> list[Finding]:
        """Findings of the report as they are told: what is left of each that was told together as one."""
        told: dict[int, list[Finding]] = {}
        for finding in findings:
            of, member = self._told_in.get(id(finding), (id(finding), finding))
            told.setdefault(of, []).append(member)
        return sorted((one for some in told.values() for one in grouped(some)), key=lambda finding: finding.order)

    def compared(self, comparison: Comparison, taken: Collection[int]) -> Comparison:
        """What a comparison of the report has besides what is taken out of it, by the `id` of its findings here."""
        known = {finding.fingerprint for finding in self.report.findings if id(finding) in taken}
        left = comparison.without(taken)
        new = [finding for each in left.new for finding in self._without(each, known)]
        return replace(left, new=new)

    def _without(self, finding: Finding, known: Collection[str]) -> list[Finding]:
        if finding.plural is None:
            return [finding]
        every = _each(finding)
        left = [each for each in every if replace(each, plural=None).fingerprint not in known]
        return [finding] if len(left) == len(every) else grouped(left)

    def _apart(self, findings: Iterable[Finding]) -> list[Finding]:
        found: list[Finding] = []
        for finding in findings:
            if finding.plural is None:
                found.append(finding)
                continue
            for each in _each(finding):
                alone = replace(each, plural=None)
                self._told_in[id(alone)] = id(finding), each
                found.append(alone)
        return found


def _each(finding: Finding) -> Collection[Finding]:
    """A finding as one of each resource, each with what is known since they were joined."""
    every = (finding.alone or replace(finding, others=()), *finding.others)
    return [replace(each, fail_on=finding.fail_on, is_shared=finding.is_shared) for each in every]


def _names_then(finding: Finding, successors: Successors | None) -> set[str]:
    """What the resource of a finding is called, and was called before."""
    name = without_instance_keys(finding.resource)
    then = None if successors is None else successors.then_of((finding.root, name))
    return {name} if then is None else {name, then[1]}


def _names_now(finding: Finding, successors: Successors | None) -> set[str]:
    """What the resource of a finding of before was called, and is called now."""
    name = without_instance_keys(finding.resource)
    now = None if successors is None else successors.now_of((finding.root, name))
    return {name} if now is None else {name, now[1]}
