"""Which programs are told the address of a database or cache, and surely don't get through its security groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import ecs
from awslint_memo.relations.security_groups import GROUP, STORES, Rule, all_rules, named_groups

_GROUPS: Mapping[str, str] = {
    "AWS::ECS::Service": "NetworkConfiguration.AwsvpcConfiguration.SecurityGroups",
    "AWS::Lambda::Function": "VpcConfig.SecurityGroupIds",
}
"""Where programs name their security groups."""

_WIDER = ("CidrIp", "CidrIpv6", "SourcePrefixListId", "SourceSecurityGroupName")
"""What a rule may admit besides security groups of here."""


@record(frozen=True, eq=False)
class ShutOut:
    """A store whose groups admit others than a program that is told its address.

    told: the value that tells it. group, client_group: the first of each one's security groups. admitted: what names
    one that is admitted instead.
    """

    store: Resource
    told: Value
    group: Resource
    client_group: Resource
    admitted: Value


def shut_out(client: Resource) -> Iterator[ShutOut]:
    """The stores of here whose address a service of ECS or a function is told, and whose security groups surely admit
    other security groups alone."""
    own = named_groups(client, client.get(_GROUPS[client.type]))
    told: dict[str, Value] = {}
    for value in _variables(client) if own else ():
        for link in _addresses(value):
            told.setdefault(link.resource, value)
    for name, value in told.items():
        store = client.deployment.resource(name)
        groups = [] if store is None or store.type not in STORES else _groups_of(store)
        # A group may admit itself.
        rules = all_rules(groups) if groups and not any(group in own for group in groups) else None
        if store is not None and rules and all(_admits_others(rule, own) for rule in rules):
            yield ShutOut(store, value, groups[0], own[0], _sources(rules[0])[0])


def _groups_of(store: Resource) -> list[Resource]:
    return named_groups(store, store.get(STORES[store.type].groups))


def _variables(client: Resource) -> list[Value]:
    """What the program of a service or function is told by its environment."""
    if client.type != ecs.SERVICE:
        return [*client.get("Environment.Variables").fields.values()]
    task = client.follow("TaskDefinition", ecs.TASK)
    containers = [] if task is None else ecs.containers(task) or []
    return [item.get("Value") for container in containers for item in container.get("Environment").items]


def _addresses(value: Value) -> Iterator[Link]:
    """The links of a text that are to an address of what they name."""
    for piece in value.pieces:
        link = piece.attribute if isinstance(piece, Unknown) else piece
        if isinstance(link, Link) and "endpoint" in link.attribute.lower():
            yield link


def _admits_others(rule: Rule, own: Sequence[Resource]) -> bool:
    """Whether a rule surely admits security groups of here alone, and none of some."""
    if any(rule.written.get(name).items for name in _WIDER):
        return False
    sources = [own[0].deployment.find(item, GROUP) for item in _sources(rule)]
    return bool(sources) and not any(source is None or source in own for source in sources)


def _sources(rule: Rule) -> list[Value]:
    """What names the security groups that a rule admits."""
    return rule.written.get("SourceSecurityGroupId").items
