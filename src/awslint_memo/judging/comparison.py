"""What changed between a run and another landscape: what came, went and grew graver."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias

from awslint_memo.judging.suppression import Hidden
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem

Why: TypeAlias = Literal["resource", "part", "type", "template", "unread"]
"""Why nothing can be said of a finding any more: its resource is gone, or the part of it that it was about, such as an
event, an item or a block; the resource has another type; its template is gone or not looked at any more,
or can't be read."""


By: TypeAlias = Literal["name", "place", "likeness"]
"""By what a resource is known again: the name that it is deployed with; what it is called in its file, while it is in
another template or module; or what is written of it, while it is called otherwise."""


@record(frozen=True)
class Followed:
    """A finding that is as it was although its resource is called otherwise, or is elsewhere. was: that of before."""

    finding: Finding
    was: Finding
    by: By


@record(frozen=True)
class Reasoned:
    """A finding that is neither new nor mended, and why."""

    finding: Finding
    why: str


@record(frozen=True)
class Graver:
    """A finding that has a graver level than it had. was: that one. only: where it held then, if that lowered it."""

    finding: Finding
    was: Level
    only: str = ""


@record(frozen=True)
class Gone:
    """A finding of before of which nothing can be said now, and why."""

    finding: Finding
    why: Why


def unread_key(problem: Problem) -> tuple[str, str]:
    """What tells whether a problem is that of another time: its file, and of a part of that what is wrong."""
    return os.path.normpath(problem.path), _LINE.sub("", problem.message) if problem.is_partial else ""


_LINE = regex(r"\bline \d+|(?<=\S):\d+(?=\))")
"""A line in a sentence, by itself or of a place at the end of a clause, which moves with what is written above it."""


def place_of_told(finding: Finding, of: Finding) -> tuple[str, ...]:
    """What tells a finding apart that is told with others. of: that in which it is told."""
    return finding.rule, of.root, finding.resource, finding.route


def _has_one_of(finding: Finding, changed: Sequence[Finding]) -> bool:
    """Whether a finding, or one that is told with it, is among those that changed."""
    told = {id(other) for other in (finding, *finding.others)}
    places = set() if finding.plural is None else {place_of_told(one, finding) for one in (finding, *finding.others)}
    return any(
        id(each) in told
        or (each.plural is not None and any(place_of_told(one, each) in places for one in (each, *each.others)))
        for each in changed
    )


@record(frozen=True)
class Unjudged:
    """Resources of one file that were looked at and are not any more, although they are still there, and why."""

    path: str
    names: Sequence[str]
    why: str


@record(frozen=True)
class Doubted:
    """A finding of before that is not reported and that nobody can call mended, and why."""

    finding: Finding
    why: str


@record(frozen=True)
class Gate:
    """What was found or looked at before and is neither looked at now nor gone; the gate is open if there is nothing.

    revision: what was compared with, as the person named it.
    unjudged: the resources. lost: the findings that fail a run with the settings of before and not with those of now.
    narrowed: those that only count less since other values are judged. unknown: those whose value is not known any
    more. baselined: those that the baseline has only now. lowered: those with a level that fails no run any more,
    as they are now: of rules that a policy locks, although their value is the same in some deployment, and of what
    counts as of no production only now. doubted: those that are mended for no reason that counts.
    """

    revision: str
    unjudged: Sequence[Unjudged] = ()
    lost: Sequence[Finding] = ()
    narrowed: Sequence[Finding] = ()
    unknown: Sequence[Finding] = ()
    baselined: Sequence[Finding] = ()
    lowered: Sequence[Finding] = ()
    doubted: Sequence[Doubted] = ()
    known_then: Mapping[str, int] | None = None
    """How many findings of each fingerprint the baseline had; None if it does not matter."""

    @property
    def is_shut(self) -> bool:
        """Whether the run fails for it."""
        findings = (self.lost, self.narrowed, self.unknown, self.baselined, self.lowered, self.doubted)
        return bool(self.unjudged or any(findings))

    @property
    def untold(self) -> list[Finding]:
        """The findings that are not reported any more and do not count as mended."""
        return [*self.unknown, *(each.finding for each in self.doubted)]


@record(frozen=True)
class Comparison:
    """What changed since another landscape, by the findings' fingerprints.

    with_what: as the person named it. new, graver: as they are now. fixed: findings of before that the rule does not
    report any more although their resource is there. suppressed: what is suppressed now and was not then. unchanged:
    the number of findings that are as they were, or of a lesser level; a report counts what it tells as one once.
    """

    with_what: str
    new: Sequence[Finding] = ()
    graver: Sequence[Graver] = ()
    fixed: Sequence[Finding] = ()
    suppressed: Sequence[Hidden] = ()
    gone: Sequence[Gone] = ()
    unchanged: int = 0
    narrowed: Sequence[Finding] = ()
    """Findings of before that are not found, or with a lesser level, where other values are judged than before."""
    lowered: Sequence[tuple[Finding, Finding]] = ()
    """The findings that have a lesser level than before for another reason, as they were and are."""
    followed: Sequence[Followed] = ()
    """The findings of resources that are called otherwise now, or are in another template or module."""
    not_comparable: Sequence[Reasoned] = ()
    """Findings of now that nobody could tell before, and findings of before that nobody can tell now."""
    lapsed: Sequence[Reasoned] = ()
    """The findings that no longer apply: what they were about is there, and does nothing, or has lost their cause."""
    settings: Sequence[str] = ()
    """What configurations say otherwise than before, in sentences."""
    unread: frozenset[tuple[str, str]] = frozenset()
    """What could not be checked then either, as `unread_key` has it."""

    def is_new(self, problem: Problem) -> bool:
        """Whether something can't be checked now that could be then."""
        return unread_key(problem) not in self.unread

    def only_now(self, problem: Problem) -> str:
        """What is said behind a problem that is new; empty if it is not."""
        return f" (not so at {self.with_what})" if self.is_new(problem) else ""

    def state(self, finding: Finding) -> Literal["new", "updated", "unchanged"]:
        """What SARIF calls the change of a finding, or of those that are told with it."""
        if _has_one_of(finding, self.new):
            return "new"
        return "updated" if _has_one_of(finding, [graver.finding for graver in self.graver]) else "unchanged"

    def without(self, known: Collection[int]) -> Comparison:
        """The comparison without what a baseline has, by the `id` of the findings."""
        new = [finding for finding in self.new if id(finding) not in known]
        graver = [graver for graver in self.graver if id(graver.finding) not in known]
        untold = [each for each in self.not_comparable if id(each.finding) not in known]
        left_out = len(self.worse) - len(new) - len(graver) + len(self.not_comparable) - len(untold)
        unchanged = self.unchanged - len(known) + left_out
        return replace(self, new=new, graver=graver, not_comparable=untold, unchanged=unchanged)

    def leaving_out(self, unsure: Collection[int]) -> Comparison:
        """The comparison without what somebody does not want to see, by the `id` of the findings."""
        new = [finding for finding in self.new if id(finding) not in unsure]
        graver = [graver for graver in self.graver if id(graver.finding) not in unsure]
        return replace(self, new=new, graver=graver)

    @property
    def has_changes(self) -> bool:
        """Whether any finding is told otherwise than before."""
        gone = (self.fixed, self.suppressed, self.lapsed, self.gone, self.not_comparable, self.narrowed)
        return any((*gone, self.worse, self.became_advice))

    @property
    def became_advice(self) -> list[tuple[Finding, Finding]]:
        """The findings that are only advice now, as they were and are."""
        return [pair for pair in self.lowered if pair[1].level == "advice"]

    @property
    def worse(self) -> list[Finding]:
        """The findings that came, and those that grew graver."""
        return [*self.new, *(graver.finding for graver in self.graver)]

    def worse_in_order(self, findings: Sequence[Finding]) -> list[Finding]:
        """The same, in the order that they have among a report's findings."""
        places = {id(finding): place for place, finding in enumerate(findings)}
        return sorted(self.worse, key=lambda finding: places.get(id(finding), len(places)))
