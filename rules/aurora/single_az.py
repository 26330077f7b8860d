"""The instances of an Aurora cluster should be in several Availability Zones.

If all instances are in one zone, they all fail with it: the data survive in the other zones, but no instance is left to
serve them. Without AvailabilityZone, Aurora spreads instances over the zones of the subnet group by itself.

What to do: remove AvailabilityZone (Terraform: availability_zone), or set different zones.
"""

from awslint_memo import Findings, Resource, autoscaling_zones, clusters, rule


@rule(
    level="warning",
    resource="AWS::RDS::DBCluster",
    memo="障害が発生しても瞬時にフェイルオーバーできる高可用性構成を提供します",
    aws="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
    taste="costs",
    widened={"0.2": "clusters whose readers are scaled, but of which Auto Scaling keeps no more than are written"},
)
def check(cluster: Resource) -> Findings:
    instances = clusters.least_instances(cluster) or []
    zones = [instance.get("AvailabilityZone") for instance in instances]
    count = clusters.instance_count(instances) or 0
    zone = autoscaling_zones.same_zone(zones) if count > 1 else None
    if zone is not None and clusters.has_instances(cluster):
        yield cluster.finding(
            zones[0],
            f"has {count} instances, all in {zone}{zones[0].note}, so it is unavailable while that zone is",
            do="spread them over at least two zones",
            level="advice" if clusters.is_known_elsewhere(cluster) else None,
            since="" if clusters.cluster_instances(cluster) else "0.2",
            related=[(zones[i], f"the zone of {instances[i].title}") for i in range(1, len(zones))],
        )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: !Select [0, !GetAZs ""]}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: !Select [0, !GetAZs ""]}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "a" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "b" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}
---
resource "aws_rds_cluster" "orders" {
  engine             = "aurora-mysql"
  cluster_identifier = "orders"
}

resource "aws_rds_cluster_instance" "a" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "b" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

# As many as there are.
resource "aws_appautoscaling_target" "readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.orders.id}"
  min_capacity       = 1
  max_capacity       = 4
}
"""

GOOD = """
Parameters:
  Zone: {Type: String}
Resources:
  Prices: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Prices1: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Prices, AvailabilityZone: !Ref Zone}}
  Prices2: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Prices, AvailabilityZone: !Ref Zone}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, AvailabilityZone: !Ref Zone}}
  # Auto Scaling keeps one more reader, wherever Aurora puts it.
  Scaled: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Scaled1: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Scaled, AvailabilityZone: eu-west-1a}}
  Scaled2: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Scaled, AvailabilityZone: eu-west-1a}}
  Scaling: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ServiceNamespace: rds, ScalableDimension: "rds:cluster:ReadReplicaCount", ResourceId: !Sub "cluster:${Scaled}", MinCapacity: 2, MaxCapacity: 4}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "a" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "b" {
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1b"
}
"""
