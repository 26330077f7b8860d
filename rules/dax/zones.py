"""A DAX cluster that lists Availability Zones should list one for each node.

DAX refuses a cluster with more or fewer AvailabilityZones than ReplicationFactor says.

What to do: list as many zones as there are nodes (Terraform: availability_zones, replication_factor), or leave them out:
DAX then spreads the nodes itself.
"""

from awslint_memo import Findings, Link, Resource, Unknown, Value, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::DAX::Cluster",
    memo="DynamoDB Accelerator（DAX）は、インメモリキャッシュを提供し",
    aws="amazondynamodb/latest/APIReference/API_dax_CreateCluster.html",
)
def check(cluster: Resource) -> Findings:
    nodes, zones = cluster.get("ReplicationFactor"), cluster.get("AvailabilityZones")
    # An attribute, such as the zone of a subnet, is one zone; a parameter may be a list.
    listed = [zone for zone in zones.items if zone.text is not None or is_attribute(zone)]
    if listed and len(listed) == len(zones.items) and nodes.number is not None and nodes.number != len(listed):
        yield cluster.finding(
            zones,
            f"names {len(listed)} for {nodes.number} nodes{nodes.note}, so DAX refuses the cluster",
            of="AvailabilityZones",
            do=f"list {nodes.number} zones, or remove it",
            related=[(nodes, "ReplicationFactor")],
        )


def is_attribute(value: Value) -> bool:
    return isinstance(value, Link) or (isinstance(value, Unknown) and value.attribute is not None)


BAD = """
Resources:
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: v}}
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, AvailabilityZones: [!GetAtt A.AvailabilityZone, !GetAtt B.AvailabilityZone]}}
---
Resources:
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: "3", AvailabilityZones: [eu-west-1a, eu-west-1b]}}
---
resource "aws_dax_cluster" "cache" {
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1a"]
}
"""

GOOD = """
Parameters:
  Nodes: {Type: Number}
  Zones: {Type: CommaDelimitedList}
Resources:
  Cache: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, AvailabilityZones: [eu-west-1a, eu-west-1b, eu-west-1a]}}
  Spread: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3}}
  AnyNodes: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: !Ref Nodes, AvailabilityZones: [eu-west-1a]}}
  AnyZones: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, AvailabilityZones: !Ref Zones}}
---
resource "aws_dax_cluster" "cache" {
  replication_factor = 3
}
"""
