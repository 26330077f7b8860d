"""The rules of AWS Backup plans that back up a store: how far their backups are apart, how long they are kept, and what
that bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.schedules import longest_gap
from awslint_memo.model.secret import without_keys
from awslint_memo.model.value import Value
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.periodic_backups import expected, gaps_between
from awslint_memo.relations.recovery.recovery_paths import Path, days


@record(frozen=True)
class Selected:
    """A rule of a plan that makes backups of a store, and whether it surely does.

    selection: what names the store. doubt: what is not told of that, and what to do; None where it surely selects it.
    """

    plan: Resource
    selection: Resource
    rule: Value
    sure: bool
    doubt: tuple[str, str] | None = None

    def way_of(self, way: Path) -> bool:
        """Whether a way back is by the backups of this rule's plan."""
        return way.how == self.how

    @property
    def how(self) -> str:
        """What reports call the backups of its plan; by its name, if the plan has others that are kept otherwise."""
        name = self.rule.get("RuleName").text if len(backup.rules(self.plan)) > 1 else None
        return f"AWS Backup plan {self.plan.title}{f', rule {without_keys(name)}' if name else ''}"

    @property
    def schedule(self) -> str | None:
        """The expression by which it runs; None if it is not known."""
        written = self.rule.get("ScheduleExpression")
        return backup.DEFAULT_SCHEDULE if written.is_absent else written.text


def gaps(entries: Sequence[Selected]) -> tuple[float, float]:
    """The longest and the average time between two backups by all of these rules."""
    zones = {entry.rule.get("ScheduleExpressionTimezone").text or "" for entry in entries}
    schedules = [entry.schedule for entry in entries]
    return gaps_between(schedules, facts.SHORTEST_INTERVAL, is_one_zone=len(zones) <= 1)


def lasting(entries: Sequence[Selected]) -> Sequence[Selected]:
    """The rules whose backups are there until the next ones are made, as far as is known, of several; those of others
    are gone on most days, so that nothing is to be expected of them where there are better ones."""
    kept = [entry for entry in entries if not _is_fleeting(entry)]
    return kept if any(entry.sure for entry in kept) else entries


def _is_fleeting(entry: Selected) -> bool:
    gap = longest_gap(entry.schedule) if entry.schedule is not None else None
    kept = reach(entry, is_continuous=False)
    switch = entry.rule.get("EnableContinuousBackup")
    is_continuous = not (switch.is_absent or switch.flag is False)
    return gap is not None and kept is not None and kept < gap and not is_continuous


def loss_expected(entry: Selected, floor: float, *, is_copied: bool = False) -> tuple[float, float | None]:
    """What is lost by arithmetic with a rule; see `periodic_backups.expected`."""
    gap = longest_gap(entry.schedule) if entry.schedule is not None else None
    start = _minutes(entry.rule.get("StartWindowMinutes"), facts.START_WINDOW.value)
    least, most = expected(gap, None if start is None else 60 * start, floor, is_copied=is_copied)
    return least, most if most is not None and _is_kept_for(entry, most) else None


def ceiling(entries: Sequence[Selected]) -> float | None:
    """How old the latest backup by a plan surely is, if jobs succeed; not told of several rules, which AWS may join."""
    if len(entries) != 1 or entries[0].schedule is None:
        return None
    rule = entries[0].rule
    gap = longest_gap(entries[0].schedule)
    start = _minutes(rule.get("StartWindowMinutes"), facts.START_WINDOW.value)
    complete = _minutes(rule.get("CompletionWindowMinutes"), facts.COMPLETION_WINDOW.value)
    if gap is None or start is None or complete is None:
        return None
    oldest = gap + 60 * (start + complete)
    return oldest if _is_kept_for(entries[0], oldest) else None


def untold_keep(entry: Selected) -> tuple[str, str] | None:
    """That it is not told how long the backups are kept, so that there may be none before the next is made."""
    if reach(entry, is_continuous=False) is not None:
        return None
    return f"how long {entry.how} keeps its backups", "give the value of DeleteAfterDays"


def _is_kept_for(entry: Selected, seconds: float) -> bool:
    """Whether a backup surely is there still when it is so old: one that is deleted before the next is made leaves
    nothing to restore."""
    kept = reach(entry, is_continuous=False)
    return kept is not None and kept >= seconds


def _minutes(written: Value, default: int) -> float | None:
    return default if written.is_absent else written.number


def reach(entry: Selected, *, is_continuous: bool) -> float | None:
    """How far back one can go by the backups of a rule; None if that is not told."""
    kept = entry.rule.get("Lifecycle.DeleteAfterDays")
    if kept.is_absent or kept.number == -1:
        return inf
    seconds = days(kept)
    longest = backup.LONGEST_CONTINUOUS * 24 * 60 * 60.0
    return min(seconds, longest) if is_continuous and seconds is not None else seconds
