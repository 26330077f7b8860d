"""A public NAT gateway should not stand in a subnet that leads back to itself.

A NAT gateway sends what it gets by the routes of its own subnet. If the default route of that subnet leads to the gateway
itself, nothing leaves the network: instances behind it have no way out, though all is deployed.

What to do: put the gateway into a public subnet, whose default route leads to an internet gateway.
"""

from collections.abc import Iterator

from awslint_memo import Deployment, Findings, Resource, Value, rule

ANYWHERE = "0.0.0.0/0"


@rule(
    level="error",
    since="0.2",
    resource="AWS::EC2::NatGateway",
    memo="高可用性構成を提供します",
    aws="vpc/latest/userguide/vpc-nat-gateway.html",
)
def check(gateway: Resource) -> Findings:
    deployment, subnet = gateway.deployment, gateway.follow("SubnetId", "AWS::EC2::Subnet")
    if subnet is None:
        return
    tables = deployment.once(tables_of_subnets).get(subnet.name, [])
    # Of several resources with one name nobody knows which is meant.
    if any(each is None or each.copies.number != 1 for each in (gateway, subnet, *tables)):
        return
    for route, target in (pair for table in tables for pair in default_routes(table)):
        if deployment.find(target, gateway.type) is gateway:
            message = f"whose default route ({route.title}) leads to the gateway itself, so nothing gets out"
            do, related = "set it to a public subnet", [(target, "the route")]
            placed = gateway.get("SubnetId")
            yield gateway.finding(placed, f"is {subnet.title}, {message}", of="SubnetId", do=do, related=related)


LINK, TABLE = "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::RouteTable"


def tables_of_subnets(deployment: Deployment) -> dict[str, list[Resource | None]]:
    """By subnet, the route tables that are associated with it; None for one that is not of here."""
    tables: dict[str, list[Resource | None]] = {}
    for link in deployment.of_type(LINK):
        if (subnet := link.follow("SubnetId", "AWS::EC2::Subnet")) is not None:
            tables.setdefault(subnet.name, []).append(link.follow("RouteTableId", TABLE))
    return tables


def routes_of_tables(deployment: Deployment) -> dict[str, list[Resource]]:
    """By route table, the default routes that are resources of their own."""
    routes: dict[str, list[Resource]] = {}
    for route in deployment.of_type("AWS::EC2::Route"):
        if route.get("DestinationCidrBlock").text == ANYWHERE and (table := route.follow("RouteTableId", TABLE)):
            routes.setdefault(table.name, []).append(route)
    return routes


def default_routes(table: Resource | None) -> Iterator[tuple[Resource, Value]]:
    """The default routes of a route table, with the NAT gateway of each."""
    if table is None:
        return
    for item in table.terraform.routes.items:
        if item.get("cidr_block").text == ANYWHERE:
            yield table, item.get("nat_gateway_id")
    for route in table.deployment.once(routes_of_tables).get(table.name, []):
        yield route, route.get("NatGatewayId")


BAD = """
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}
  OfSubnet: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}}
  Gateway: {Type: AWS::EC2::NatGateway, Properties: {AllocationId: e, SubnetId: !Ref Subnet}}
  Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24}}
  OfOther: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Other, RouteTableId: !Ref Table}}
---
resource "aws_subnet" "private" {
  vpc_id     = "v"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = "v"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_nat_gateway" "out" {
  allocation_id = "e"
  subnet_id     = aws_subnet.private.id
}
"""

GOOD = """
Parameters: {Subnet: {Type: String}}
Resources:
  Private: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24}}
  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24}}
  PrivateTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}
  PublicTable: {Type: AWS::EC2::RouteTable, Properties: {VpcId: v}}
  OfPrivate: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Private, RouteTableId: !Ref PrivateTable}}
  OfPublic: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Public, RouteTableId: !Ref PublicTable}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref PrivateTable, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}}
  Inside: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 10.1.0.0/16, NatGatewayId: !Ref Gateway}}
  Internet: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: i}}
  Gateway: {Type: AWS::EC2::NatGateway, Properties: {AllocationId: e, SubnetId: !Ref Public}}
  Unknown: {Type: AWS::EC2::NatGateway, Properties: {AllocationId: e, SubnetId: !Ref Subnet}}
---
resource "aws_subnet" "public" {
  vpc_id     = "v"
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "public" {
  vpc_id = "v"

  route {
    cidr_block     = "10.1.0.0/16"
    nat_gateway_id = aws_nat_gateway.out.id
  }
}

resource "aws_route_table_association" "public" {
  subnet_id      = aws_subnet.public.id
  route_table_id = aws_route_table.public.id
}

resource "aws_nat_gateway" "out" {
  allocation_id = "e"
  subnet_id     = aws_subnet.public.id
}
"""
