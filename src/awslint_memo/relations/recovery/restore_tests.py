"""Restore testing plans of AWS Backup: which stores they restore, how often, and from copies in which Region. What they
restore regularly makes the time of a drill credible; how long it took is in their jobs, and in no template.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.schedules import longest_gap
from awslint_memo.model.value import Value
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import backup_plans, selections, tags, timeline_facts
from awslint_memo.relations.recovery.families import Family, family_of
from awslint_memo.relations.recovery.recovery_paths import Method, Path

PLAN = "AWS::Backup::RestoreTestingPlan"
SELECTION = "AWS::Backup::RestoreTestingSelection"

_TAG = "aws:ResourceTag/"


@record(frozen=True)
class RestoreTest:
    """That a plan restores a store. every: the longest time in seconds between two tests; None if it is not known.

    sure: False if it only may. region: where the plan runs, so where the backups are that it restores; None if it is
    not known.
    """

    plan: Resource
    selection: Resource
    every: float | None
    sure: bool
    region: str | None


def of_store(store: Resource) -> list[RestoreTest]:
    """The tests that restore a store, those first that surely do."""
    if not is_testable(store):
        return []
    family, tests = family_of(store), []
    for plan in _plans(family):
        for selection in selections_of(family, plan):
            answers = [_selects(selection, store), _has_backups(plan, store)]
            if False not in answers:
                region = family.region(plan)
                tests.append(RestoreTest(plan, selection, interval(plan), None not in answers, region))
    return sorted(tests, key=lambda test: not test.sure)


def is_testable(store: Resource) -> bool:
    """Whether restore tests know the type of a store."""
    return store.type in timeline_facts.TESTED_TYPES.value


def is_of_backup(way: Path | None) -> bool:
    """Whether a way back is a restore of what a plan of AWS Backup keeps."""
    return way is not None and way.back == Method.RESTORE and way.by is not None and way.by.type == backup_plans.PLAN


def plans(store: Resource) -> list[Resource]:
    """The restore testing plans of what a store belongs to."""
    return _plans(family_of(store))


def _plans(family: Family) -> list[Resource]:
    return [member.resource for member in family.members(PLAN)]


def selections_of(family: Family, plan: Resource) -> Iterator[Resource]:
    """The selections that are, or may be, of a plan."""
    for member in family.members(SELECTION):
        selection = member.resource
        name = selection.get("RestoreTestingPlanName")
        is_here = selection.deployment is plan.deployment and (plan.may_be_named_by(name) or name.is_unknown)
        if is_here or name.is_same_as(plan.get("RestoreTestingPlanName")) is True:
            yield selection


def interval(plan: Resource) -> float | None:
    """The longest time between two runs of a plan in seconds; None if its schedule is not known."""
    written = plan.get("ScheduleExpression")
    expression = timeline_facts.TEST_SCHEDULE.value if written.is_absent else written.text
    return None if expression is None else longest_gap(expression)


def type_name(store: Resource) -> str:
    """What a selection calls the type of a store: the same as the settings of a Region do."""
    return backup.opt_in_name(store)


def _selects(selection: Resource, store: Resource) -> bool | None:
    """Whether a selection surely selects a store (True) or surely does not (False); None if it may."""
    type_ = selection.get("ProtectedResourceType").text
    if type_ is not None and type_ != type_name(store):
        return False
    listed, conditions = selection.get("ProtectedResourceArns"), selection.get("ProtectedResourceConditions")
    named = [selections.names(value, store) for value in listed.items]
    if listed.is_known and named and all(answer is False for answer in named):
        return False
    fits = list(_conditions(conditions, store))
    if False in fits:
        return False
    is_whole = listed.is_absent or True in named
    return (
        True
        if is_whole and type_ is not None and None not in fits and store.deployment is selection.deployment
        else None
    )


def _conditions(conditions: Value, store: Resource) -> Iterator[bool | None]:
    """Whether each condition on the tags of a store holds."""
    if conditions.is_unknown:
        yield None
    for operator, is_wanted in (("StringEquals", True), ("StringNotEquals", False)):
        for condition in conditions.get(operator).items:
            key, value = condition.get("Key").text, condition.get("Value").text
            if key is None or value is None or not key.startswith(_TAG):
                yield None
                continue
            answer = tags.bears_exactly(store, key.removeprefix(_TAG), value)
            yield None if answer is None else answer is is_wanted


def _has_backups(plan: Resource, store: Resource) -> bool | None:
    """Whether backups of a store surely lie in a vault that a plan restores from; None if they may."""
    included, left_out = (plan.get(f"RecoveryPointSelection.{name}") for name in ("IncludeVaults", "ExcludeVaults"))
    rules = (
        [entry for entry in backup_plans.selected(store) if entry.sure] if plan.deployment is store.deployment else []
    )
    if not left_out.is_absent or not rules:
        return None
    if any(value.text == "*" for value in included.items):
        return True
    vaults = [plan.deployment.find(value, backup.VAULT, backup.AIR_GAPPED) for value in included.items]
    filled = [backup.vault(entry.plan, kept.vault) for entry in rules for kept in backup.kept(entry.rule)]
    return True if any(vault is not None and vault in filled for vault in vaults) else None


def near(tests: Sequence[RestoreTest], region: str | None) -> list[RestoreTest]:
    """The tests that restore, or may restore, what lies in a Region; region as for `covers`."""
    return [test for test in tests if region is None or test.region in (None, region)]


def covers(tests: Sequence[RestoreTest], region: str | None) -> bool | None:
    """Whether some test surely restores what lies in a Region (True), none does (False), or one may (None).

    region: None where it is not known, or does not matter.
    """
    there = near(tests, region)
    if not there:
        return False
    return True if any(test.sure and (region is None or test.region == region) for test in there) else None
