"""A DAX cluster should have three nodes, in different Availability Zones.

A cluster of one node is away while that node is replaced, and all reads fall on the table at once. A replica takes over
from the primary; with two of them one is left while the other is made anew. AWS recommends three nodes in three zones
for production.

What to do: set ReplicationFactor (Terraform: replication_factor) to 3 or more, and leave AvailabilityZones out or name
several zones.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "dax-nodes",
    level="warning",
    resource="AWS::DAX::Cluster",
    memo="DynamoDB Accelerator（DAX）は、インメモリキャッシュを提供し",
    aws="amazondynamodb/latest/developerguide/DAX.concepts.cluster.html",
)
def check(cluster: Resource) -> Iterator[Finding]:
    nodes = cluster.get("ReplicationFactor")
    if nodes.number == 1:
        yield cluster.finding(nodes, "has 1 node and nothing to take over from it; set ReplicationFactor to 3")
    elif nodes.number == 2:
        message = "has 2 nodes, so 1 is left while the other is replaced; set ReplicationFactor to 3"
        yield cluster.finding(nodes, message, level="advice")
    zones = cluster.get("AvailabilityZones")
    names = {zone.text for zone in zones.items}
    zone = names.pop() if len(names) == 1 else None
    if zone is not None and (nodes.number or 0) >= 3:
        message = f"has its {nodes.number} nodes in {zone}; spread them over several zones"
        yield cluster.finding(zones, message, related=[(nodes, "ReplicationFactor")])


BAD = """
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: 1}
---
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: "2"}
---
resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1a", "eu-west-1a"]
}
"""

GOOD = """
Parameters:
  Nodes: {Type: Number}
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: 3}
  Unknown:
    Type: AWS::DAX::Cluster
    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: !Ref Nodes}
---
resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}
"""
