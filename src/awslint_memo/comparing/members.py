"""What came to findings that are told together, and what went: they have one fingerprint, whatever is told in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.successors import Successors
from awslint_memo.judging.grouping import grouped
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


def _each(finding: Finding) -> Collection[Finding]:
    """A finding as one of each resource."""
    return finding.alone or replace(finding, others=()), *finding.others


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
