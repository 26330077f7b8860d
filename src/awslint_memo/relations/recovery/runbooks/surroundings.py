"""What other templates and roots of a run have that the runbook of one has to know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import capacity, regions, request_records, service_types, settings
from awslint_memo.relations.recovery.gaps import STACK_SETS
from awslint_memo.relations.recovery.runbooks import programs as own_programs
from awslint_memo.relations.recovery.runbooks import scopes
from awslint_memo.relations.recovery.runbooks.tasks import NAMED
from awslint_memo.relations.route53 import records

_LEADING = service_types.HOLDERS
_VARIATIONS = 4
"""How many deployments of each template are looked at, since a condition may leave something out of the first."""


@record(frozen=True)
class Surroundings:
    """What the templates of a run have. sets: stack sets. leading: what leads requests. computing: what computes.
    programs: what may do a failover by itself."""

    sets: Sequence[Resource] = ()
    leading: Sequence[Resource] = ()
    computing: Sequence[Resource] = ()
    programs: Sequence[Resource] = ()


def leading(deployment: Deployment) -> list[Resource]:
    """What leads requests in other templates of the run, of which it is not told whether it belongs to a deployment."""
    return _others(deployment, _of(deployment).leading)


def computing(deployment: Deployment) -> list[Resource]:
    """What computes in other templates of the run, of which it is not told whether it belongs to a deployment."""
    return _others(deployment, _of(deployment).computing)


def alike(resources: Sequence[Resource], region: str | None) -> list[str]:
    """The folders of other roots of Terraform that have the same things by the same lines of a module, in a Region."""
    own = {(each.name, each.place.span) for each in resources}
    deployment = resources[0].deployment
    with noted():
        found = [
            each
            for each in _of(deployment).computing
            if (each.name, each.place.span) in own and each.copies.number != 0 and each.deployment is not deployment
        ]
        there = [each for each in found if region is not None and regions.name(each) == region]
    folders = (scopes.root(each.deployment) for each in there)
    return [each for each in dict.fromkeys(folders) if each and each != scopes.root(deployment)]


def programs(deployment: Deployment) -> list[Resource]:
    """What in other templates of the run may do a failover by itself, by its name, in each of their deployments."""
    return _apart(deployment, _of(deployment).programs)


def leads(holder: Resource) -> bool:
    """Whether something may lead requests of users: a record of a private zone is found in the VPCs of that alone."""
    if holder.type not in records.HOLDERS:
        return True
    return any(not record.zone.is_private for record in request_records.of_holder(holder))


def named(resources: Sequence[Resource]) -> str:
    """Resources of other templates, each with the template that it is in."""
    return listed([f"{each.title} of {each.place.span.path}" for each in resources], NAMED)


def stack_set(resource: Resource, path: str, region: str | None) -> Resource | None:
    """The stack set of the run that deploys the template of a resource in a Region, or may; None if none does.

    A stack set names the address that its template has once it is uploaded: the name of the file tells which it is.
    """
    stem = _stem(path)
    for one in _of(resource.deployment).sets:
        with noted():
            is_same = bool(stem) and _stem(_last(one.get("TemplateURL"))) == stem
            if is_same and _may_reach(one, region):
                return one
    return None


def _may_reach(stack_set: Resource, region: str | None) -> bool:
    groups = stack_set.get("StackInstancesGroup")
    named = [item.get("Regions") for item in groups.items]
    if region is None or groups.is_absent or any(value.is_unknown for value in named):
        return True
    return any(item.text in (region, None) for value in named for item in value.items)


def _last(address: Value) -> str:
    """The known text at the end of an address."""
    pieces = [piece.text for piece in address.pieces]
    return (pieces[-1] or "") if pieces else ""


def _stem(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].partition(".")[0]


def _others(deployment: Deployment, resources: Sequence[Resource]) -> list[Resource]:
    # What a root calls may be read by itself too, as a module.
    by_place = {each.place.span: each for each in reversed(_apart(deployment, resources))}
    return list(by_place.values())[::-1]


def _apart(deployment: Deployment, resources: Sequence[Resource]) -> list[Resource]:
    """Those of other templates and roots."""
    own = {resource.place.span.path for resource in deployment.own.values()}
    whole = deployment.declared.landscape
    # What the same template makes in other deployments only is not there in this one.
    same = set[int]() if whole is None else {id(each) for each in whole.own}
    others = [each for each in resources if each.copies.number != 0 and id(each.deployment) not in same]
    return [each for each in others if each.place.span.path not in own]


def _of(deployment: Deployment) -> Surroundings:
    whole = deployment.declared.landscape
    if whole is None:
        return Surroundings()
    found: Surroundings = whole.once(_all)
    return found


def _all(every: Iterable[Sequence[Deployment]]) -> Surroundings:
    with noted():
        whole = list(every)
        each = [deployment for deployments in whole for deployment in deployments[:_VARIATIONS]]
        # Each that has a name may be the one in the Region to recover in.
        named = [one for deployments in whole for one in deployments[_VARIATIONS:] if one.name and not one.is_supposed]
        sets = [one for deployment in each for one in deployment.own_of_type(*STACK_SETS)]
        leading = [one for deployment in each for one in deployment.own_of_type(*_LEADING) if leads(one)]
        computing = [
            one
            for deployment in each
            for one in deployment.own_of_type(*service_types.COMPUTING)
            if capacity.serves(one) and not settings.stands_alone(one)
        ]
        doing = [
            one
            for deployment in (*each, *named)
            for one in deployment.own_of_type(*own_programs.TYPES)
            if own_programs.is_for_failover(one)
        ]
    return Surroundings(sets, leading, computing, doing)
