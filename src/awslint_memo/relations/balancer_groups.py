"""What the security groups of load balancers, and of what stands behind them, keep out by where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole
from awslint_memo.model.value import Known, Value
from awslint_memo.relations import ecs_services
from awslint_memo.relations.load_balancers import BALANCER, LISTENER, forwarding
from awslint_memo.relations.security_groups import (
    GROUP,
    Rule,
    Shut,
    all_rules,
    closed,
    known_rules,
    launched_in,
    may_have_other,
    named_groups,
)

_CLASSIC = "AWS::ElasticLoadBalancing::LoadBalancer"
_CHECKED = regex(r"[A-Za-z]+:(\d+)(?:/.*)?")

_ADDRESSES = fact(
    ("CidrIp", "CidrIpv6", "SourcePrefixListId"),
    page="AWSEC2/latest/APIReference/API_IpPermission.html",
    read="2026-11-30",
)
"""What a rule of a security group names where it admits addresses; a source group admits its members' private ones."""


def shut_behind_classic(group: Resource) -> Iterator[Shut]:
    """The ports on which Classic Load Balancers surely get nothing through to the instances of a group."""
    for named in group.get("LoadBalancerNames").items:
        balancer = group.deployment.find(named, _CLASSIC)
        uses = {} if balancer is None else _uses(balancer)
        groups = named_groups(group, launched_in(group)) if uses else []
        if groups:
            yield from closed(groups, [(use, port) for port, use in uses.values()])


def _uses(balancer: Resource) -> dict[float, tuple[Value, str]]:
    """By port, where it stands and what a Classic Load Balancer sends there."""
    uses: dict[float, tuple[Value, str]] = {}
    for listener in balancer.get("Listeners").items:
        port = listener.get("InstancePort")
        if port.number is not None:
            uses[port.number] = (port, "requests")
    checked = balancer.get("HealthCheck.Target")
    match = _CHECKED.fullmatch(checked.text or "")
    if match and isinstance(checked, Known):
        number = whole(match[1])
        if number in uses:
            uses[number] = (uses[number][0], "requests and health checks")
        else:
            uses[number] = (checked.having(number), "health checks")
    return uses


@record(frozen=True, eq=False)
class Unchecked:
    """Targets that a Network Load Balancer without security groups can't check: the rule admits other groups alone.

    is_sure: whether nothing else can add a rule.
    """

    rule: Rule
    group: Resource
    port: Value
    balancer: Resource
    is_sure: bool


def unchecked(service: Resource) -> Iterator[Unchecked]:
    """The targets of a service whose security groups surely admit no health check of a Network Load Balancer."""
    groups = named_groups(service, service.get("NetworkConfiguration.AwsvpcConfiguration.SecurityGroups"))
    for registered, targets in ecs_services.registrations(service) if groups else ():
        port, checked = registered.get("ContainerPort"), targets.get("HealthCheckPort", default="traffic-port")
        asked = port if checked.text == "traffic-port" else checked
        # A rule of a listener is one of an Application Load Balancer.
        listeners = [one for one in forwarding(targets) if one.type == LISTENER]
        balancers = [listener.follow("LoadBalancerArn", BALANCER) for listener in listeners]
        known = [one for one in balancers if one is not None and _has_no_group(one)]
        rules = known_rules(groups) if known and len(known) == len(forwarding(targets)) else None
        if rules is None or asked.number is None:
            continue
        admitting = [rule for rule in rules if rule.may_admit(asked.number)]
        if admitting and not any(_is_of_addresses(rule) for rule in admitting):
            is_sure = not any(may_have_other(group) for group in groups)
            yield Unchecked(admitting[0], groups[0], asked, known[0], is_sure)


def _has_no_group(balancer: Resource) -> bool:
    """Whether a load balancer surely is a Network Load Balancer without security groups."""
    return balancer.get("Type").text == "network" and balancer.get("SecurityGroups").is_absent


def _is_of_addresses(rule: Rule) -> bool:
    """Whether a rule of a security group admits addresses, or may: not other groups alone."""
    return any(not rule.written.get(name).is_absent for name in _ADDRESSES)


def _may_be_of_entry(balancer: Resource, rule: Rule) -> bool:
    """Whether a rule of a security group names a group from elsewhere, such as Global Accelerator makes in a VPC, or
    that of another load balancer, which may be in front of this one."""
    deployment = balancer.deployment
    sources = [deployment.find(source, GROUP) for source in rule.written.get("SourceSecurityGroupId").items]
    others = (one for one in deployment.of_type(BALANCER) if one is not balancer)
    entries = [named_groups(one, one.get("SecurityGroups")) for one in others]
    is_named = not rule.written.get("SourceSecurityGroupName").is_absent
    return is_named or any(
        source is None or any(groups is None or source in groups for groups in entries) for source in sources
    )


def shut_to_clients(balancer: Resource) -> Shut | None:
    """The port of a listener of an internet-facing load balancer whose security groups surely admit no client on any
    port of its listeners, neither by its address nor behind an accelerator or another load balancer; else None."""
    if balancer.get("Scheme", default="internet-facing").text != "internet-facing":
        return None
    groups = named_groups(balancer, balancer.get("SecurityGroups"))
    listeners = [one for one in balancer.deployment.of_type(LISTENER) if one.follow("LoadBalancerArn") is balancer]
    ports = [listener.get("Port") for listener in listeners]
    rules = all_rules(groups) if groups and ports else None
    # A group without any rule is filled by hand.
    if not rules or balancer.is_open or any(port.number is None for port in ports):
        return None
    open_rules = [rule for rule in rules if _is_of_addresses(rule) or _may_be_of_entry(balancer, rule)]
    if any(rule.may_admit(port.number or 0) for rule in open_rules for port in ports):
        return None
    of_tcp = next((rule for rule in rules if rule.is_of_tcp), None)
    return Shut(groups[0], of_tcp, ports[0], "requests", is_sure=True)
