"""Which services a plan of AWS Backup backs up: whether they have cold storage, and whether a test restores them."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations import backup
from awslint_memo.relations.recovery import facts
from awslint_memo.relations.recovery.backup_plans import all_selections


def warm_selections(plan: Resource) -> list[Resource]:
    """The selections of a plan, if all that it backs up surely has no cold storage; none where it may have."""
    own = all_selections(plan)
    return own if all(map(_is_warm, own)) else []


def backs_up_others(plan: Resource, tester: Resource) -> bool:
    """Whether a plan surely backs up stores of other services alone than those that a restore test restores."""
    tests = tester.deployment.of_type(backup.TEST)
    named = [(test, test.get("RestoreTestingPlanName")) for test in tests]
    if any(name.is_unknown for _, name in named):
        return False
    written = tester.get("RestoreTestingPlanName")
    own = [test for test, name in named if tester.may_be_named_by(name) or name.is_same_as(written)]
    tested = {test.get("ProtectedResourceType").text for test in own}
    selections = all_selections(plan)
    services = [_services(selection) for selection in selections]
    is_known = bool(tested) and None not in tested and bool(services) and all(services)
    return is_known and tested.isdisjoint(service for each in services for service in each)


def _services(selection: Resource) -> set[str]:
    """What the settings of a Region call the services of all that a selection names; none if that is not known."""
    named = selection.get("BackupSelection.Resources")
    each = [_services_of(selection, value) for value in named.items] if named.is_known else []
    return set().union(*each) if all(each) else set()


def _services_of(selection: Resource, value: Value) -> set[str]:
    store = selection.deployment.find(value)
    if store is not None:
        return {backup.opt_in_name(store)} if store.type in backup.OPT_IN_NAMES else set()
    said = backup.tested_as(selection, value)
    fields = [] if value.pattern is None else value.pattern.split(":", 5)
    written = fields[2].literal if len(fields) > 2 else None
    types = (type_ for type_ in backup.OPT_IN_NAMES if facts.BACKED_UP.value.get(type_, ("",))[0] == written)
    return {said} if said else {backup.OPT_IN_NAMES[type_] for type_ in types} if written else set()


def _is_warm(selection: Resource) -> bool:
    """Whether a selection surely names nothing but what has no cold storage; its tags only narrow it."""
    named = selection.get("BackupSelection.Resources")
    return named.is_known and bool(named.items) and all(_is_of_warm(selection, value) for value in named.items)


def _is_of_warm(selection: Resource, value: Value) -> bool:
    store = selection.deployment.find(value)
    if store is not None:
        return store.type in backup.WITHOUT_COLD
    fields = [] if value.pattern is None else value.pattern.split(":", 5)
    services = {facts.BACKED_UP.value[type_][0] for type_ in backup.WITHOUT_COLD}
    names = {backup.OPT_IN_NAMES[type_] for type_ in backup.WITHOUT_COLD}
    is_written = len(fields) > 2 and fields[2].literal in services
    return is_written or backup.tested_as(selection, value) in names
