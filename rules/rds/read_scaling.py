"""A read replica should be as large as its source, and stand in another Availability Zone.

A replica repeats every write of its source beside the reads that it serves: a smaller one falls behind, and readers see
old data. It can also be promoted when the source is lost, which helps nobody if it went down with the same zone.

What to do: give the replica the source's DBInstanceClass (Terraform: instance_class), or a larger one, and leave
AvailabilityZone out or name another zone. Classes that are hard to compare are not judged.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, database_classes, databases, rule


@rule(
    "rds-read-scaling",
    level="advice",
    resource="AWS::RDS::DBInstance",
    memo="主データベースに対してリードトラフィックを分散させることで読み取りの性能向上が期待できます",
    aws="AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
)
def check(replica: Resource) -> Iterator[Finding]:
    source = databases.replica_source(replica)
    if source is None:
        return
    mine, its = replica.get("DBInstanceClass"), source.get("DBInstanceClass")
    if database_classes.is_smaller(mine, its):
        yield replica.finding(
            mine,
            f"is a {mine.text} and its source {source.title} a {its.text}, so it may fall behind; give it the same class",
            related=[(its, "the class of its source")],
        )
    zone = replica.get("AvailabilityZone")
    if databases.is_in_zone_of(replica, source):
        where = f"the zone {zone.text}" if zone.text else "one zone"
        yield replica.finding(
            zone,
            f"stands in {where} with its source {source.title} and goes down with it; let it stand in another zone",
            related=[(source.get("AvailabilityZone"), "the zone of its source")],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m6g.2xlarge}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: db.t4g.large}
---
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, AvailabilityZone: eu-west-1a}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, AvailabilityZone: eu-west-1a}
---
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.r6g.xlarge"
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.r6g.large"
}
"""

GOOD = """
Parameters:
  Class: {Type: String}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.m6g.xlarge, AvailabilityZone: eu-west-1a}
  Same:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: db.m7g.xlarge, AvailabilityZone: eu-west-1b}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: !Ref Class}
  MoreMemory:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large}
---
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.r6g.large"
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.r6g.large"
}
"""
