"""Which resources of a VPC CloudFormation may create before the VPC's internet gateway is attached."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.creation_order import stack, waits_for
from awslint_memo.relations.security_groups import GROUP
from awslint_memo.syntax.embedded import each

_GATEWAY = "AWS::EC2::InternetGateway"
_ATTACHMENT = "AWS::EC2::VPCGatewayAttachment"
_SUBNET = "AWS::EC2::Subnet"
_INSTANCE = "AWS::EC2::Instance"
_ADDRESS = "AWS::EC2::EIP"
_NAT = "AWS::EC2::NatGateway"
ROUTE = "AWS::EC2::Route"


def unattached(resource: Resource) -> Resource | None:
    """The attachment that a resource needs, and that CloudFormation surely is free to make after it; None where it is
    made before, where the resource needs none, or where that is not known."""
    attachment = next((one for one in _needed(resource) if stack(one) == stack(resource)), None)
    if attachment is None or attachment.name not in resource.deployment.own:
        return None
    waits = waits_for(resource, lambda other: other.type == _ATTACHMENT)
    return attachment if waits is False else None


def _needed(resource: Resource) -> Iterator[Resource]:
    """The attachments of this deployment without which a resource can't be created."""
    gateway = resource.follow("GatewayId", _GATEWAY) if resource.type == ROUTE else None
    vpcs = [] if resource.type == ROUTE else list(_vpcs(resource))
    for attachment in resource.deployment.of_type(_ATTACHMENT):
        attached = attachment.follow("InternetGatewayId", _GATEWAY)
        is_in_vpc = any(attachment.get("VpcId").is_same_as(vpc) for vpc in vpcs)
        if attached is not None and (attached is gateway or is_in_vpc):
            yield attachment


def _vpcs(resource: Resource) -> Iterator[Value]:
    """What surely is the VPC in which a resource has a public address."""
    deployment = resource.deployment
    groups: Iterator[Value] = iter(())
    if resource.type == _NAT:
        is_public = resource.get("ConnectivityType", default="public").text == "public"
        subnets = iter([resource.get("SubnetId")])
    elif resource.type == _ADDRESS:
        instance = resource.follow("InstanceId", _INSTANCE)
        is_public = instance is not None
        subnets = iter([] if instance is None else [instance.get("SubnetId")])
    else:
        is_public = resource.get("Scheme", default="internet-facing").text == "internet-facing"
        is_classic = resource.type == "AWS::ElasticLoadBalancing::LoadBalancer"
        mapped = () if is_classic else each(resource, "SubnetMappings.SubnetId")
        subnets = chain(resource.get("Subnets").items, mapped)
        groups = iter(resource.get("SecurityGroups").items)
    if is_public:
        placed = chain(
            (deployment.find(value, _SUBNET) for value in subnets), (deployment.find(value, GROUP) for value in groups)
        )
        yield from (one.get("VpcId") for one in placed if one is not None)
