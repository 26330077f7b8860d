"""What AWS Backup plans beyond the deployment of a store may back up of it, and what is lost with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import backup_plans, facts, regions, selection_reach, selections
from awslint_memo.relations.recovery.backup_plans import Selected
from awslint_memo.relations.recovery.recovery_paths import Method, Path, stands

_GAPPED = "TargetLogicallyAirGappedBackupVaultArn"
_BACKUP = "declare under `elsewhere` what it makes"


@record(frozen=True)
class _Loss:
    """What is lost with the backups of a plan: at least, and by arithmetic, at least and at most; None if not told."""

    floor: float
    expected: tuple[float, float | None] | None = None


def paths(store: Resource, disruption: str, found: Iterable[Resource], of: str) -> Iterator[Path]:
    """The ways back by selections that do not stand in the deployment of a store, and may select it.

    found: these selections. of: what reports call where they stand, as "another template".
    """
    for selection in found:
        with noted():
            loss = _loss(store, disruption, selection) if _may_select(selection, store) else None
        if loss is not None:
            doubt = f"whether {selection.title} of {of} selects it", _BACKUP
            yield Path(
                f"AWS Backup by {selection.title} of {of}",
                loss.floor,
                Method.RESTORE,
                facts.SHORTEST_INTERVAL.page,
                expected=loss.expected,
                sure=False,
                because=stands(selection, f"{selection.title} may select it"),
                doubt=doubt,
                # Logs that have not been uploaded are lacking whoever makes the backups.
                every=(of, loss.floor) if loss.floor >= facts.SHORTEST_INTERVAL.value else None,
            )


def _may_select(selection: Resource, store: Resource) -> bool:
    if regions.is_elsewhere(store, regions.name(selection)) is True or selection_reach.names_its_own(selection):
        return False
    return not selections.lacks_versions(store) and selections.is_selected(selection, store) is not None


def _loss(store: Resource, disruption: str, selection: Resource) -> _Loss | None:
    """What is lost with the backups of the plan of a selection; None where none of them helps.

    In another Region only copies help, which are snapshots also where the backups are continuous.
    """
    plan = selection.follow("BackupPlanId", backup_plans.PLAN)
    if plan is None or not plan.get("BackupPlan.BackupPlanRule").is_known:
        return _Loss(backup_plans.shortest_floor(store, disruption))
    entries = [Selected(plan, selection, rule, sure=False) for rule in backup.rules(plan)]
    if disruption == "region":
        entries = [entry for entry in entries if _has(entry, "CopyActions", _GAPPED)]
    elif any(_has(entry, "EnableContinuousBackup") for entry in entries):
        return _Loss(backup_plans.shortest_floor(store, disruption))
    if not entries:
        return None
    floor, _ = backup_plans.gaps(entries)
    expected = (backup_plans.loss_expected(entry, floor, is_copied=disruption == "region") for entry in entries)
    return _Loss(floor, min(expected, key=lambda loss: loss[0]))


def _has(entry: Selected, *names: str) -> bool:
    """Whether a rule has one of these properties, or may."""
    return any(not entry.rule.get(name).is_absent for name in names)
