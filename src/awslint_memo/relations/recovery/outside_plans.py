"""What the AWS Backup plans of other templates of the run may back up of a store, and what is lost with that."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import backup_plans, facts, regions, selections
from awslint_memo.relations.recovery.backup_plans import Selected
from awslint_memo.relations.recovery.recovery_paths import Method, Path, stands

_GAPPED = "TargetLogicallyAirGappedBackupVaultArn"
_BACKUP = "declare under `elsewhere` what it makes"


@record(frozen=True)
class _Loss:
    """What is lost with the backups of a plan: at least, and by arithmetic, at least and at most; None if not told."""

    floor: float
    expected: tuple[float, float | None] | None = None


def told(resource: Resource) -> str:
    """What reports call a resource of another template."""
    return f"{resource.title} of another template"


def paths(store: Resource, disruption: str, found: Sequence[Resource], kin: Collection[int]) -> Iterator[Path]:
    """The ways back by the selections of other templates that may select a store.

    found: the selections of the run. kin: the deployments that are one family with the store's, which are looked at
    more closely elsewhere.
    """
    for selection in found:
        if selection.deployment is store.deployment or id(selection.deployment) in kin:
            continue
        with noted():
            loss = _loss(store, disruption, selection) if _may_select(selection, store) else None
        if loss is not None:
            doubt = f"whether {selection.title} of another template selects it", _BACKUP
            yield Path(
                f"AWS Backup by {told(selection)}",
                loss.floor,
                Method.RESTORE,
                facts.SHORTEST_INTERVAL.page,
                expected=loss.expected,
                sure=False,
                because=stands(selection, f"{selection.title} may select it"),
                doubt=doubt,
                every=("other templates", loss.floor) if loss.floor >= facts.SHORTEST_INTERVAL.value else None,
            )


def _may_select(selection: Resource, store: Resource) -> bool:
    if regions.is_elsewhere(store, regions.name(selection)) is True or _selects_its_own(selection):
        return False
    return not selections.lacks_versions(store) and selections.is_selected(selection, store) is not None


def _selects_its_own(selection: Resource) -> bool:
    """Whether a selection names resources of its own template alone, and asks for no tag."""
    selected = selection.get("BackupSelection")
    by_tag = [selected.get(name) for name in ("ListOfTags", "Conditions")]
    named = selected.get("Resources").items
    is_own = bool(named) and all(next(name.mentions(), None) is not None for name in named)
    return is_own and all(each.is_absent or (each.is_known and not each.items) for each in by_tag)


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
