"""A read replica should be as large as its source and in another Availability Zone.

A replica repeats every write of its source in addition to the reads that it serves: a smaller one lags behind, and
readers see old data. A replica can also be promoted when the source fails, but not if it fails with the same zone.

What to do: set DBInstanceClass (Terraform: instance_class) of the replica to that of the source or a larger one, and
remove AvailabilityZone or name another zone. Classes that can't be compared with certainty are not checked.
"""

from awslint_memo import Findings, Resource, database_classes, databases, rule


@rule(
    level="advice",
    resource="AWS::RDS::DBInstance",
    memo="主データベースに対してリードトラフィックを分散させることで読み取りの性能向上が期待できます",
    aws="AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
    fix="unsafe",
)
def check(replica: Resource) -> Findings:
    source = databases.replica_source(replica)
    if source is None:
        return
    mine, its = replica.get("DBInstanceClass"), source.get("DBInstanceClass")
    if database_classes.is_smaller(mine, its):
        unsafe = "restarts the replica, and costs more"
        fix = replica.set("DBInstanceClass", its.text, unsafe=unsafe) if its.text and its.is_literal else None
        yield replica.finding(
            mine,
            f"is {mine.text}{mine.note}, smaller than {its.text}{its.note} of its source {source.title}, so it may lag",
            of="DBInstanceClass",
            do=f"set it to {its.text}",
            related=[(its, "the class of its source")],
            fix=fix,
        )
    zone = replica.get("AvailabilityZone")
    if databases.is_in_zone_of(replica, source):
        where = f"{zone.text}{zone.note}, the zone" if zone.text else "the zone"
        yield replica.finding(
            zone,
            f"is {where} of its source {source.title}, so both fail together",
            of="AvailabilityZone",
            do="name another zone",
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

FIXED = """
-    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: db.t4g.large}
+    Properties: {SourceDBInstanceIdentifier: !Ref Orders, DBInstanceClass: db.m6g.2xlarge}
---
-  instance_class      = "db.r6g.large"
+  instance_class      = "db.r6g.xlarge"
"""
