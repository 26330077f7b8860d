"""Which security groups of databases and caches admit nobody but load balancers, which are no clients of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.load_balancers import BALANCER
from awslint_memo.relations.mentions import mentioning
from awslint_memo.relations.security_groups import GROUP, STORES, Rule, known_rules, may_have_other, named_groups
from awslint_memo.relations.store_clients import CLIENTS, WIDER, own_groups, told_of

_RULES = (
    *(GROUP, "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupRule"),
    BALANCER,
)
"""What may mention the security group of a load balancer and is in it with no program."""

_PROGRAMS: Mapping[str, str] = {**CLIENTS, "AWS::AutoScaling::LaunchConfiguration": "SecurityGroups"}
"""What runs programs, and where it names their security groups."""


@record(frozen=True, eq=False)
class Client:
    """A program that is told the address of a store. told: the value that tells it. group: one that it has."""

    program: Resource
    told: Value
    group: Resource


@record(frozen=True, eq=False)
class Misplaced:
    """A security group of stores that only a load balancer is admitted by. source: what names the group of that.
    clients: the programs that are told of one of the stores."""

    stores: Sequence[Resource]
    source: Value
    balancer: Resource
    clients: Sequence[Client]


def only_balancers(group: Resource) -> Misplaced | None:
    """What a security group of stores surely admits in place of programs: the groups of Application Load Balancers
    alone, which speak HTTP with their targets, while the programs that are known have others; else None."""
    stores = group.deployment.once(_stores).get(group.name, ())
    # Most templates with stores are linked to no balancer.
    may_be = bool(stores) and bool(group.deployment.of_type(BALANCER)) and not may_have_other(group)
    rules = known_rules([group]) if may_be else None
    if not rules or any(not rule.written.get(name).is_absent for rule in rules for name in WIDER):
        return None
    sources = [source for rule in rules for source in rule.written.get("SourceSecurityGroupId").items]
    admitted = [group.deployment.find(source, GROUP) for source in sources]
    balancers = [None if one is None else _balancer_in(one) for one in admitted]
    if not all(map(_has_source, rules)) or not balancers or balancers[0] is None or None in balancers:
        return None
    if not _are_programs_outside(group.deployment, [one for one in (*admitted, group) if one is not None]):
        return None
    clients = group.deployment.once(_clients)
    told = [client for store in stores for client in clients.get(store.name, ())]
    return Misplaced(stores, sources[0], balancers[0], told)


def _stores(deployment: Deployment) -> Mapping[str, Sequence[Resource]]:
    """The databases and caches of a template that have one security group, by that."""
    stores: dict[str, list[Resource]] = {}
    for store in deployment.own_of_type(*STORES):
        groups = named_groups(store, store.get(STORES[store.type].groups))
        if len(groups) == 1:
            stores.setdefault(groups[0].name, []).append(store)
    return stores


def _clients(deployment: Deployment) -> Mapping[str, Sequence[Client]]:
    """The programs with known security groups that are told of stores, by these."""
    clients: dict[str, list[Client]] = {}
    for program in deployment.of_type(*CLIENTS):
        told = told_of(program)
        own = own_groups(program) if told else []
        for name, value in told.items() if own else ():
            clients.setdefault(name, []).append(Client(program, value, own[0]))
    return clients


def _has_source(rule: Rule) -> bool:
    return bool(rule.written.get("SourceSecurityGroupId").items)


def _balancer_in(group: Resource) -> Resource | None:
    """The Application Load Balancer that has a group, where surely nothing else that is known has it; else None."""
    if group.deployment.is_open or group.is_exposed():
        return None
    balancers = group.deployment.of_type(BALANCER)
    inside = [one for one in balancers if group in named_groups(one, one.get("SecurityGroups"))]
    are_known = len(inside) == sum(group.may_be_named_by(one.get("SecurityGroups")) for one in balancers)
    are_of_http = all(one.get("Type", default="application").text == "application" for one in inside)
    if not inside or not are_known or not are_of_http:
        return None
    return inside[0] if {*mentioning(group)} <= {*_RULES} else None


def _are_programs_outside(deployment: Deployment, groups: Sequence[Resource]) -> bool:
    """Whether there is a program whose security groups are known, and none that has one of some."""
    programs = deployment.of_type(*_PROGRAMS)
    owned = [named_groups(program, program.get(_PROGRAMS[program.type])) for program in programs]
    return any(owned) and not any(group in groups for own in owned for group in own)
