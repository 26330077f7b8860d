"""What a comparison of two runs, or of a run with a baseline, comes to: a part of the report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, TypeAlias

from awslint_memo.judging.hidden import Hidden
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments

Why: TypeAlias = Literal["resource", "template", "unread"]
"""Why nothing can be said of a finding any more: its resource is gone, its template is gone or not looked at any more,
or its template can't be read."""


@record
class Seen:
    """What a run looked at. names: those of the resources of each root. silent: the fingerprints of the findings whose
    cause another rule tells, so that they are neither reported nor mended.

    partly: the roots of which a part could not be read. muted: the ids of rules that this keeps silent somewhere.
    rules: the ids of those that were applied. folders: those that were searched. is_narrow: whether the user gave
    values for this run, so that other deployments were not looked at.
    """

    names: dict[str, set[str]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    partly: set[str] = field(default_factory=set)
    muted: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    folders: Sequence[str] = ()
    is_narrow: bool = False

    def see(self, root: str, deployments: Deployments, silent: Sequence[Finding] = ()) -> None:
        """Note what a root has. silent: its findings whose cause another rule tells."""
        self.silent.update(replace(one, root=root).fingerprint for one in silent)
        names = self.names.setdefault(root, set())
        for deployment in deployments.deployments:
            for one in deployment.own.values():
                names.update((one.name, one.written))
        if deployments.unseen or deployments.problems or not deployments.is_complete:
            self.partly.add(root)

    def add(self, other: Seen) -> None:
        """Add what another look saw."""
        for root, names in other.names.items():
            self.names.setdefault(root, set()).update(names)
        self.silent |= other.silent
        self.partly |= other.partly

    def has(self, finding: Finding) -> bool:
        """Whether the run looked at a resource of a finding, or at its root if that has none."""
        names = self.names.get(finding.root)
        if names is None:
            return False
        told = (finding, *finding.others)
        return any(not one.resource or one.resource in names or one.name in names for one in told)


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


@record(frozen=True)
class Comparison:
    """What changed since another landscape, by the findings' fingerprints.

    with_what: as the person named it. new, graver: as they are now. mended: findings of before that the rule does not
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

    def state(self, finding: Finding) -> Literal["new", "updated", "unchanged"]:
        """What SARIF calls the change of a finding, or of those that are told with it."""
        told = {id(one) for one in (finding, *finding.others)}
        if any(id(one) in told for one in self.new):
            return "new"
        return "updated" if any(id(one.finding) in told for one in self.graver) else "unchanged"

    def without(self, known: Collection[int]) -> Comparison:
        """The comparison without what a baseline has, by the `id` of the findings."""
        new = [one for one in self.new if id(one) not in known]
        graver = [one for one in self.graver if id(one.finding) not in known]
        unchanged = self.unchanged - len(known) + len(self.worse) - len(new) - len(graver)
        return replace(self, new=new, graver=graver, unchanged=unchanged)

    @property
    def worse(self) -> list[Finding]:
        """The findings that came, and those that grew graver."""
        return [*self.new, *(one.finding for one in self.graver)]


@record(frozen=True, order=True)
class Entry:
    """One line of a baseline: how many findings of a fingerprint are known, and what that is in words."""

    root: str
    rule: str
    resource: str
    route: str
    fingerprint: str
    count: int


@record(frozen=True)
class Baselined:
    """What a baseline does in a run. path: the file. entries: all that it has.

    findings: those that it takes out of the report. unneeded: the entries, or how much of them, that no longer occur
    although the run looked there.
    """

    path: str
    entries: Sequence[Entry] = ()
    findings: Sequence[Finding] = ()
    unneeded: Sequence[Entry] = ()

    @property
    def hint(self) -> str:
        """What to do about entries that are not needed any more; empty if there are none."""
        count = sum(one.count for one in self.unneeded)
        if not count:
            return ""
        does, them = ("no longer occurs", "it") if count == 1 else ("no longer occur", "them")
        return f"{self.path}: {counted(count, 'finding')} of the baseline {does}; --prune-baseline takes {them} out"
