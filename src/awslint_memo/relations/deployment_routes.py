"""AWS CodeDeploy: between which target groups a deployment to ECS moves the traffic, and by which listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import ecs
from awslint_memo.relations.listener_rules import RULE
from awslint_memo.relations.load_balancers import BALANCER, LISTENER
from awslint_memo.relations.target_groups import TARGET_GROUP
from awslint_memo.syntax.embedded import each

Listeners: TypeAlias = "list[tuple[Value, Resource]]"
"""Listeners of here, each with where it is named."""


@record(frozen=True, eq=False)
class Astray:
    """What does not belong to the route of a deployment. value: where it is named. what: what is so, as a message goes
    on. do: the remedy. beside: what it does not fit, and how that is called."""

    value: Value
    what: str
    do: str
    beside: tuple[Resource, str]


def astray(group: Resource) -> Iterator[Astray]:
    """What in the pairs of target groups of a deployment group surely makes each of its deployments fail."""
    for pair in group.get("LoadBalancerInfo.TargetGroupPairInfoList").items:
        named = [one.get("Name") for one in pair.get("TargetGroups").items]
        found = [group.deployment.find(value, TARGET_GROUP) for value in named]
        targets = [one for one in found if one is not None]
        production, test = (_listeners(group, pair, route) for route in ("ProdTrafficRoute", "TestTrafficRoute"))
        if production and test:
            yield from _of_another_balancer(production, test)
        if len(targets) == 2 and len(named) == 2:
            yield from _of_targets(group, named, targets)
            if production:
                yield from _behind(production, named[0], targets)


def _listeners(group: Resource, pair: Value, route: str) -> Listeners:
    """The listeners of a route that are of here."""
    named = pair.get(f"{route}.ListenerArns").items
    return [(value, found) for value in named if (found := group.deployment.find(value, LISTENER)) is not None]


def _of_another_balancer(production: Listeners, test: Listeners) -> Iterator[Astray]:
    own = production[0][1].follow("LoadBalancerArn", BALANCER)
    for value, listener in test:
        other = listener.follow("LoadBalancerArn", BALANCER)
        if own is not None and other is not None and other is not own:
            what = f"has a test listener of {other.title}, but its production listener is of {own.title}"
            yield Astray(value, what, f"name one of {own.title}", (production[0][1], "the production listener"))


def _of_targets(group: Resource, named: list[Value], targets: list[Resource]) -> Iterator[Astray]:
    first, second = targets
    if first is second:
        what = f"has {first.title} twice, but CodeDeploy moves the traffic between two target groups"
        yield Astray(named[1], what, "name another one", (first, "the target group"))
        return
    for one in group.get("ECSServices").items:
        service = group.deployment.find(one.get("ServiceName"), ecs.SERVICE)
        initial = [] if service is None else [*each(service, "LoadBalancers.TargetGroupArn")]
        other = _other(group, initial, targets)
        if service is not None and other is not None:
            what = f"moves the traffic between {first.title} and {second.title}, but {service.title} is behind "
            yield Astray(named[0], what + other.title, "name that of the service", (service, "the service"))


def _other(group: Resource, named: list[Value], targets: list[Resource]) -> Resource | None:
    """The first of the target groups that values name, where all of them surely are others than some; else None."""
    found = [group.deployment.find(value, TARGET_GROUP) for value in named]
    return found[0] if found and not any(one is None or one in targets for one in found) else None


def _behind(production: Listeners, named: Value, targets: list[Resource]) -> Iterator[Astray]:
    """A production listener that surely forwards to neither target group, by itself or by a rule of its own."""
    first, second = targets
    for _, listener in production:
        named_by = [rule.get("ListenerArn") for rule in listener.deployment.of_type(RULE)]
        forwarded = [*each(listener, "DefaultActions.TargetGroupArn")]
        forwarded += each(listener, "DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn")
        other = _other(listener, forwarded, targets)
        if other is not None and not any(one.is_unknown or listener.may_be_named_by(one) for one in named_by):
            what = f"moves the traffic between {first.title} and {second.title}, but {listener.title} forwards to "
            do = "let the listener forward to one of them"
            yield Astray(named, what + other.title, do, (listener, "the production listener"))
