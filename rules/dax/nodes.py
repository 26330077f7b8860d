"""A DAX cluster should have three nodes, in different Availability Zones.

While the only node of a cluster is replaced, the cluster is unavailable and all reads go to the table. A replica takes
over from a failed primary; of two nodes, one is left while the other is replaced. AWS recommends three nodes in three
zones for production.

What to do: set ReplicationFactor (Terraform: replication_factor) to 3 or more, and leave AvailabilityZones out, so that
DAX spreads the nodes, or name as many zones as there are nodes: DAX rejects another number of zones.
"""

from awslint_memo import Findings, Fix, Resource, rule


@rule(
    level="warning",
    resource="AWS::DAX::Cluster",
    memo="DynamoDB Accelerator（DAX）は、インメモリキャッシュを提供し",
    aws="amazondynamodb/latest/developerguide/DAX.concepts.cluster.html",
    fix="unsafe",
)
def check(cluster: Resource) -> Findings:
    nodes = cluster.get("ReplicationFactor")
    if nodes.number == 1:
        message = f"is 1{nodes.note}, so no replica takes over when the node fails; set it to 3{also(cluster)}"
        yield cluster.finding(nodes, message, of="ReplicationFactor", fix=fix(cluster))
    elif nodes.number == 2:
        message = f"is 2{nodes.note}, so only one node is left while the other is replaced; set it to 3{also(cluster)}"
        yield cluster.finding(nodes, message, of="ReplicationFactor", level="advice", fix=fix(cluster))
    zones = cluster.get("AvailabilityZones")
    names = {zone.text for zone in zones.items}
    zone = names.pop() if len(names) == 1 else None
    if zone is not None and (nodes.number or 0) >= 3:
        remedy = f"list {nodes.number} zones that are not all the same, or remove it"
        message = f"names only {zone} for {nodes.number} nodes, so all of them fail with that zone; {remedy}"
        yield cluster.finding(zones, message, of="AvailabilityZones", related=[(nodes, "ReplicationFactor")])


def fix(cluster: Resource) -> Fix | None:
    """Three nodes, if no zones have to be named for them."""
    return None if also(cluster) else cluster.set("ReplicationFactor", 3, unsafe="costs more nodes")


def also(cluster: Resource) -> str:
    """What else must change with the number of nodes."""
    return " and list as many AvailabilityZones, or remove these" if cluster.get("AvailabilityZones").items else ""


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
    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: !Ref Nodes, AvailabilityZones: [eu-west-1a]}
---
resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  replication_factor = 3
  availability_zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}
"""

FIXED = """
-    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: 1}
+    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: 3}
---
-    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: "2"}
+    Properties: {NodeType: dax.r5.large, IAMRoleARN: !ImportValue Role, ReplicationFactor: "3"}
"""
