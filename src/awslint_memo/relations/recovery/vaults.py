"""The vaults in which the backups of a store lie that are kept long enough."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import plans
from awslint_memo.relations.recovery.reasons import days
from awslint_memo.relations.recovery.ways import Bound


@record(frozen=True)
class Kept:
    """Backups that are kept long enough: the vault that a rule of a plan names; None if it is not known here."""

    vault: Resource | None
    named: Value


def long_kept(store: Resource, bound: Bound, seconds: float) -> list[Kept] | None:
    """Where the backups of a store lie that are kept for so long, or may be; None if others than those of AWS Backup
    may be kept for so long too."""
    found = plans.selected(store)
    others = [way for way in bound.seen if not any(one.way_of(way) for one in found)]
    if any(way.reach is None or way.reach >= seconds for way in others):
        return None
    return [kept for one in found for kept in _of_rule(one, seconds)]


def _of_rule(one: plans.Selected, seconds: float) -> Iterator[Kept]:
    gapped = one.rule.get("TargetLogicallyAirGappedBackupVaultArn")
    if not gapped.is_absent:
        yield Kept(None, gapped)
    for kept in backup.kept(one.rule):
        length = inf if kept.days.is_absent or kept.days.number == -1 else days(kept.days)
        if length is None or length >= seconds:
            yield Kept(backup.vault(one.plan, kept.vault), kept.vault)


def lock(vault: Resource) -> str | None:
    """What the lock of a vault lacks, in words: "no lock", or "a lock that can be taken away"; None if it is locked, or
    if that is not known."""
    if vault.type != backup.VAULT or vault.is_open:
        return None
    written = vault.get("LockConfiguration")
    if written.is_absent:
        return "no lock"
    # Without these days of grace, the lock never becomes final.
    return "a lock that can be taken away" if written.get("ChangeableForDays").is_absent and written.is_known else None
