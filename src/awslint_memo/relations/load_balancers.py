"""Elastic Load Balancing: which protocols of load balancers, listeners, target groups and health checks go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import target_groups
from awslint_memo.relations.creation_order import stack, waits_for
from awslint_memo.relations.listener_rules import RULE
from awslint_memo.syntax.embedded import each

BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"
CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
LISTENER = "AWS::ElasticLoadBalancingV2::Listener"

WITH_CERTIFICATE = fact(
    ("HTTPS", "TLS"), page="elasticloadbalancing/latest/APIReference/API_CreateListener.html", read="2026-11-29"
)
"""The protocols of listeners that need a certificate."""

STICKY = fact(
    {"app_cookie": "HTTP", "lb_cookie": "HTTP", "source_ip": "TCP"},
    page="elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    read="2026-11-29",
)
"""The kinds of stickiness, each with a protocol of the target groups that have it."""

COOKIE_DURATION = fact(
    86400, page="elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html", read="2026-11-29"
)
"""Seconds for which a cookie of the load balancer makes requests stick where nobody says how many."""

_KEYS: Mapping[str, str] = fact(
    {
        "client_keep_alive.": "application",
        "connection_logs.": "application",
        "dns_record.": "network",
        "health_check_logs.": "application",
        "idle_timeout.": "application",
        "routing.": "application",
        "secondary_ips.": "network",
        "waf.": "application",
    },
    page="elasticloadbalancing/latest/APIReference/API_LoadBalancerAttribute.html",
    read="2026-11-30",
)
"""How the attributes of load balancers begin that only one type has, each with that."""

ARGUMENTS: Mapping[str, tuple[str, str]] = {
    "client_keep_alive": ("application", "3600"),
    "dns_record_client_routing_policy": ("network", "any_availability_zone"),
    "idle_timeout": ("application", "60"),
}
"""Terraform's arguments for such attributes, each with the type that has it and the provider's default."""

_TARGETS: Mapping[str, str] = fact(
    {
        "deregistration_delay.connection_termination.": "network",
        "lambda.": "lambda",
        "load_balancing.algorithm.": "application",
        "preserve_client_ip.": "network",
        "proxy_protocol_v2.": "network",
        "slow_start.": "application",
        "stickiness.app_cookie.": "application",
        "stickiness.lb_cookie.": "application",
    },
    page="elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    read="2026-11-30",
)
"""How the attributes of target groups begin that only one type of load balancer has, or only functions, with that."""

_NOT_OF_FUNCTIONS = fact(
    "deregistration_delay.",
    page="elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html",
    read="2026-11-30",
)
"""How the attribute begins that target groups of functions don't have, beside those that only instances have."""

_ACTIONS = {LISTENER: "DefaultActions", RULE: "Actions"}
_OF_BALANCERS = ("application", "network")
_ARNS = ("TargetGroupArn", "ForwardConfig.TargetGroups.TargetGroupArn")


def layer(protocol: Value) -> str | None:
    """The type of load balancer that has a protocol, "application" or "network"; None where that is not known."""
    if protocol.is_one_of(*target_groups.APPLICATION):
        return "application"
    return "network" if protocol.is_one_of(*target_groups.NETWORK) else None


def type_of_attribute(key: str) -> str | None:
    """The only type of load balancer that has an attribute; None for those of several types."""
    return next((of for begin, of in _KEYS.items() if key.startswith(begin)), None)


def sticky_kinds(targets: Resource) -> Iterator[Value]:
    """What the attributes of a target group name as the kind of stickiness, or a block that switches it on in
    Terraform."""
    attributes = targets.get("TargetGroupAttributes").items
    yield from (item.get("Value") for item in attributes if item.get("Key").text == "stickiness.type")
    blocks = targets.terraform.stickiness.items
    yield from (block.get("type") for block in blocks if block.get("enabled").flag is not False)


def idle_stickiness(targets: Resource) -> Iterator[tuple[str, Value, str]]:
    """The settings of stickiness that is surely off: the name, the value, and a note where nobody switched it off."""
    attributes, blocks = targets.get("TargetGroupAttributes").items, targets.terraform.stickiness.items
    by_name = {attribute.get("Key").text or "": attribute.get("Value") for attribute in attributes}
    for name in ("enabled", "cookie_duration", "cookie_name"):
        by_name |= {f"stickiness.{name}": block.get(name) for block in blocks}
    enabled = by_name.get("stickiness.enabled")
    # A name that is not known may be that of the switch.
    if "" in by_name if enabled is None else enabled.flag is not False:
        return
    for name, value in by_name.items():
        # In a plan the default stands where nobody wrote a duration.
        if "cookie" in name and value.text and value.number != COOKIE_DURATION:
            yield name, value, " (default)" if enabled is None else ""


_ALL_AT_ONCE = fact(
    ("least_outstanding_requests", "weighted_random"),
    page="elasticloadbalancing/latest/application/edit-target-group-attributes.html",
    read="2026-12-02",
)
"""The algorithms by which a target group can't start slowly."""


def started_slowly(targets: Resource) -> tuple[Value, Value] | None:
    """The algorithm of a target group that can't start slowly with it, and for how long it shall; None if it can."""
    attributes = targets.get("TargetGroupAttributes").items
    by_name = {attribute.get("Key").text: attribute.get("Value") for attribute in attributes}
    algorithm = by_name.get("load_balancing.algorithm.type", targets.terraform.load_balancing_algorithm_type)
    slow = by_name.get("slow_start.duration_seconds", targets.terraform.slow_start)
    return (algorithm, slow) if slow.above(0) and algorithm.is_one_of(*_ALL_AT_ONCE) else None


def unfit(key: str, targets: Resource) -> str | None:
    """Why a target group surely has no attribute of this name, as words; None where it may have it."""
    of = next((of for begin, of in _TARGETS.items() if key.startswith(begin)), None)
    kind, own = targets.get("TargetType", default="instance"), layer(targets.get("Protocol"))
    if kind.text == "lambda":
        return (
            "functions as targets do not have it" if of in _OF_BALANCERS or key.startswith(_NOT_OF_FUNCTIONS) else None
        )
    if of == "lambda":
        return "only functions as targets have it" if kind.is_one_of("alb", "instance", "ip") else None
    is_other = of is not None and own is not None and of != own
    return f"only target groups of {of.title()} Load Balancers have it" if is_other and of is not None else None


def forwarded(listener: Resource) -> Iterator[Value]:
    """What a listener, or a rule of one, names as target groups."""
    actions = _ACTIONS[listener.type]
    for path in _ARNS:
        yield from each(listener, f"{actions}.{path}")


def forwarding(targets: Resource) -> list[Resource]:
    """The listeners, and the rules of these, that surely forward to a target group."""
    return targets.deployment.once(_by_target).get(targets.name, [])


def is_unattached(targets: Resource) -> bool:
    """Whether surely no listener and no rule of one forwards to a target group."""
    if targets.is_open or targets.is_exposed():
        return False
    deployment = targets.deployment
    # Where the listeners are made elsewhere, whoever makes them may look it up by its name.
    if not targets.get("Name").is_absent and not deployment.of_type(LISTENER):
        return False
    return targets.name not in deployment.once(_by_target) and not deployment.once(_may_forward_to_any)


def _may_forward_to_any(deployment: Deployment) -> bool:
    """Whether a listener may forward to any target group."""
    for listener in deployment.of_type(LISTENER, RULE):
        actions = listener.get(_ACTIONS[listener.type])
        values = (actions, *actions.items, *forwarded(listener))
        if not _named(listener) and any(value.is_unknown for value in values):
            return True
    return False


def _by_target(deployment: Deployment) -> dict[str, list[Resource]]:
    """The listeners, and the rules of these, by the target groups that they forward to."""
    by_target: dict[str, list[Resource]] = {}
    for listener in deployment.of_type(LISTENER, RULE):
        for name in _named(listener):
            by_target.setdefault(name, []).append(listener)
    return by_target


def _named(listener: Resource) -> set[str]:
    return {link.resource for link in listener.get(_ACTIONS[listener.type]).mentions()}


@record(frozen=True)
class _Place:
    """A place among the rules of a listener: its address and the priority."""

    listener: TextPattern
    priority: float


def same_priority(rule: Resource) -> Resource | None:
    """The first rule of the same listener that surely is made and has the same priority; None if it is this one, or if
    there is none."""
    place = _place(rule)
    first = None if place is None else rule.deployment.once(_by_place).get(place)
    return None if first is rule else first


def _by_place(deployment: Deployment) -> dict[_Place, Resource]:
    """The first rule that surely is made, by its place: of two that a condition chooses from, only one is there."""
    first: dict[_Place, Resource] = {}
    for rule in deployment.of_type(RULE):
        if rule.copies.number and (place := _place(rule)) is not None:
            first.setdefault(place, rule)
    return first


def _place(rule: Resource) -> _Place | None:
    listener, priority = rule.get("ListenerArn").pattern, rule.get("Priority").number
    return None if listener is None or priority is None else _Place(listener, priority)


def awaited(service: Resource, targets: Resource) -> Resource | None:
    """The listener, or the rule of one, that surely forwards to a target group first and that a service surely does not
    wait for, nor for its load balancer, which takes minutes; None where it waits, or that is not known."""
    deployment = service.deployment
    forwarding = [each for each in deployment.once(_by_target).get(targets.name, ()) if each.name in deployment.own]
    # A nested stack waits for all of those that give it something.
    is_beside = all(stack(listener) == stack(service) for listener in forwarding)
    if not forwarding or not is_beside or targets.is_exposed():
        return None
    # Beside a load balancer that is there already, or that the service waits for, nobody knows which is first.
    is_slow = all(_waits_for_balancer(listener) for listener in forwarding)
    return forwarding[0] if is_slow and _waits_for_balancer(service) is False else None


def _waits_for_balancer(resource: Resource) -> bool | None:
    return waits_for(resource, lambda other: other.type == BALANCER)


def bare_check(group: Resource) -> str:
    """The check of a Classic Load Balancer before an Auto Scaling group that only asks whether a port answers, as
    "TCP:80"; empty if none surely does."""
    found = (group.deployment.find(value, CLASSIC) for value in group.get("LoadBalancerNames").items)
    targets = (balancer.get("HealthCheck.Target").text or "" for balancer in found if balancer is not None)
    return next((target for target in targets if target.upper().startswith(("TCP:", "SSL:"))), "")
