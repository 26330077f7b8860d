"""Amazon VPC: whether what is in a subnet surely gets to nothing outside of its VPC, by the routes of the subnet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Absent, Value

_GATEWAY = "AWS::EC2::InternetGateway"
_LINK = "AWS::EC2::SubnetRouteTableAssociation"
_ROUTE = "AWS::EC2::Route"
_TABLE = "AWS::EC2::RouteTable"
_PROPAGATION = "AWS::EC2::VPNGatewayRoutePropagation"
_PROPAGATING = "propagating_vgws"
"""Terraform's name for the same in a route table."""
_ADDED = "AWS::EC2::SubnetCidrBlock"
"""What gives a subnet addresses of IPv6 besides, with which an internet gateway is a way out."""
OF_INTERFACES = fact(
    ("SecurityGroupIds", "SecurityGroups", "SubnetId", "PrivateIpAddress", "Ipv6AddressCount", "Ipv6Addresses"),
    page="AWSEC2/latest/APIReference/API_RunInstances.html",
    read="2026-12-02",
)
"""What an instance with network interfaces can't have beside these (https://github.com/hashicorp/terraform/issues/687
and 1188)."""

SUBNET = "AWS::EC2::Subnet"
ENDPOINT = "AWS::EC2::VPCEndpoint"


def shut(runner: Resource, subnets: Value) -> str:
    """Why what has no public address surely gets to nothing outside of its VPC in any of these subnets, as words about
    them; empty where it may, or where one of them is not of here."""
    named = [runner.deployment.find(item, SUBNET) for item in subnets.items]
    known = [one for one in named if one is not None]
    if not known or len(known) < len(named) or not all(is_shut_in(one, has_address=False) for one in known):
        return ""
    leads_nowhere = all(is_shut_in(one, has_address=True) for one in known)
    return "lead to no gateway and no endpoint" if leads_nowhere else "lead out by an internet gateway alone"


def shut_to_servers(runner: Resource, subnets: Value) -> str:
    """The same of servers on the internet alone: the default route of each subnet surely leads to an internet gateway,
    whatever other stacks add to the VPC."""
    named = [runner.deployment.find(item, SUBNET) for item in subnets.items]
    is_shut = all(one is not None and _leads_to_gateway(one) for one in named)
    return "lead out by an internet gateway alone" if named and is_shut else ""


def _leads_to_gateway(subnet: Resource) -> bool:
    """Whether the default route of a subnet leads to an internet gateway; a table has only one."""
    deployment = subnet.deployment
    tables = deployment.once(_tables).get(subnet.name, [])
    if len(tables) != 1 or tables[0].copies.number != 1 or tables[0].may_be_completed():
        return False
    routes = deployment.once(_routes).get(tables[0].name, [])
    blocks = [route.get("DestinationCidrBlock") for route in routes]
    blocks += [item.get("cidr_block") for item in tables[0].terraform.routes.items]
    is_default = any(block.text == "0.0.0.0/0" for block in blocks)
    return is_default and all(_is_no_way(deployment, target, has_address=False) for target in _targets(tables[0]))


def is_shut_in(subnet: Resource, *, has_address: bool, past_endpoints: bool = False) -> bool:
    """Whether what is in a subnet surely gets to no service outside of its VPC.

    has_address: whether it may have a public address, with which it gets out by an internet gateway. The VPC, the route
    table and all routes are of here, none of them leads anywhere but to an internet gateway, and there is no interface
    endpoint, by which services are in the VPC. past_endpoints: do not ask for the last.
    """
    deployment = subnet.deployment
    vpc = subnet.follow("VpcId", "AWS::EC2::VPC")
    tables = deployment.once(_tables).get(subnet.name, [])
    if vpc is None or len(tables) != 1 or not subnet.get("Ipv6CidrBlock").is_absent or deployment.once(_has_other_way):
        return False
    if not past_endpoints and deployment.once(has_interface):
        return False
    if any(one.copies.number != 1 or one.may_be_completed() or one.is_exposed() for one in (vpc, subnet, tables[0])):
        return False
    if any(name == _PROPAGATING for name, _ in tables[0].everything()):
        return False
    return all(_is_no_way(deployment, target, has_address) for target in _targets(tables[0]))


def _is_no_way(deployment: Deployment, target: Value, has_address: bool) -> bool:
    """Whether what a route leads to surely is no way out: the VPC itself, or an internet gateway without an address."""
    is_gateway = deployment.find(target, _GATEWAY) is not None or (target.text or "").startswith("igw-")
    return target.text == "local" or (is_gateway and not has_address)


def _targets(table: Resource) -> Iterator[Value]:
    """The gateway of each route of a table; another value where it leads to something else, or that is not known."""
    written = table.terraform.routes
    yield from (item.get("gateway_id") for item in written.items)
    by_table = table.deployment.once(_routes)
    yield from (Absent(route.place) for route in by_table.get("", [])[:1])
    yield from (route.get("GatewayId") for route in by_table.get(table.name, []))


def _routes(deployment: Deployment) -> Mapping[str, list[Resource]]:
    """By route table, its routes that are resources of their own; under "" those of tables that are not of here."""
    by_table: dict[str, list[Resource]] = {}
    for route in deployment.of_type(_ROUTE):
        table = route.follow("RouteTableId", _TABLE)
        by_table.setdefault("" if table is None else table.name, []).append(route)
    return by_table


def _tables(deployment: Deployment) -> Mapping[str, list[Resource]]:
    """By subnet, the route tables that surely are its own; none where one of an association is not of here."""
    by_subnet: dict[str, list[Resource]] = {}
    for link in deployment.of_type(_LINK):
        subnet, table = link.follow("SubnetId", SUBNET), link.follow("RouteTableId", _TABLE)
        if subnet is None or table is None:
            return {}
        by_subnet.setdefault(subnet.name, []).append(table)
    return by_subnet


def has_interface(deployment: Deployment) -> bool:
    """Whether a deployment has an endpoint that may be an interface."""
    endpoints = deployment.of_type(ENDPOINT)
    return any(one.get("VpcEndpointType", default="Gateway").text != "Gateway" for one in endpoints)


def _has_other_way(deployment: Deployment) -> bool:
    """Whether a deployment has a VPN, from which tables may get routes, or what adds IPv6 to subnets."""
    others = (one.type for one in deployment.untranslated(deployment))
    has_vpn = any(kind.startswith("aws_vpn_gateway") for kind in others)
    return has_vpn or bool(deployment.of_type(_PROPAGATION, _ADDED))
