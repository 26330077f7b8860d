"""The entries of a family, each with the steps until it leads to another Region: names, accelerators, distributions and
plans of a Region switch; and the time that no recovery behind all of them can be shorter than.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import (
    capacity,
    families,
    led_to,
    record_entries,
    service_types,
    strategies,
    switch_timelines,
    timeline_facts,
)
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.recovery_paths import because, stands
from awslint_memo.relations.recovery.service_types import DISTRIBUTION, HOLDERS
from awslint_memo.relations.recovery.timelines import Step, Timeline
from awslint_memo.relations.route53 import records

_VPC_ORIGIN = "AWS::CloudFront::VpcOrigin"

_CHECKED = ("AWS::EC2::EIP", "AWS::EC2::Instance")
"""Endpoints that an accelerator checks itself, as its endpoint groups say."""


def of_holder(holder: Resource) -> Sequence[Timeline]:
    """The timelines of what one record, group of records or endpoints, distribution or plan leads."""
    return holder.deployment.once(_by_holder).get(holder.name, ())


def of_family(family: Family) -> list[Timeline]:
    """The timelines of all entries of a family; those of several types of records of one name are one."""
    every: list[Timeline] = []
    for member in family.members(*HOLDERS):
        every += _timelines(family, member.resource)
    return merged(every)


def holders(deployments: Iterable[Deployment]) -> Iterator[Resource]:
    """What the deployments of a template have themselves that tells timelines."""
    every = (holder for deployment in deployments for holder in deployment.own_of_type(*HOLDERS))
    return (holder for holder in every if of_holder(holder))


def merged(timelines: Iterable[Timeline]) -> list[Timeline]:
    """Timelines without those that only differ in the type of a record."""
    return list(by_what_is_told(timelines).values())


def by_what_is_told(timelines: Iterable[Timeline]) -> dict[object, Timeline]:
    """The same by what is told of them, which may be the same in several deployments."""
    told: dict[object, Timeline] = {}
    for timeline in timelines:
        # Only the name of a record ends with a type; that of an origin group or a plan is whole.
        name = timeline.name if timeline.record is None else timeline.name.rpartition(" ")[0]
        steps = tuple((step.kind, step.what, step.least) for step in timeline.each())
        told.setdefault((name, timeline.kind, timeline.leads_from, timeline.leads_to, steps), timeline)
    return told


def rto(timeline: Timeline) -> tuple[float, str] | None:
    """The time in which what is behind an entry must be back after the loss of a Region, and where that is declared."""
    return strategies.region_rto(timeline.holder)


def leads(timeline: Timeline) -> bool:
    """Whether an entry is made to lead elsewhere; a single record may be one of several names, each for its Region."""
    return timeline.kind != record_entries.SINGLE


def is_late(timeline: Timeline) -> bool:
    """Whether the time until an entry leads elsewhere, if it is to, is above the RTO by itself."""
    objective = rto(timeline)
    return objective is not None and timeline.leads_from is not None and timeline.least > objective[0]


def verdict(timeline: Timeline) -> str | None:
    """Whether the time until an entry leads elsewhere alone is above the RTO (unmet); unknown else, as what is behind
    it takes its own time; None without an RTO, or where it is not known that the entry leads to the lost Region."""
    if rto(timeline) is None or timeline.leads_from is None or timeline.is_elsewhere:
        return None
    return "unmet" if is_late(timeline) and leads(timeline) else "unknown"


def floor(family: Family) -> Timeline | None:
    """The entry that leads elsewhere soonest: nothing behind the family's entries is back before; None without one."""
    return family.deployment.once(_floors).get(family.application)


def _floors(deployment: Deployment) -> dict[str | None, Timeline | None]:
    """The same for each application of a deployment; each of its stores asks for it."""
    names = [None, *sorted(deployment.once(families.applications_in))]
    return {name: _floor(families.family(deployment, name)) for name in names}


def _floor(family: Family) -> Timeline | None:
    primary = _primary(family)
    names = [timeline for timeline in of_family(family) if timeline.holder.type != service_types.SWITCH]
    known = [timeline for timeline in names if primary is not None and timeline.leads_from == primary]
    return min(known, key=lambda timeline: timeline.least, default=None)


def _by_holder(deployment: Deployment) -> dict[str, Sequence[Timeline]]:
    """The timelines of what a deployment has, by the names of resources."""
    every = deployment.own_of_type(*HOLDERS)
    return {holder.name: list(_timelines(families.family_of(holder), holder)) for holder in every}


def _primary(family: Family) -> str | None:
    """The name of the Region that is lost; None if it is not known."""
    reached = family.deployment.once(strategies.of_deployment).get(family.application)
    return None if reached is None else reached.primary


def _timelines(family: Family, holder: Resource) -> Iterator[Timeline]:
    primary = _primary(family)
    if holder.type in records.HOLDERS:
        yield from record_entries.of_records(family, holder, primary)
    elif holder.type == service_types.SWITCH:
        yield from switch_timelines.of_plan(holder, primary)
    elif holder.type == service_types.ENDPOINTS and primary is not None:
        yield from _of_accelerator(family, holder, primary)
    elif holder.type == DISTRIBUTION and primary is not None:
        yield from _of_distribution(family, holder, primary)


def _of_accelerator(family: Family, group: Resource, primary: str) -> Iterator[Timeline]:
    """An accelerator keeps its addresses, so that no resolver has anything old."""
    lead = capacity.of_endpoints(group)
    if lead.region != primary:
        return
    listener = group.get("ListenerArn")
    others = [
        capacity.of_endpoints(member.resource)
        for member in family.members(service_types.ENDPOINTS)
        if member.resource is not group and member.resource.get("ListenerArn").is_same_as(listener) is True
    ]
    # Where no endpoint of the group is healthy, an accelerator takes those of others whatever their dial is.
    away = [other for other in others if other.region not in (None, primary) and capacity.takes_over(other.holder)]
    to = next((other for other in away if other.carries), next(iter(away), None))
    if lead.carries is False:
        dial = group.get("TrafficDialPercentage")
        if to is not None and dial.number == 0:
            reasons = because(group, "TrafficDialPercentage", dial)
            steps = [record_entries.elsewhere_already(primary, reasons)]
            yield Timeline(group, group.title, "accelerator", steps, primary, to.region, is_elsewhere=True)
        return
    if to is None:
        reason = "when somebody leads the accelerator elsewhere: no other endpoint group of its listener takes requests"
        steps = [Step("decision", "somebody adds or dials up another endpoint group", by_person=True, untold=[reason])]
    else:
        steps = [_checked(group)]
    yield Timeline(group, group.title, "accelerator", steps, primary, None if to is None else to.region)


def _checked(group: Resource) -> Step:
    """How soon an accelerator notices: by the group's checks, but for load balancers, which check themselves."""
    ids = [endpoint.get("EndpointId") for endpoint in group.get("EndpointConfigurations").items]
    endpoints = [group.deployment.find(value) for value in ids]
    fact = timeline_facts.ACCELERATOR_CHECKS
    interval = group.get("HealthCheckIntervalSeconds", default=fact.value[0])
    failures = group.get("ThresholdCount", default=fact.value[1])
    is_own = bool(endpoints) and all(each is not None and each.type in _CHECKED for each in endpoints)
    if is_own and interval.number is not None and failures.number is not None:
        what = f"{failures.number:g} checks of {group.title} fail, {interval.number:g} s apart"
        reasons = (
            *because(group, "HealthCheckIntervalSeconds", interval),
            *because(group, "ThresholdCount", failures),
        )
        return Step("detection", what, least=interval.number * failures.number, page=fact.page, because=reasons)
    reason = f"how soon {group.title} finds its endpoints unhealthy: AWS has no figure for load balancers"
    page = timeline_facts.ACCELERATOR_BALANCERS.page
    return Step(
        "detection",
        f"{group.title} has no healthy endpoint",
        page=page,
        because=stands(group, group.title),
        untold=[reason],
    )


def _of_distribution(family: Family, distribution: Resource, primary: str) -> Iterator[Timeline]:
    """Each request tries the first origin of its group, and then the second one."""
    origins = distribution.get("DistributionConfig.Origins").items
    for group in distribution.get("DistributionConfig.OriginGroups.Items").items:
        ids = [member.get("OriginId") for member in group.get("Members.Items").items]
        members = [next((each for each in origins if each.get("Id").is_same_as(id_) is True), None) for id_ in ids]
        if len(members) != 2 or members[0] is None or members[1] is None:
            continue
        first, second = members[0], members[1]
        leads_from, leads_to = (_region(family, distribution, origin) for origin in (first, second))
        if leads_from != primary or leads_to == primary:
            continue
        behaviors = _behaviors(distribution)
        if behaviors and all(target.is_same_as(group.get("Id")) is False for _, target in behaviors):
            continue
        step = _attempts(first)
        alone = [path for path, target in behaviors if target.is_same_as(first.get("Id")) is True]
        if alone:
            step = replace(step, limits=[*step.limits, f"requests to {listed(alone)} go to the first origin alone"])
        if leads_to is None:
            reason = f"in which Region the second origin of {distribution.title} is"
            step = replace(step, untold=[*step.untold, reason])
        name = f"{distribution.title} {group.get('Id').text or ''}".strip()
        yield Timeline(distribution, name, "origin group", [step], primary, leads_to)


def _behaviors(distribution: Resource) -> list[tuple[str, Value]]:
    """The behaviors of a distribution: the paths that each is for, in words, and the origin or group that it names."""
    first = distribution.get("DistributionConfig.DefaultCacheBehavior.TargetOriginId")
    others = distribution.get("DistributionConfig.CacheBehaviors").items
    named = [(other.get("PathPattern").text or "some paths", other.get("TargetOriginId")) for other in others]
    return [*named, *([] if first.is_absent else [("all other paths", first)])]


def _attempts(origin: Value) -> Step:
    fact, methods = timeline_facts.ORIGIN_ATTEMPTS, timeline_facts.ORIGIN_METHODS
    attempts, seconds = origin.get("ConnectionAttempts"), origin.get("ConnectionTimeout")
    tries = fact.value[0] if attempts.is_absent else attempts.number
    each = fact.value[1] if seconds.is_absent else seconds.number
    limits = [f"only requests with {listed(methods.value)} go to the second origin"]
    if tries is None or each is None:
        reason = "how long each request tries the first origin (give the parameters of its attempts)"
        return Step("detection", "each request tries the first origin", page=fact.page, untold=[reason], limits=limits)
    times = "once" if tries == 1 else f"{tries:g} times"
    what = f"each request tries the first origin {times}, for up to {compact(each)}{'' if tries == 1 else ' each'}"
    return Step("detection", what, page=methods.page, limits=limits)


def _region(family: Family, distribution: Resource, origin: Value) -> str | None:
    """The Region that an origin is in, by its domain name: an origin in a VPC is where that is, whatever its name."""
    name, inside = origin.get("DomainName"), origin.get("VpcOriginConfig.VpcOriginId")
    if not inside.is_absent and distribution.deployment.find(inside, _VPC_ORIGIN) is None:
        return None
    target = distribution.deployment.find(name, *service_types.ENTRIES, "AWS::S3::Bucket")
    return led_to.region_in(name) if target is None else family.region(target)
