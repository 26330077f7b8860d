"""The instances of an Aurora cluster should be in several Availability Zones.

If all instances are in one zone, they all fail with it: the data survive in the other zones, but no instance is left to
serve them. Without AvailabilityZone, Aurora spreads instances over the zones of the subnet group by itself.

What to do: remove AvailabilityZone (Terraform: availability_zone), or set different zones.
"""

from awslint_memo import Findings, Resource, clusters, rule


@rule(
    level="warning",
    resource="AWS::RDS::DBCluster",
    memo="障害が発生しても瞬時にフェイルオーバーできる高可用性構成を提供します",
    aws="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
)
def check(cluster: Resource) -> Findings:
    instances = clusters.cluster_instances(cluster) or []
    if not clusters.has_instances(cluster):
        return
    count = clusters.instance_count(instances)
    zones = {instance.get("AvailabilityZone").text for instance in instances}
    zone = zones.pop() if len(zones) == 1 else None
    if zone and count is not None and count > 1:
        elsewhere = clusters.is_known_elsewhere(cluster)
        first = instances[0].get("AvailabilityZone")
        yield cluster.finding(
            first,
            f"has {count} instances, all in {zone}{first.note}, so it is unavailable while that zone is",
            do="spread them over at least two zones",
            level="advice" if elsewhere else None,
            related=[(one.get("AvailabilityZone"), f"the zone of {one.title}") for one in instances[1:]],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-postgresql}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}
  Reader:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "a" {
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "b" {
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}
"""

GOOD = """
Parameters:
  Zone: {Type: String}
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-postgresql}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}
  Reader:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, AvailabilityZone: !Ref Zone}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "a" {
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1a"
}

resource "aws_rds_cluster_instance" "b" {
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
  availability_zone  = "eu-west-1b"
}
"""
