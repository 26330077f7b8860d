"""What computes in a family: whether it runs, how many there are at least and at most, and what lets requests in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.relations import autoscaling, ecs
from awslint_memo.relations.autoscaling_zones import GROUP
from awslint_memo.relations.recovery.families import Family, Member

INSTANCE = "AWS::EC2::Instance"
SERVICE = "AWS::ECS::Service"
NODES = "AWS::EKS::Nodegroup"
ENVIRONMENT = "AWS::ElasticBeanstalk::Environment"
FUNCTION = "AWS::Lambda::Function"
APPLICATION = "AWS::AppRunner::Service"
CLUSTER = "AWS::EKS::Cluster"
PROFILE = "AWS::EKS::FargateProfile"
_TARGET = "AWS::ApplicationAutoScaling::ScalableTarget"
_DESIRED = "ecs:service:DesiredCount"

ENTRIES = (
    "AWS::ApiGateway::RestApi",
    "AWS::ApiGatewayV2::Api",
    "AWS::AppRunner::Service",
    "AWS::ElasticLoadBalancing::LoadBalancer",
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    "AWS::Lambda::Url",
)
"""What takes requests in a Region."""


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
    """All that computes in a family."""
    return [
        Computing(one, _SIZES[one.resource.type][0], _SIZES[one.resource.type][1](one.resource), region)
        for one in family.members(*TYPES)
        for region in [family.region(one.resource)]
    ]


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
        autoscaling.size(one, name) for one in autoscaling.schedules(group) for name in ("MinSize", "DesiredCapacity")
    )
    return any(not (one.is_absent or one.number == 0) for one in sizes)


def _service(service: Resource) -> Size:
    if service.get("SchedulingStrategy").text == "DAEMON":
        return Size(None)
    written = service.get("DesiredCount", default=ecs.DEFAULT_COUNT)
    count = written.number
    named = [one for one in service.deployment.of_type(_TARGET) if _may_scale(one, service)]
    least, most = (named[0].get(name).number for name in ("MinCapacity", "MaxCapacity")) if named else (count, count)
    if len(named) > 1:
        least = most = None
    if (least or 0) > 0 or ((count or 0) > 0 and not named):
        return Size(True, least, most)
    is_off = count == 0 and not named and not may_ignore(service.terraform.ignore_changes, "desired_count")
    return Size(False if is_off else None, least, most)


def _may_scale(target: Resource, service: Resource) -> bool:
    named, dimension = target.get("ResourceId"), target.get("ScalableDimension").text
    if dimension is not None and dimension != _DESIRED:
        return False
    name = service.get("ServiceName").text
    if named.text is not None and name is not None:
        return named.text.endswith(f"/{name}")
    return service.may_be_named_by(named) or next(named.mentions(), None) is None


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
TYPES = tuple(_SIZES)
"""What computes."""


def by_kind(found: list[Computing]) -> dict[str, list[Computing]]:
    """What computes, by its kind."""
    kinds: dict[str, list[Computing]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    return kinds


def is_running(found: list[Computing]) -> bool | None:
    """Whether something of these surely runs (True) or surely nothing does (False); None if that is not known."""
    states = [one.size.runs if one.member.sure or one.size.runs is False else None for one in found]
    return True if True in states else None if None in states else False


def is_smaller(found: list[Computing], than: list[Computing]) -> bool | None:
    """Whether there are surely fewer of these (True) or surely not (False); None if that is not known."""
    if all(one.size.by_itself for one in found):
        return False
    answers = []
    for name in ("least", "most"):
        mine, its = _sum(found, name), _sum(than, name)
        answers.append(None if mine is None or its is None else mine < its)
    return True if True in answers else None if None in answers else False


def _sum(found: list[Computing], name: str) -> float | None:
    sizes = [getattr(one.size, name) if one.member.sure else None for one in found]
    known = [float(one) for one in sizes if one is not None]
    return sum(known) if len(known) == len(sizes) else None


def entries(family: Family) -> list[tuple[Member, str | None]]:
    """What takes requests in a family, each with its Region."""
    return [(one, family.region(one.resource)) for one in family.members(*ENTRIES)]
