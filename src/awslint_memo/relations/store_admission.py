"""Which security groups of databases and caches admit nobody but load balancers, which are no clients of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.load_balancers import BALANCER
from awslint_memo.relations.mentions import mentioning
from awslint_memo.relations.security_groups import GROUP, STORES, Rule, known_rules, may_have_other, named_groups
from awslint_memo.relations.store_clients import CLIENTS, WIDER, shut_out

_RULES = (
    *(GROUP, "AWS::EC2::SecurityGroupEgress", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupRule"),
    BALANCER,
)
"""What may mention the security group of a load balancer and is in it with no program."""

_PROGRAMS: Mapping[str, str] = {**CLIENTS, "AWS::AutoScaling::LaunchConfiguration": "SecurityGroups"}
"""What runs programs, and where it names their security groups."""


@record(frozen=True, eq=False)
class Misplaced:
    """A security group of stores that only a load balancer is admitted by. source: what names the group of that.
    program: one that has another group, and which."""

    stores: Sequence[Resource]
    source: Value
    balancer: Resource
    program: Resource
    other: Resource


def only_balancers(group: Resource) -> Misplaced | None:
    """What a security group of stores surely admits in place of programs: the groups of Application Load Balancers
    alone, which speak HTTP with their targets, while the programs that are known have others; else None."""
    stores = group.deployment.once(_stores).get(group.name, ())
    rules = known_rules([group]) if stores and not may_have_other(group) else None
    if not rules or any(not rule.written.get(name).is_absent for rule in rules for name in WIDER):
        return None
    sources = [source for rule in rules for source in rule.written.get("SourceSecurityGroupId").items]
    admitted = [group.deployment.find(source, GROUP) for source in sources]
    balancers = [None if one is None else _balancer_in(one) for one in admitted]
    if not all(map(_has_source, rules)) or not balancers or balancers[0] is None or None in balancers:
        return None
    outside = _program_outside(group.deployment, [one for one in (*admitted, group) if one is not None])
    if outside is None or any(_is_told_of(group.deployment, store) for store in stores):
        return None
    return Misplaced(stores, sources[0], balancers[0], *outside)


def _stores(deployment: Deployment) -> Mapping[str, Sequence[Resource]]:
    """The databases and caches of a template that have one security group, by that."""
    stores: dict[str, list[Resource]] = {}
    for store in deployment.own_of_type(*STORES):
        groups = named_groups(store, store.get(STORES[store.type].groups))
        if len(groups) == 1:
            stores.setdefault(groups[0].name, []).append(store)
    return stores


def _is_told_of(deployment: Deployment, store: Resource) -> bool:
    """Whether a program that is told of a store is shut out of it by `store_clients`."""
    shut = (one for client in deployment.of_type(*CLIENTS) for one in shut_out(client))
    return any(one.store is store for one in shut)


def _has_source(rule: Rule) -> bool:
    return bool(rule.written.get("SourceSecurityGroupId").items)


def _balancer_in(group: Resource) -> Resource | None:
    """The Application Load Balancer that has a group, where surely nothing else that is known has it; else None."""
    if not {*mentioning(group)} <= {*_RULES} or group.deployment.is_open:
        return None
    balancers = group.deployment.of_type(BALANCER)
    inside = [one for one in balancers if group in named_groups(one, one.get("SecurityGroups"))]
    are_known = len(inside) == sum(group.may_be_named_by(one.get("SecurityGroups")) for one in balancers)
    are_of_http = all(one.get("Type", default="application").text == "application" for one in inside)
    return inside[0] if inside and are_known and are_of_http else None


def _program_outside(deployment: Deployment, groups: Sequence[Resource]) -> tuple[Resource, Resource] | None:
    """A program that surely has none of some security groups, and one that it has; None if one may have one of them."""
    found: tuple[Resource, Resource] | None = None
    for program in deployment.of_type(*_PROGRAMS):
        own = named_groups(program, program.get(_PROGRAMS[program.type]))
        if any(group in groups for group in own):
            return None
        if own and found is None:
            found = program, own[0]
    return found
