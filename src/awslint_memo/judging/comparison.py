"""What changed between a run and another landscape: what came, went and grew graver."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from typing import Literal, TypeAlias

from awslint_memo.judging.suppression import Hidden
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem

Why: TypeAlias = Literal["resource", "template", "unread"]
"""Why nothing can be said of a finding any more: its resource is gone, its template is gone or not looked at any more,
or its template can't be read."""


@record(frozen=True)
class Graver:
    """A finding that has a graver level than it had. was: that one."""

    finding: Finding
    was: Level


@record(frozen=True)
class Gone:
    """A finding of before of which nothing can be said now, and why."""

    finding: Finding
    why: Why


def unread_key(problem: Problem) -> tuple[str, str]:
    """What tells whether a problem is that of another time: its file, and of a part of that what is wrong."""
    return os.path.normpath(problem.path), problem.message if problem.is_partial else ""


@record(frozen=True)
class Comparison:
    """What changed since another landscape, by the findings' fingerprints.

    with_what: as the person named it. new, graver: as they are now. fixed: findings of before that the rule does not
    report any more although their resource is there. suppressed: what is suppressed now and was not then. unchanged:
    the number of findings that are as they were, or of a lesser level.
    """

    with_what: str
    new: Sequence[Finding] = ()
    graver: Sequence[Graver] = ()
    fixed: Sequence[Finding] = ()
    suppressed: Sequence[Hidden] = ()
    gone: Sequence[Gone] = ()
    unchanged: int = 0
    unread: frozenset[tuple[str, str]] = frozenset()
    """What could not be checked then either, as `unread_key` has it."""

    def state(self, finding: Finding) -> Literal["new", "updated", "unchanged"]:
        """What SARIF calls the change of a finding, or of those that are told with it."""
        told = {id(other) for other in (finding, *finding.others)}
        if any(id(finding) in told for finding in self.new):
            return "new"
        return "updated" if any(id(graver.finding) in told for graver in self.graver) else "unchanged"

    def without(self, known: Collection[int]) -> Comparison:
        """The comparison without what a baseline has, by the `id` of the findings."""
        new = [finding for finding in self.new if id(finding) not in known]
        graver = [graver for graver in self.graver if id(graver.finding) not in known]
        unchanged = self.unchanged - len(known) + len(self.worse) - len(new) - len(graver)
        return replace(self, new=new, graver=graver, unchanged=unchanged)

    @property
    def worse(self) -> list[Finding]:
        """The findings that came, and those that grew graver."""
        return [*self.new, *(graver.finding for graver in self.graver)]
