"""What security groups surely let nothing out, and what functions call by their network."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.value import Value
from awslint_memo.relations import outward_calls
from awslint_memo.relations.security_groups import GROUP, STORES, may_have_other, named_groups

_EGRESS = "AWS::EC2::SecurityGroupEgress"
_OF_EITHER_DIRECTION = "AWS::EC2::SecurityGroupRule"
"""Of Terraform alone."""

NOWHERE = fact(
    ("127.0.0.1/32", "255.255.255.255/32"),
    page="AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html",
    read="2026-12-01",
)
"""Addresses to which rules lead that only take the place of the default one, by which everything gets out; the CDK
writes the second."""


def closed(user: Resource, named: Value) -> Sequence[Resource]:
    """The security groups that a value names, where all are of this deployment and surely let nothing out; else none.

    Without a rule, Terraform removes the one that AWS makes with each group, and CloudFormation leaves it.
    """
    groups = named_groups(user, named)
    return groups if all(map(_is_closed, groups)) else ()


def _is_closed(group: Resource) -> bool:
    inline = group.get("SecurityGroupEgress")
    if inline.is_unknown or any(item.is_unknown for item in inline.items) or may_have_other(group):
        return False
    written = [item.get("CidrIp").text for item in inline.items]
    is_closed = not written if group.language == "terraform" else bool(written) and {*written} <= {*NOWHERE}
    opened = group.deployment.once(_opened) if is_closed else None
    return opened is not None and group.name not in opened and not may_ignore(group.terraform.ignore_changes, "egress")


def _opened(deployment: Deployment) -> frozenset[str] | None:
    """The groups with rules of egress that are resources of their own; None where the group of one is not known."""
    groups: set[str] = set()
    for rule in deployment.of_type(_EGRESS, _OF_EITHER_DIRECTION):
        named = rule.get("GroupId")
        group = deployment.find(named, GROUP)
        if rule.type == _OF_EITHER_DIRECTION and rule.get("Type").text == "ingress":
            continue
        if group is None and named.text is None:
            return None
        groups |= set() if group is None else {group.name}
    return frozenset(groups)


def called(function: Resource) -> tuple[Value, str] | None:
    """A variable of a function that names what it surely calls by its network, and what that is; else None."""
    for name, value in function.get("Environment.Variables").fields.items():
        links = (function.deployment.resource(link.resource) for link in value.mentions())
        store = next((one for one in links if one is not None and one.type in STORES), None)
        words = outward_calls.called_anywhere(function, name, value) if store is None else store.title
        if words:
            return value, words
    return None
