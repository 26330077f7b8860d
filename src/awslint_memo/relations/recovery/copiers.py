"""Programs, schedules and services of a deployment that may copy the data of a store, or make backups of it."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.secret import without_keys
from awslint_memo.model.span import Place
from awslint_memo.relations import backup, dynamodb
from awslint_memo.relations.iam import roles, service_takers
from awslint_memo.relations.namers import may_be_named
from awslint_memo.relations.recovery import cluster_kinds, facts, selections, service_types

_SCHEDULE = "AWS::Scheduler::Schedule"


@record(frozen=True)
class Copier:
    """What may make copies. place: where that is written. words: what it is. doubt: what is not told of it."""

    place: Place
    words: str
    doubt: str


def of(store: Resource) -> Copier | None:
    """What of a store's deployment may copy its data, or make backups of it; None where nothing may."""
    deployment = store.deployment
    for resource in deployment.once(_services):
        if store.type in facts.COPIERS.value[resource.type]:
            return _named(resource)
    called = deployment.once(_called).get(_family(store.type))
    if called is not None:
        return called
    if selections.is_backed_up(store) and (made := _allowed(deployment, *backup.BACKUP_CALLS)) is not None:
        return made
    if cluster_kinds.service(store) not in (dynamodb.TABLE, dynamodb.GLOBAL_TABLE, cluster_kinds.DOCUMENTS):
        return None
    if may_be_named(store, dynamodb.MAPPING, "EventSourceArn") or may_be_named(store, dynamodb.PIPE, "Source"):
        doubt = "which copies what reads its stream makes"
        return Copier(store.place, "what reads its stream may make copies", doubt)
    return None


def is_one(program: Resource) -> bool:
    """Whether a function surely does nothing but make copies of what is in its Region, by all that its role lets it do:
    once that is lost, nothing waits for it."""
    is_function = program.type == service_types.FUNCTION
    role = program.deployment.find(program.get("Role"), roles.ROLE) if is_function else None
    if role is None or roles.may_get_more(role):
        return False
    allowed = [each for each in roles.policies(role).statements if each.get("Effect").text == "Allow"]
    actions = [action.text or "" for each in allowed for action in each.get("Action").items]
    if not all(each.get("NotAction").is_absent and each.get("Action").is_known for each in allowed):
        return False
    copies = [action for action in actions if action in _COPY_CALLS]
    return bool(copies) and all(action in copies or _BESIDE.fullmatch(action) for action in actions)


_COPY_CALLS = frozenset(call for calls in facts.COPY_CALLS.value.values() for call in calls)
_BESIDE = regex(r"(?:kms|logs|sns):\w+|[\w-]+:(?:CreateTags|Describe\w+|Delete\w*Snapshot)")
"""What a program that makes copies does with them beside that, and what it tells of it."""


def _family(type_: str) -> str:
    """How a type begins, as AWS::RDS."""
    return type_.rpartition("::")[0]


def _services(deployment: Deployment) -> list[Resource]:
    return list(deployment.of_type(*facts.COPIERS.value))


def _named(resource: Resource) -> Copier:
    title = without_keys(resource.title)
    return Copier(resource.place, f"{title} may make copies", f"which copies {title} makes")


def _called(deployment: Deployment) -> Mapping[str, Copier]:
    """For how types begin, what may make backups or copies of them."""
    # A Scheduler's schedule that calls an API names it in its target: arn:aws:scheduler:::aws-sdk:rds:createDBSnapshot.
    scheduled: dict[str, Resource] = {}
    for schedule in deployment.of_type(_SCHEDULE):
        _, is_call, called = (schedule.get("Target.Arn").text or "").partition(":aws-sdk:")
        if is_call:
            scheduled.setdefault(called.partition(":")[0].lower(), schedule)
    found: dict[str, Copier] = {}
    for family, calls in facts.COPY_CALLS.value.items():
        services = calls[0].partition(":")[0], family.rpartition("::")[2].lower()
        schedules = [scheduled[service] for service in services if service in scheduled]
        copier = _named(schedules[0]) if schedules else _allowed(deployment, *calls)
        if copier is not None:
            found[family] = copier
    return found


def _is_of_backup(holder: Resource) -> bool:
    return service_takers.is_only_for(holder, backup.SERVICE)


def _allowed(deployment: Deployment, *calls: str) -> Copier | None:
    """The policy that allows a program to make copies: one whose statements are known rather than another."""
    # By a role that AWS Backup alone can take, no program does anything: what that makes is told of its plans.
    every = roles.allowances(deployment, *calls, leaves_out=_is_of_backup)
    surely = next((value.place for value, is_sure in every if is_sure), None)
    place = surely or next((value.place for value, _ in every), None)
    if place is None:
        return None
    doubt = f"which copies a program makes by the policy at {place.span.path}:{place.span.line}"
    if surely is not None:
        return Copier(place, "a policy that lets a program make copies", doubt)
    return Copier(place, "a policy that is not known, which may let a program make copies", f"{doubt}, if it lets one")
