"""A database instance should have a standby in a second Availability Zone.

With MultiAZ, RDS keeps a copy in another zone and fails over to it by itself, within one or two minutes, when the
instance, its storage or its zone fails; maintenance is done on the standby first. Without it the database stays away
until somebody restores it. AWS chooses both zones, so an AvailabilityZone beside MultiAZ is refused.

What to do: set MultiAZ (Terraform: multi_az) to true and leave AvailabilityZone out. Read replicas, Aurora and the
members of a cluster are not judged: they have other means.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, databases, rule


@rule(
    "rds-multi-az",
    level="warning",
    resource="AWS::RDS::DBInstance",
    memo="プライマリが利用できない場合に自動的にフェイルオーバーし、高い可用性を確保します",
    aws="AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html",
    core=True,
)
def check(instance: Resource) -> Iterator[Finding]:
    if databases.is_cluster_member(instance) or databases.is_read_replica(instance):
        return
    engine = instance.get("Engine").text
    if engine is None or databases.is_aurora(instance) is not False:
        return
    multi_az, zone = instance.get("MultiAZ", default=False), instance.get("AvailabilityZone")
    if multi_az.flag is True and zone.text:
        yield instance.finding(
            zone,
            f"names the zone {zone.text}, which RDS refuses beside MultiAZ; leave AvailabilityZone out",
            level="error",
            related=[(multi_az, "MultiAZ")],
        )
    elif multi_az.flag is False and not engine.lower().startswith(databases.SINGLE_ZONE_ENGINES):
        yield instance.finding(
            multi_az, "has no standby in a second zone and is gone when its zone fails; turn MultiAZ on"
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m6g.large, AllocatedStorage: "50"}
---
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, MultiAZ: "true", AvailabilityZone: eu-west-1a}
---
resource "aws_db_instance" "orders" {
  engine   = "mariadb"
  multi_az = false
}
"""

GOOD = """
Parameters:
  Engine: {Type: String}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, MultiAZ: "true"}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, SourceDBInstanceIdentifier: !Ref Orders}
  Member:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, DBClusterIdentifier: orders}
  Aurora:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: aurora-mysql}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: !Ref Engine}
---
resource "aws_db_instance" "orders" {
  engine   = "postgres"
  multi_az = true
}

resource "aws_db_instance" "replica" {
  engine              = "postgres"
  replicate_source_db = aws_db_instance.orders.identifier
}
"""
