"""What the bounds of a store say of its objectives, for each disruption."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.finding import Level
from awslint_memo.model.objectives import DISRUPTIONS, Measured, Objectives
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import entries, families, figures, losses, regions, store_objectives, stores
from awslint_memo.relations.recovery.recovery_paths import Bound, Method, Path
from awslint_memo.relations.recovery.timelines import Timeline

_WHEN = {
    "software": "data are deleted or spoiled",
    "hardware": "a machine fails",
    "az": "an Availability Zone is lost",
    "region": "the Region is lost",
}


@record(frozen=True)
class Judged:
    """A store after one disruption: its bound, its objectives, and a drill, if there was one.

    reaches_differ: whether one can go back farther in some of the deployments that this stands for. entry: of those
    that lead to its family in the lost Region, the one that leads to another Region soonest; None where there is none,
    or after another disruption.
    """

    store: stores.Store
    disruption: str
    bound: Bound
    objectives: Objectives
    drill: Measured | None
    reaches_differ: bool = False
    entry: Timeline | None = None

    @property
    def when(self) -> str:
        """The disruption in words, behind "when"."""
        return _WHEN[self.disruption]

    @property
    def rpo(self) -> float | None:
        """The seconds of data that may be lost."""
        return self.objectives.rpo(self.disruption)

    @property
    def rto(self) -> float | None:
        """The seconds that recovery may take."""
        return self.objectives.rto(self.disruption)

    @property
    def rpo_verdict(self) -> str | None:
        """Whether the RPO is met."""
        return self.bound.rpo(self.rpo)

    @property
    def is_rpo_missed(self) -> bool:
        """Whether the RPO is missed: for sure, typically, or by arithmetic."""
        return self.rpo_verdict in figures.MISSED

    @property
    def rto_verdict(self) -> str | None:
        """Whether the RTO is met. What is behind entries is not back before one of them leads to it; a drill tells it
        all."""
        return "unmet" if self.is_entry_late else self.bound.rto(self.rto, self.drill.took if self.drill else None)

    @property
    def is_entry_late(self) -> bool:
        """Whether the time until requests go to another Region is above the RTO by itself."""
        if self.entry is None or self.rto is None or self.drill is not None:
            return False
        return self.entry.least > self.rto

    @property
    def keep_verdict(self) -> str | None:
        """Whether one can go as far back as is asked for: met, unmet or unknown; None without that objective."""
        keep = self.objectives.keep if self.disruption == "software" else None
        if keep is None:
            return None
        if self.bound.reach is not None and self.bound.reach >= keep:
            return "met"
        reaches = [inf if way.reach is None else way.reach for way in self.bound.ways]
        return "unmet" if all(seconds < keep for seconds in reaches) else "unknown"

    @property
    def kept_loss(self) -> str:
        """What is lost by what goes back as far as is asked for, where the RPO is met only by what does not go so far;
        else an empty text."""
        keep = self.objectives.keep
        if self.keep_verdict != "met" or keep is None or self.rpo_verdict not in figures.MET:
            return ""
        bound = Bound([way for way in self.bound.sure if way.reach is not None and way.reach >= keep])
        return "" if bound.rpo(self.rpo) in figures.MET else losses.figure(bound).brief

    @property
    def verdicts(self) -> list[str]:
        """What is said of each objective that there is."""
        return [verdict for verdict in (self.rpo_verdict, self.rto_verdict, self.keep_verdict) if verdict is not None]

    @property
    def is_unprotected(self) -> bool:
        """Whether there is no way at all, and a rule for the disruption says so: recovery-no-backup, and its like."""
        return not self.bound.ways and self.has_rule

    @property
    def has_rule(self) -> bool:
        """Whether a rule for the disruption says so where nothing brings the data back."""
        is_zone = self.disruption == "az" and self.store.resource.type in stores.IN_A_ZONE
        return self.disruption in ("software", "region") or is_zone

    @property
    def loss(self) -> str:
        """What is lost, for people."""
        return loss(self.bound)

    @property
    def loses(self) -> str:
        """The same as a sentence's beginning: "loses 24h of data or more", "is expected to lose 32h of data"."""
        figure, bound = losses.figure(self.bound), self.bound
        if not bound.ways:
            return "loses all data"
        if self.rpo_verdict == "unmet":
            return f"loses {compact(bound.floor)} of data or more"
        if figure.kind == losses.EXPECTED and figure.seconds is not None:
            return f"is expected to lose {compact(figure.seconds)} of data{' or more' if figure.is_least else ''}"
        if figure.kind == losses.TYPICAL and figure.seconds is not None:
            return f"typically loses {compact(figure.seconds)} of data"
        return f"loses data ({figure.words})"

    def place(self, key: str) -> str:
        """Where an objective is declared."""
        return self.objectives.place(f"{self.disruption}.{key}", key)

    def level(self, key: str, *, is_sure: bool = True) -> Level | None:
        """The level of a finding against an objective: the rule's own (None), or advice where something is not sure."""
        is_assumed = self.objectives.is_assumed(f"{self.disruption}.{key}", key)
        return None if is_sure and not is_assumed else "advice"


def judged(resource: Resource) -> list[Judged]:
    """A resource after each disruption; empty if it is no store of its own, or is made again."""
    store = stores.store(resource)
    if store is None or store.note:
        return []
    objectives = store_objectives.objectives(resource)
    if objectives.rebuildable is not None:
        return []
    # Only an objective makes it worth to look at the entries.
    entry = None if objectives.rto("region") is None else entries.floor(families.family_of(resource))
    return [
        Judged(
            store,
            name,
            store.bound(name),
            objectives,
            store_objectives.measured(resource, name),
            entry=entry if name == "region" else None,
        )
        for name in DISRUPTIONS
        if name != "region" or not regions.stands_by(resource.deployment)
    ]


def together(verdicts: Sequence[Judged]) -> list[list[Judged]]:
    """Those with the same objective, verdict and best way, which are one decision."""
    groups: dict[tuple[object, ...], list[Judged]] = {}
    for verdict in verdicts:
        best = verdict.bound.best
        key = (
            verdict.rpo,
            verdict.rpo_verdict,
            None if best is None else best.how,
            verdict.bound.floor,
            verdict.level("rpo"),
        )
        groups.setdefault(key, []).append(verdict)
    return list(groups.values())


def loss(bound: Bound) -> str:
    """What is lost, for people: nothing, 5m typically, 32h expected, 24h or more, everything, not told."""
    return losses.figure(bound).words


def back(bound: Bound) -> str:
    """How one gets back, for people: "failover, 2m typically", "restore", "none", "not told"."""
    way = bound.way
    if way is None:
        return "none" if not bound.ways else "not told"
    takes = f", {way.back_quoted}" if way.back_quoted else ""
    takes = takes if way.back_typical is None else f", {compact(way.back_typical)} typically"
    other = _told_by_another(bound, way)
    return f"{way.back.word}{takes}" if other is None else f"{way.back.word}{takes}; that loss by {other.back.word}"


def _told_by_another(bound: Bound, easiest: Path) -> Path | None:
    """The way of which the loss is told, where the easiest one has no figure of its own."""
    if easiest.usual is not None or easiest.expected is not None or easiest.ceiling is not None:
        return None
    told = [way for way in bound.sure if way.typical is not None and way.back != easiest.back]
    return min(told, key=lambda way: way.typical or 0, default=None)


def is_slow(way: Path | None) -> bool:
    """Whether data are copied back, which takes the longer the more they are."""
    return way is not None and way.back == Method.RESTORE
