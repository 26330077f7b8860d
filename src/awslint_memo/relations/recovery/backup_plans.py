"""AWS Backup: which stores a plan selects, how often it makes backups of them, and in which vaults these lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.record import record
from awslint_memo.model.schedules import longest_gap
from awslint_memo.model.value import Value
from awslint_memo.relations import backup
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import facts, figures, plan_rules, regions
from awslint_memo.relations.recovery.plan_rules import Selected
from awslint_memo.relations.recovery.recovery_paths import Bound, Method, Path, Reasons, days, stands
from awslint_memo.relations.recovery.selections import is_backed_up, is_selected, selects

PLAN = "AWS::Backup::BackupPlan"
SELECTION = "AWS::Backup::BackupSelection"


def plan_paths(store: Resource, disruption: str) -> Iterator[Path]:
    """The ways back by the plans of this deployment. In another Region, only copies count."""
    if not is_backed_up(store):
        return
    entries = selected(store)
    yield from _unread(store, disruption)
    if disruption == "region":
        yield from _copies(store, entries)
        return
    floor, average = plan_rules.gaps(entries)
    for entry in plan_rules.lasting(entries):
        is_continuous = _is_continuous(store, entry)
        yield Path(
            entry.how,
            not_uploaded(store, disruption) if is_continuous else floor,
            Method.RESTORE,
            facts.SHORTEST_INTERVAL.page,
            typical=float(figures.CONTINUOUS_LOSS.value[store.type]) if is_continuous else None,
            expected=None if is_continuous else plan_rules.loss_expected(entry, floor),
            ceiling=None
            if is_continuous
            else plan_rules.ceiling([each for each in entries if each.plan is entry.plan]),
            reach=plan_rules.reach(entry, is_continuous=is_continuous) if disruption == "software" else None,
            sure=entry.sure,
            because=_reasons(entry),
            doubt=entry.doubt or plan_rules.untold_keep(entry),
            every=None if is_continuous else (PLAN, average),
            by=entry.plan,
        )


def shortest_floor(store: Resource, disruption: str) -> float:
    """What is lost at least with AWS Backup, whatever a plan says."""
    is_continuous = store.type in facts.CONTINUOUS.value and disruption != "region"
    return not_uploaded(store, disruption) if is_continuous else float(facts.SHORTEST_INTERVAL.value)


def not_uploaded(store: Resource, disruption: str) -> float:
    """What is lost at least of the logs, which go with the zone where they have not been uploaded yet."""
    return float(facts.RDS_LOGS.value) if disruption == "az" and store.type == "AWS::RDS::DBInstance" else 0


def _unread(store: Resource, disruption: str) -> Iterator[Path]:
    """Plans whose rules are not known, or that are elsewhere while the selection is here."""
    for selection, plan in store.deployment.once(_selections):
        is_told = plan is not None and plan.get("BackupPlan.BackupPlanRule").is_known
        if not is_told and is_selected(selection, store) is not None:
            yield Path(
                f"AWS Backup by selection {selection.title}",
                shortest_floor(store, disruption),
                Method.RESTORE,
                facts.SHORTEST_INTERVAL.page,
                sure=False,
                because=stands(selection, f"selection {selection.title}, whose plan is not known"),
            )


def _copies(store: Resource, entries: Sequence[Selected]) -> Iterator[Path]:
    copied = [(entry, *_destination(store, entry)) for entry in entries]
    kept = [(entry, sure, region) for entry, sure, region in copied if sure is not False]
    # A copy of a continuous backup is a snapshot, made when the rule runs.
    every = [entry for entry, _, _ in kept]
    floor, average = plan_rules.gaps(every)
    lasting = {id(entry) for entry in plan_rules.lasting(every)}
    for entry, sure, region in (each for each in kept if id(each[0]) in lasting):
        yield Path(
            f"copies of AWS Backup plan {entry.plan.title}",
            floor,
            Method.RESTORE,
            figures.BACKUP_COPIES.page,
            expected=plan_rules.loss_expected(entry, floor, is_copied=True),
            doubt=entry.doubt or (_WHERE if sure is None else _COPY_TIME),
            sure=entry.sure and sure is True,
            because=tuple((place, f"{words}, copied") for place, words in _reasons(entry)),
            every=(PLAN, average),
            region=region,
            by=entry.plan,
        )


_COPY_TIME = "how long a backup and its copy take", "declare under `elsewhere` how old copies are at most"
_WHERE = "in which Region the vault is that a plan copies to", "write its ARN"


def _destination(store: Resource, entry: Selected) -> tuple[bool | None, str | None]:
    """Whether a rule surely copies to another Region (True) or surely does not (False); None if not known. And which
    Region that is, if it is known. What the lock of a vault refuses is no copy."""
    actions = entry.rule.get("CopyActions")
    if actions.is_unknown:
        return None, None
    answers: dict[bool | None, str | None] = {}
    gapped = entry.rule.get("TargetLogicallyAirGappedBackupVaultArn")
    to = backup.copied_to(entry.plan, entry.rule)
    for named in (*to, *([] if gapped.is_absent else [gapped])):
        vault = backup.vault(entry.plan, named)
        apart = regions.is_apart(store, vault) if vault is not None else None
        region = regions.in_arn(named) if vault is None else regions.name(vault)
        answers.setdefault(regions.is_elsewhere(store, region) if apart is None else apart, region)
    return next(((apart, answers[apart]) for apart in (True, None) if apart in answers), (False, None))


def _is_continuous(store: Resource, entry: Selected) -> bool:
    switch = entry.rule.get("EnableContinuousBackup")
    # Multi-AZ DB clusters have none: there, the backup is a snapshot by the schedule.
    is_snapshot = store.type == databases.CLUSTER and databases.is_aurora(store) is False
    is_known = store.type in facts.CONTINUOUS.value and not is_snapshot
    return is_known and not switch.is_absent and switch.flag is not False


def _reasons(entry: Selected) -> Reasons:
    written = entry.rule.get("ScheduleExpression")
    schedule = entry.schedule or "a schedule that is not known"
    gap = longest_gap(entry.schedule) if entry.schedule is not None else None
    words = f"{schedule}{written.note}" + (f", up to {compact(gap)} apart" if gap is not None else "")
    return (((entry.rule if written.is_absent else written).place, words),)


def selected(store: Resource) -> list[Selected]:
    """The rules of this deployment's plans that select a store, or may; not those whose vault refuses the backups."""
    return [
        Selected(plan, selection, rule, sure and bool(plan.copies.number) and bool(selection.copies.number), doubt)
        for selection, plan in store.deployment.once(_selections)
        if plan is not None
        for sure, doubt in selects(selection, store)
        for rule in backup.rules(plan)
        if not backup.is_refused_by_lock(plan, next(backup.kept(rule)))
    ]


def keeping_plans(store: Resource, length: int) -> dict[str, bool]:
    """The plans, by their titles, that surely select a store and keep its backups for so many days; and whether their
    backups are continuous, or may be."""
    return {rule.plan.title: _is_continuous(store, rule) for rule in _keeping(store, length) if rule.sure}


def may_keep(store: Resource, length: int) -> bool:
    """Whether a plan selects a store and keeps its backups for so many days, or may: its Region may not opt in."""
    return any(True for _ in _keeping(store, length))


def _keeping(store: Resource, length: int) -> Iterator[Selected]:
    for entry in selected(store):
        if (plan_rules.reach(entry, is_continuous=False) or 0) >= length * 24 * 60 * 60:
            yield entry


def _selections(deployment: Deployment) -> list[tuple[Resource, Resource | None]]:
    """The selections of this deployment with the plans that they belong to; None for a plan that is not here."""
    return [(selection, selection.follow("BackupPlanId", PLAN)) for selection in deployment.of_type(SELECTION)]


def all_selections(plan: Resource) -> list[Resource]:
    """The selections of a plan, if all of them are of here; none where others may be added."""
    known = plan.deployment.once(_selections)
    own = [selection for selection, its in known if its is plan]
    # A selection whose plan is not known may be one of this plan.
    is_closed = not plan.may_be_completed() and not plan.is_exposed(to_modules=False)
    is_all = all(its is not None or not _may_be_of(selection, plan) for selection, its in known)
    return own if is_closed and is_all else []


def _may_be_of(selection: Resource, plan: Resource) -> bool:
    named = selection.get("BackupPlanId")
    return named.is_unknown or plan.may_be_named_by(named)


@record(frozen=True)
class Kept:
    """Backups that are kept long enough: the vault that a rule of a plan names; None if it is not known here."""

    vault: Resource | None
    named: Value


def long_kept(store: Resource, bound: Bound, seconds: float) -> list[Kept] | None:
    """Where the backups of a store lie that are kept for so long, or may be; None if others than those of AWS Backup
    may be kept for so long too."""
    entries = selected(store)
    others = [way for way in bound.seen if not any(entry.way_of(way) for entry in entries)]
    if any(way.reach is None or way.reach >= seconds for way in others):
        return None
    return [kept for entry in entries for kept in _of_rule(entry, seconds)]


def _of_rule(entry: Selected, seconds: float) -> Iterator[Kept]:
    gapped = entry.rule.get("TargetLogicallyAirGappedBackupVaultArn")
    if not gapped.is_absent:
        yield Kept(None, gapped)
    for kept in backup.kept(entry.rule):
        length = inf if kept.days.is_absent or kept.days.number == -1 else days(kept.days)
        if length is None or length >= seconds:
            yield Kept(backup.vault(entry.plan, kept.vault), kept.vault)


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
