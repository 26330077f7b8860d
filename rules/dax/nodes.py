"""A DAX cluster should have three nodes, in different Availability Zones.

While the only node of a cluster is replaced, the cluster is unavailable and all reads go to the table. A replica takes
over from a failed primary; of two nodes, one is left while the other is replaced. AWS recommends three nodes in three
zones for production.

What to do: set ReplicationFactor (Terraform: replication_factor) to 3 or more, and leave AvailabilityZones out, so that
DAX spreads the nodes, or name as many zones as there are nodes: DAX rejects another number of zones. Give its group subnets of
several zones.
"""

from awslint_memo import Findings, Resource, autoscaling_zones, rule


@rule(
    level="warning",
    resource="AWS::DAX::Cluster",
    memo="DynamoDB Accelerator（DAX）は、インメモリキャッシュを提供し",
    aws="amazondynamodb/latest/developerguide/DAX.concepts.cluster.html",
    fix="unsafe",
    widened={"0.2": "groups of subnets in one zone"},
)
def check(cluster: Resource) -> Findings:
    nodes, zones = cluster.get("ReplicationFactor"), cluster.get("AvailabilityZones")
    also = " and list as many AvailabilityZones, or remove these" if zones.items else ""
    if nodes.number in (1, 2):
        is_single = nodes.number == 1
        yield cluster.finding(
            nodes,
            "so no replica takes over when the node fails"
            if is_single
            else "so only one node is left while the other is replaced",
            do=f"set it to 3{also}",
            level=None if is_single else "advice",
            fix=None if also else cluster.set("ReplicationFactor", 3, unsafe="costs more nodes"),
        )
    zone = zones.items[0].text if len({zone.text for zone in zones.items}) == 1 else None
    # DAX refuses another number of zones than of nodes, which dax-zones says.
    if zone is not None and len(zones.items) == nodes.number and nodes.number >= 3:
        yield cluster.finding(
            zones,
            f"names only {zone} for {nodes.number} nodes, so all of them fail with that zone",
            of="AvailabilityZones",
            do=f"list {nodes.number} zones that are not all the same, or remove it",
            related=[(nodes, "ReplicationFactor")],
        )
        return
    group = cluster.follow("SubnetGroupName", "AWS::DAX::SubnetGroup")
    shared = None if group is None else autoscaling_zones.zone_of_subnets(group, group.get("SubnetIds"))
    if group is not None and shared is not None and nodes.above(1):
        yield group.finding(
            shared.place,
            f"has only {shared.name} in SubnetIds, so all {nodes.number} nodes of {cluster.title} fail with that zone",
            do="add subnets of other zones",
            related=[(cluster, "the cluster"), *((subnet, "its subnet") for subnet in shared.subnets)],
            since="0.2",
        )


BAD = """
Resources:
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 1}}
---
Resources:
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: "2"}}
---
resource "aws_dax_cluster" "cache" {
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1a", "eu-west-1a"]
}
---
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Group: {Type: AWS::DAX::SubnetGroup, Properties: {SubnetIds: [!Ref One, !Ref Two]}}
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, SubnetGroupName: !Ref Group}}
---
resource "aws_subnet" "rates" {
  count             = 2
  vpc_id            = "vpc-0123"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_dax_subnet_group" "rates" {
  name       = "rates"
  subnet_ids = aws_subnet.rates[*].id
}

resource "aws_dax_cluster" "rates" {
  replication_factor = 3
  subnet_group_name  = aws_dax_subnet_group.rates.name
}
"""

GOOD = """
Parameters:
  Nodes: {Type: Number}
Resources:
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3}}
  Unknown: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: !Ref Nodes, AvailabilityZones: [eu-west-1a]}}
---
Parameters: {Subnets: {Type: "List<AWS::EC2::Subnet::Id>"}, Zone: {Type: String}}
Resources:
  One: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.0.0/24, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Two: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.1.0/24, AvailabilityZone: !Select [1, !GetAZs ""]}}
  Group: {Type: AWS::DAX::SubnetGroup, Properties: {SubnetIds: [!Ref One, !Ref Two]}}
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, SubnetGroupName: !Ref Group}}
  Any: {Type: AWS::DAX::SubnetGroup, Properties: {SubnetIds: !Ref Subnets}}
  OfAny: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, SubnetGroupName: !Ref Any}}
  Elsewhere: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, SubnetGroupName: shared}}
  Three: {Type: AWS::EC2::Subnet, Properties: {VpcId: v, CidrBlock: 10.0.2.0/24, AvailabilityZone: !Ref Zone}}
  Mixed: {Type: AWS::DAX::SubnetGroup, Properties: {SubnetIds: [!Ref One, !Ref Three]}}
  OfMixed: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, SubnetGroupName: !Ref Mixed}}
---
resource "aws_dax_cluster" "cache" {
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}
"""

FIXED = """
-  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 1}}
+  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3}}
---
-  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: "2"}}
+  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: "3"}}
"""
