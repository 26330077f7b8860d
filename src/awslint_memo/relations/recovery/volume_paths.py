"""Recovery paths for volumes of EBS: the snapshots that Data Lifecycle Manager makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.record import record, replace
from awslint_memo.model.schedules import longest_gap
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import facts, figures, regions
from awslint_memo.relations.recovery.periodic_backups import expected, gaps_between
from awslint_memo.relations.recovery.recovery_paths import Method, Path, at_least, in_seconds, stands
from awslint_memo.relations.recovery.tags import bears_exactly

VOLUME = "AWS::EC2::Volume"
POLICY = "AWS::DLM::LifecyclePolicy"
_UNITS = {"DAYS": 1, "WEEKS": 7, "MONTHS": 30, "YEARS": 365}

_FAILURES = (
    "whether a volume outlives the failure: AWS documents how many fail in a year",
    "keep snapshots, and declare `measured`",
)


@record(frozen=True)
class Snapshots:
    """A schedule that makes snapshots of a volume. gap: seconds between two; None if that is not known.

    expression: as it is compared with others; None if it is not known. copies: what says where copies go. start:
    the seconds in which one begins; None if no page says it. is_by_age: whether one is deleted when it is so old, be
    the next one there or not.
    """

    policy: Resource
    place: Value
    expression: str | None
    kept: float | None
    copies: Sequence[Value]
    sure: bool
    start: float | None = None
    is_by_age: bool = False

    @property
    def is_kept_on(self) -> bool:
        """Whether the newest snapshot surely is kept until the next one begins."""
        if not self.is_by_age or self.gap is None or self.start is None:
            return True
        return self.kept is not None and self.kept >= self.gap + self.start

    @property
    def gap(self) -> float | None:
        """The longest time between two snapshots of this schedule."""
        return None if self.expression is None else longest_gap(self.expression)


def volume(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back for a volume."""
    if disruption == "hardware":
        # A component that fails loses nothing; volumes fail now and then nevertheless, and then all of one is lost.
        reasons = stands(store, "a volume is replicated within its zone")
        way = at_least("copies in its zone", facts.VOLUME_COPIES, Method.NOTHING, reasons, sure=False)
        yield replace(way, doubt=_FAILURES)
    found = list(snapshots(store))
    if disruption == "region":
        apart = [(one, _is_copied(store, one)) for one in found]
        found = [_copied(one, is_copied) for one, is_copied in apart if is_copied is not False]
    floor, average = gaps_between([one.expression for one in found], facts.SNAPSHOT_SCHEDULES)
    for one in found:
        gap = f", up to {compact(one.gap)} apart" if one.gap is not None else ""
        copied = ", copied" if disruption == "region" else ""
        yield Path(
            f"snapshots by {one.policy.title}",
            floor,
            Method.RESTORE,
            facts.SNAPSHOT_SCHEDULES.page,
            reach=one.kept if disruption == "software" else None,
            expected=_expected(one, floor, disruption),
            sure=one.sure,
            because=((one.place.place, f"{one.expression or 'a schedule that is not known'}{gap}{copied}"),),
            every=(POLICY, average),
            region=one.copies[0].text if disruption == "region" and len(one.copies) == 1 else None,
        )


def snapshots(store: Resource) -> Iterator[Snapshots]:
    """The schedules of this deployment that make snapshots of a volume, or may."""
    for policy in store.deployment.of_type(POLICY):
        state = policy.get("State", default="ENABLED").text
        if state == "DISABLED":
            continue
        is_sure = state == "ENABLED" and bool(policy.copies.number) and regions.is_apart(store, policy) is False
        default = policy.get("DefaultPolicy")
        if not default.is_absent:
            yield from _by_default(policy, default, is_sure)
            continue
        written = policy.get("PolicyDetails.Schedules")
        # Each takes about as long as a few comparisons of texts.
        if not spend("comparisons", 5 + len(policy.get("PolicyDetails.TargetTags").items)):
            yield Snapshots(policy, written, None, None, (), sure=False)
            return
        takes = _is_target(policy, store)
        if takes is False:
            continue
        if not written.is_known:
            yield Snapshots(policy, written, None, None, (), sure=False)
        for item in written.items:
            yield _schedule(policy, item, is_sure and takes is True)


def _expected(one: Snapshots, floor: float, disruption: str) -> tuple[float, float | None]:
    """What is lost by arithmetic; without a most where a snapshot may be deleted before the next one is there."""
    least, most = expected(one.gap, one.start, floor, is_copied=disruption == "region")
    return least, most if one.is_kept_on else None


def _schedule(policy: Resource, one: Value, is_sure: bool) -> Snapshots:
    rule = one.get("CreateRule")
    hours, cron = rule.get("Interval").number, rule.get("CronExpression").text
    expression = cron if cron is not None else f"rate({hours:g} hours)" if hours else None
    gap = None if expression is None else longest_gap(expression)
    kept = _kept(one.get("RetainRule"), gap)
    start = float(figures.SNAPSHOT_START.value) if cron is None else None
    is_by_age = one.get("RetainRule.Count").is_absent
    return Snapshots(policy, rule, expression, kept, _copies(one), is_sure, start, is_by_age)


def _copies(schedule: Value) -> Sequence[Value]:
    return [_first(item.get("Target"), item.get("TargetRegion")) for item in schedule.get("CrossRegionCopyRules").items]


def _first(one: Value, other: Value) -> Value:
    return other if one.is_absent else one


def _kept(rule: Value, gap: float | None) -> float | None:
    count, interval = rule.get("Count").number, rule.get("Interval").number
    if count is not None:
        return None if gap is None else count * gap
    days = _UNITS.get(rule.get("IntervalUnit").text or "")
    return None if interval is None or days is None else in_seconds(interval * days)


def _by_default(policy: Resource, kind: Value, is_sure: bool) -> Iterator[Snapshots]:
    """A default policy makes snapshots of all volumes that have no recent ones, but for those that it leaves out."""
    if kind.text not in ("VOLUME", None):
        return
    every, kept = facts.DEFAULT_SNAPSHOTS.value
    details = policy.get("PolicyDetails")
    days = _number(_first(policy.get("CreateInterval"), details.get("CreateInterval")), every)
    reach = _number(_first(policy.get("RetainInterval"), details.get("RetainInterval")), kept)
    expression = None if days is None else f"rate({days:g} days)"
    targets = policy.get("CrossRegionCopyTargets")
    copies = [item.get("TargetRegion") for item in targets.items]
    is_whole = policy.get("Exclusions").is_absent and details.get("Exclusions").is_absent
    sure = is_sure and is_whole and kind.text == "VOLUME"
    yield Snapshots(policy, kind, expression, None if reach is None else in_seconds(reach), copies, sure)


def _number(written: Value, default: int) -> float | None:
    return default if written.is_absent else written.number


def _is_target(policy: Resource, store: Resource) -> bool | None:
    """Whether a policy surely makes snapshots of a volume (True), surely not (False), or may (None)."""
    details = policy.get("PolicyDetails")
    if details.get("PolicyType").text == "EVENT_BASED_POLICY":
        return False
    kinds = {item.text for item in details.get("ResourceTypes").items}
    wanted = [(item.get("Key").text, item.get("Value").text) for item in details.get("TargetTags").items]
    if details.is_unknown or "VOLUME" not in kinds or not wanted:
        # Of instances, snapshots are made of the volumes that are attached to them, which may be any.
        return None
    found = [None if key is None or value is None else bears_exactly(store, key, value) for key, value in wanted]
    return True if True in found else None if None in found else False


def _is_copied(store: Resource, one: Snapshots) -> bool | None:
    """Whether snapshots are surely copied to another Region, which a copy to an Outpost is not."""
    found = [None if to.text is None or ":" in to.text else to.text != regions.name(store) for to in one.copies]
    return True if True in found else None if None in found else False


def _copied(one: Snapshots, is_copied: bool | None) -> Snapshots:
    return replace(one, sure=one.sure and is_copied is True)
