"""Findings that are told together, as one of each resource: all have one fingerprint, whatever is told in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.comparison import Comparison, place_of_told
from awslint_memo.judging.grouping import grouped
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys, without_numbers
from awslint_memo.model.record import replace

Answer = TypeVar("Answer", bool, str)


def added(
    pairs: Iterable[tuple[Earlier, Finding]], then: Sequence[Earlier], successors: Successors | None
) -> Iterator[Finding]:
    """The findings about what is in a finding of now and was in none of before.

    pairs: the findings of one fingerprint that are there at both times. then: all of before with that fingerprint
    that were told, as what was suppressed is new.
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


def parted(findings: Iterable[Finding], holds: Callable[[Finding], bool]) -> tuple[list[Finding], list[Finding]]:
    """Findings of which something holds, and the others; one that tells of several is parted where it does so of
    some."""
    those, rest = list[Finding](), list[Finding]()
    for finding, is_so in reasoned(findings, holds):
        (those if is_so else rest).append(finding)
    return those, rest


def reasoned(findings: Iterable[Finding], why: Callable[[Finding], Answer]) -> Iterator[tuple[Finding, Answer]]:
    """Findings with what is answered of each; one that tells of several is parted by the answers."""
    for finding in findings:
        answers: dict[Answer, list[Finding]] = {}
        for each in _each(finding) if finding.plural is not None else [finding]:
            answers.setdefault(why(each), []).append(each)
        for answer, some in answers.items():
            yield from ((one, answer) for one in ([finding] if len(answers) == 1 else grouped(some)))


class Retold:
    """What was told of before in other findings of the same fingerprint, one by one: by resource and route.

    then: those findings of before. now: all of now with the fingerprint, those that are suppressed included.
    """

    def __init__(self, then: Iterable[Earlier], now: Iterable[Finding], successors: Successors | None) -> None:
        self._successors = successors
        self._then: dict[tuple[str, str], Earlier] = {}
        for earlier in then:
            for each in _each(earlier.finding) if earlier.finding.plural is not None else ():
                for name in _names_now(each, successors):
                    key = name, without_numbers(each.route)
                    if key not in self._then or each.gravity < self._then[key].finding.gravity:
                        self._then[key] = replace(earlier, finding=each, name="", by=None)
        self._now = {key for one in now for each in _each(one) if one.plural is not None for key in [_place(each)]}

    def split(self, came: Iterable[Finding]) -> tuple[list[Finding], list[tuple[Earlier, Finding]]]:
        """Findings that seem to have come as a whole, without what was told before; and that, with what it was."""
        new, pairs = list[Finding](), list[tuple[Earlier, Finding]]()
        for finding in came:
            every = _each(finding) if finding.plural is not None else ()
            known = [(self._then[key], each) for each in every if (key := _place(each)) in self._then]
            ids = {id(each) for _, each in known}
            new += grouped([each for each in every if id(each) not in ids]) if known else [finding]
            pairs += known
        return new, pairs

    def moved(self, pairs: Iterable[tuple[Earlier, Finding]]) -> Iterator[tuple[Earlier, Finding]]:
        """What has another level than before although the findings in which it is told have the same: it was told in
        another one."""
        for earlier, now in pairs:
            if now.plural is not None and earlier.finding.level == now.level:
                every = ((self._then.get(_place(each)), each) for each in _each(now))
                yield from ((then, each) for then, each in every if then and then.finding.level != each.level)

    def left(self, gone: Iterable[Earlier]) -> Iterator[Earlier]:
        """Findings of before that seem to have gone as a whole, without what another one tells now."""
        for earlier in gone:
            every = _each(earlier.finding) if earlier.finding.plural is not None else ()
            rest = [each for each in every if self._now.isdisjoint(self._places(each))]
            if len(rest) == len(every):
                yield earlier
            else:
                yield from (replace(earlier, finding=each, name="", by=None) for each in rest)

    def _places(self, finding: Finding) -> set[tuple[str, str]]:
        return {(name, without_numbers(finding.route)) for name in _names_now(finding, self._successors)}


def _place(finding: Finding) -> tuple[str, str]:
    return without_instance_keys(finding.resource), without_numbers(finding.route)


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

    def grown(self, comparison: Comparison | None) -> set[int]:
        """The findings of the report that a comparison has as graver, by their `id` here."""
        graver = [] if comparison is None else [each.finding for each in comparison.graver]
        ids = set(map(id, graver))
        together = (finding for finding in graver if finding.plural is not None)
        places = {place_of_told(one, finding) for finding in together for one in (finding, *finding.others)}
        return {
            id(finding)
            for finding in self.report.findings
            if id(finding) in ids or (id(finding) in self._told_in and place_of_told(finding, finding) in places)
        }

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
    return [replace(each, root=finding.root, fail_on=finding.fail_on, is_shared=finding.is_shared) for each in every]


def _names_then(finding: Finding, successors: Successors | None) -> set[str]:
    """What the resource of a finding is called, and was called before."""
    name = without_instance_keys(finding.resource)
    then = None if successors is None else successors.then_of_finding(finding)
    return {name} if then is None else {name, then[1]}


def _names_now(finding: Finding, successors: Successors | None) -> set[str]:
    """What the resource of a finding of before was called, and is called now."""
    name = without_instance_keys(finding.resource)
    now = None if successors is None else successors.now_of(successors.key_then(finding.root, name))
    return {name} if now is None else {name, now[1]}
