"""A DAX cluster that lists Availability Zones should list one for each node.

DAX refuses a cluster with more or fewer AvailabilityZones than ReplicationFactor says.

What to do: list as many zones as there are nodes (Terraform: availability_zones, replication_factor), or leave them out:
DAX then spreads the nodes itself.
"""

from awslint_memo import Findings, Resource, autoscaling_zones, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::DAX::Cluster",
    memo="DynamoDB Accelerator（DAX）は、インメモリキャッシュを提供し",
    aws="amazondynamodb/latest/APIReference/API_dax_CreateCluster.html",
)
def check(cluster: Resource) -> Findings:
    nodes, zones = cluster.get("ReplicationFactor"), cluster.get("AvailabilityZones")
    listed = zones.items if all(autoscaling_zones.is_one_zone(zone) for zone in zones.items) else []
    if listed and nodes.number is not None and nodes.number != len(listed):
        yield cluster.finding(
            zones,
            f"names {len(listed)} for {nodes.number} nodes{nodes.note}, so DAX refuses the cluster",
            of="AvailabilityZones",
            do=f"list {nodes.number} zones, or remove it",
            related=[(nodes, "ReplicationFactor")],
        )


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
---
data "aws_availability_zones" "all" {}

resource "aws_dax_cluster" "cache" {
  replication_factor = 3
  availability_zones = [data.aws_availability_zones.all.names[0], element(data.aws_availability_zones.all.names, 1)]
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
  # An attribute may be a list.
  Chosen: {Type: Custom::Zones, Properties: {ServiceToken: !ImportValue Choose}}
  Listed: {Type: AWS::DAX::Cluster, Properties: {ReplicationFactor: 3, AvailabilityZones: !GetAtt Chosen.Zones}}
---
resource "aws_dax_cluster" "cache" {
  replication_factor = 3
}

data "aws_availability_zones" "all" {}

resource "aws_dax_cluster" "spread" {
  replication_factor = 3
  availability_zones = data.aws_availability_zones.all.names
}
"""
