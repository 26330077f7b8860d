"""What computes in a family (whether it runs, and how many there are), what takes requests in a Region, and where they
are led: by records of Route 53, accelerators, and plans of a Region switch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import autoscaling, ecs, ecs_daemons, ecs_services
from awslint_memo.relations.autoscaling_zones import GROUP
from awslint_memo.relations.lambda_.invocations import runs_while_deploying
from awslint_memo.relations.recovery import facts, failover_names, led_to, regions, request_records, settings
from awslint_memo.relations.recovery.families import Family, Member
from awslint_memo.relations.recovery.service_types import (
    APPLICATION,
    CLUSTER,
    COMPUTING,
    ENDPOINTS,
    ENTRIES,
    ENVIRONMENT,
    FUNCTION,
    INSTANCE,
    NODES,
    PROFILE,
    SERVICE,
    SWITCH,
)
from awslint_memo.relations.route53 import records


@record(frozen=True)
class Size:
    """Whether something runs, and how many of it there are. runs: None if that is not known. least, most: None too.

    by_itself: whether AWS scales it by itself, so that it is of the same size everywhere.
    """

    runs: bool | None
    least: float | None = None
    most: float | None = None
    by_itself: bool = False


@record(frozen=True)
class Computing:
    """Something that computes. kind: what is compared with what. region: None if it is not known."""

    member: Member
    kind: str
    size: Size
    region: str | None


def computing(family: Family) -> list[Computing]:
    """All that computes in a family, but for functions that only work for its deployments or for a failover: nobody's
    requests need them."""
    return [
        Computing(member, _SIZES[member.resource.type][0], _SIZES[member.resource.type][1](member.resource), region)
        for member in family.members(*COMPUTING)
        if serves(member.resource) and not settings.stands_alone(member.resource)
        if not failover_names.is_function_for_it(member.resource)
        for region in [family.region(member.resource)]
    ]


def serves(resource: Resource) -> bool:
    """Whether what computes does so for more than the deployment that makes it, as far as is known."""
    return resource.type != FUNCTION or not runs_while_deploying(resource)


def _group(group: Resource) -> Size:
    sizes = {name: group.get(name) for name in ("MinSize", "MaxSize", "DesiredCapacity")}
    least, most = sizes["MinSize"].number, sizes["MaxSize"].number
    desired = least if sizes["DesiredCapacity"].is_absent else sizes["DesiredCapacity"].number
    if (least or 0) > 0 or (desired or 0) > 0:
        return Size(True, least, most)
    is_off = least == desired == 0 and not _may_grow(group)
    return Size(False if is_off else None, least, most)


def _may_grow(group: Resource) -> bool:
    """Whether a schedule, a policy or somebody else may give a group instances that has none."""
    if autoscaling.is_managed(group) or autoscaling.may_have_other(group, autoscaling.SCHEDULE):
        return True
    sizes = (
        autoscaling.size(action, name)
        for action in autoscaling.schedules(group)
        for name in ("MinSize", "DesiredCapacity")
    )
    return any(not (size.is_absent or size.number == 0) for size in sizes)


def _service(service: Resource) -> Size:
    if ecs_daemons.is_daemon(service):
        return Size(None)
    written = service.get("DesiredCount", default=ecs.DEFAULT_COUNT)
    count = written.number
    named = ecs_services.scaling_targets(service)
    least, most = (named[0].get(name).number for name in ("MinCapacity", "MaxCapacity")) if named else (count, count)
    if len(named) > 1:
        least = most = None
    if (least or 0) > 0 or ((count or 0) > 0 and not named):
        return Size(True, least, most)
    is_off = count == 0 and not named and not may_ignore(service.terraform.ignore_changes, "desired_count")
    return Size(False if is_off else None, least, most)


def _nodes(nodes: Resource) -> Size:
    least, desired, most = (nodes.get(f"ScalingConfig.{name}").number for name in ("MinSize", "DesiredSize", "MaxSize"))
    if (least or 0) > 0 or (desired or 0) > 0:
        return Size(True, least, most)
    # A cluster's autoscaler may add nodes wherever that is allowed.
    return Size(False if most == 0 else None, least, most)


def _instance(instance: Resource) -> Size:
    count = instance.copies.number
    return Size(None) if count is None else Size(True, count, count)


def _itself(_: Resource) -> Size:
    return Size(True, by_itself=True)


def _unsized(_: Resource) -> Size:
    return Size(True)


def _unseen(_: Resource) -> Size:
    """What runs in a cluster is no part of a template."""
    return Size(None)


_SIZES: Mapping[str, tuple[str, Callable[[Resource], Size]]] = {
    GROUP: ("Auto Scaling groups", _group),
    SERVICE: ("ECS services", _service),
    NODES: ("EKS node groups", _nodes),
    INSTANCE: ("instances", _instance),
    ENVIRONMENT: ("Elastic Beanstalk environments", _unsized),
    FUNCTION: ("functions", _itself),
    APPLICATION: ("App Runner services", _itself),
    CLUSTER: ("EKS clusters", _unseen),
    PROFILE: ("Fargate profiles of EKS", _unseen),
}
"""What each type of what computes is compared with, and what tells its size."""


def by_kind(group: list[Computing]) -> dict[str, list[Computing]]:
    """What computes, by its kind."""
    kinds: dict[str, list[Computing]] = {}
    for computing in group:
        kinds.setdefault(computing.kind, []).append(computing)
    return kinds


def is_running(group: list[Computing]) -> bool | None:
    """Whether something of these surely runs (True) or surely nothing does (False); None if that is not known."""
    states = [
        computing.size.runs if computing.member.sure or computing.size.runs is False else None for computing in group
    ]
    return True if True in states else None if None in states else False


def is_smaller(group: list[Computing], than: list[Computing]) -> bool | None:
    """Whether there are surely fewer of these (True) or surely not (False); None if that is not known."""
    if all(computing.size.by_itself for computing in group):
        return False
    answers = []
    for name in ("least", "most"):
        mine, its = _sum(group, name), _sum(than, name)
        answers.append(None if mine is None or its is None else mine < its)
    return True if True in answers else None if None in answers else False


def least_is_smaller(group: list[Computing], than: list[Computing]) -> bool:
    """Whether fewer of these surely run at the least, not only at the most."""
    mine, its = _sum(group, "least"), _sum(than, "least")
    return mine is not None and its is not None and mine < its


def _sum(group: list[Computing], name: str) -> float | None:
    sizes = [getattr(computing.size, name) if computing.member.sure else None for computing in group]
    # Unlike float(), this keeps a secret number a secret.
    known = [size * 1.0 for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def entries(family: Family) -> list[tuple[Member, str | None]]:
    """What takes requests in a family, each with its Region."""
    every = [member for member in family.members(*ENTRIES) if not settings.stands_alone(member.resource)]
    return [(member, family.region(member.resource)) for member in every]


@record(frozen=True)
class Lead:
    """Something that leads requests to a Region.

    holder: the record or the endpoint group. place: what says how much. region: where it leads; None if that is not
    known. carries: whether requests go there while all is well; None if that is not known. sure: whether it surely
    exists. record: the record, if it is one. target: what it leads to, if that is a resource of the family.
    """

    holder: Resource
    place: Value
    region: str | None
    carries: bool | None
    sure: bool
    record: records.Record | None = None
    target: Resource | None = None


def leads(family: Family) -> list[Lead]:
    """All that leads requests somewhere."""
    every: list[Lead] = []
    for member in family.members(*records.HOLDERS):
        every += (of_record(family, record, sure=member.sure) for record in request_records.of_holder(member.resource))
    for member in family.members(ENDPOINTS):
        every.append(of_endpoints(member.resource, sure=member.sure))
    for member in family.members(SWITCH):
        every += _of_switch(member.resource, sure=member.sure)
    return every


def of_record(family: Family, record: records.Record, *, sure: bool = True) -> Lead:
    """Where a record leads."""
    value, target = led_to.of(record)
    region = led_to.region_in(value) if target is None else family.region(target)
    place, carries = _weight(record)
    return Lead(record.holder, place, region, carries, sure, record, target)


def _weight(record: records.Record) -> tuple[Value, bool | None]:
    """What says whether requests go to the target of a record, and whether they do."""
    kind = records.policy(record)
    if kind is None:
        return record.get("Name"), None
    failover = record.get("Failover")
    if not failover.is_absent:
        text = failover.text
        return failover, None if text is None else text.upper() == "PRIMARY"
    weight = record.get("Weight")
    if not weight.is_absent:
        return weight, None if weight.number is None else weight.number > 0
    return record.get("Name"), True


def of_endpoints(group: Resource, *, sure: bool = True) -> Lead:
    """Where an endpoint group of an accelerator leads."""
    dial = group.get("TrafficDialPercentage", default=facts.TRAFFIC_DIAL.value)
    listed = group.get("EndpointConfigurations")
    weights = [endpoint.get("Weight").number for endpoint in listed.items]
    carries = None if dial.number is None else dial.number > 0
    if listed.is_absent or (weights and all(weight == 0 for weight in weights)):
        carries = False
    return Lead(group, dial, region_of_endpoints(group), carries, sure)


def region_of_endpoints(group: Resource) -> str | None:
    """The Region of an endpoint group; None if it is not known. Of one without, Terraform's is that of its provider
    (the provider hashicorp/aws, docs of globalaccelerator_endpoint_group)."""
    written = group.get("EndpointGroupRegion")
    return regions.name(group) if written.is_absent and group.language == "terraform" else written.text


def takes_over(group: Resource) -> bool:
    """Whether an accelerator fails over to the endpoints of a group, which have weights above 0: the dial is ignored
    (global-accelerator/latest/dg/about-endpoints-endpoint-weights.unhealthy-endpoints.html)."""
    listed = group.get("EndpointConfigurations")
    weights = [endpoint.get("Weight").number for endpoint in listed.items]
    return not listed.is_absent and not (weights and all(weight == 0 for weight in weights))


def _of_switch(plan: Resource, *, sure: bool) -> Iterator[Lead]:
    approach = plan.get("RecoveryApproach")
    if approach.text != "activeActive":
        return
    for region in plan.get("Regions").items:
        yield Lead(plan, approach, region.text, True, sure)
