"""What AWS Backup plans beyond the deployment of a store may back up of it, and what is lost with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.secret import without_keys
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import backup_plans, facts, plan_rules, regions, selection_reach, selections
from awslint_memo.relations.recovery.plan_rules import Selected
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
            words = f"{selection.title} may select it{_if_of_plan(store, disruption, selection)}"
            yield Path(
                f"AWS Backup by {selection.title} of {of}",
                loss.floor,
                Method.RESTORE,
                facts.SHORTEST_INTERVAL.page,
                expected=loss.expected,
                sure=False,
                because=stands(selection, words),
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
    floor, _ = plan_rules.gaps(entries)
    expected = (plan_rules.loss_expected(entry, floor, is_copied=disruption == "region") for entry in entries)
    return _Loss(floor, min(expected, key=lambda loss: loss[0]))


def _if_of_plan(store: Resource, disruption: str, selection: Resource) -> str:
    """What is lost with the only plan of the run, where nothing tells which plan a selection is of; else empty."""
    whole = store.deployment.declared.landscape
    with noted():
        if whole is None or selection.follow("BackupPlanId", backup_plans.PLAN) is not None:
            return ""
        plans: list[Resource] = whole.once(_plans)
        if len(plans) != 1 or not plans[0].get("BackupPlan.BackupPlanRule").is_known:
            return ""
        [plan] = plans
        is_away = disruption == "region"
        entries = [Selected(plan, selection, rule, sure=False) for rule in backup.rules(plan)]
        entries = [entry for entry in entries if not is_away or _has(entry, "CopyActions", _GAPPED)]
        if not entries or (not is_away and any(_has(entry, "EnableContinuousBackup") for entry in entries)):
            return ""
        floor, _ = plan_rules.gaps(entries)
        every = (plan_rules.loss_expected(entry, floor, is_copied=is_away) for entry in entries)
        least, most = min(every, key=lambda loss: loss[0])
        vaults = _vaults(entries) if is_away else ""
    loses = f"{compact(least)} or more expected" if most is None else f"{compact(most)} expected"
    return f"; {loses} if it is of {without_keys(plan.title)}, the only plan that was read{vaults}"


def _plans(templates: Iterable[Sequence[Deployment]]) -> list[Resource]:
    """The plans of a run, each once, however many deployments its template has."""
    every = (plan for each in templates for deployment in each for plan in deployment.own_of_type(backup_plans.PLAN))
    with noted():
        return list({plan.place.span: plan for plan in every}.values())


def _vaults(entries: Sequence[Selected]) -> str:
    """Where the copies by some rules are, as far as that was read."""
    named = [(entry.plan, arn) for entry in entries for arn in backup.copied_to(entry.plan, entry.rule)]
    vaults = [vault for plan, arn in named if (vault := backup.vault(plan, arn)) is not None]
    where = [f"{vault.title}{f' in {place}' if (place := regions.name(vault)) else ''}" for vault in vaults]
    return f", which copies to {listed(list(dict.fromkeys(where)), 2)}" if where else ""


def _has(entry: Selected, *names: str) -> bool:
    """Whether a rule has one of these properties, or may."""
    return any(not entry.rule.get(name).is_absent for name in names)
