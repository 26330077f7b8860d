"""A database that has a read replica should have automated backups.

RDS creates a read replica from a snapshot of its source and the changes since then, which it keeps only while automated
backups are on. With a retention period of 0, the default of Terraform's aws_db_instance, RDS rejects the replica.

What to do: set BackupRetentionPeriod (Terraform: backup_retention_period) of the source to 1 or more, better to 7. A
source restored from a snapshot or another database inherits the period when none is written, and is not checked.
"""

from awslint_memo import Findings, Known, Resource, databases, rule


@rule(
    level="error",
    resource="AWS::RDS::DBInstance",
    memo="リードレプリカと呼ばれる複製を作成し、リードトラフィックを分散します",
    aws="AmazonRDS/latest/UserGuide/USER_ReadRepl.html",
    fix="unsafe",
)
def check(replica: Resource) -> Findings:
    source = databases.replica_source(replica)
    if source is None:
        return
    retention = source.get("BackupRetentionPeriod", default=databases.DEFAULT_RETENTION)
    is_left_out = isinstance(retention, Known) and retention.defaulted
    inherits = databases.is_restored(source) or databases.is_read_replica(source)
    if retention.number == 0 and not (is_left_out and inherits):
        named = replica.get("SourceDBInstanceIdentifier")
        yield replica.finding(
            named,
            f"is {source.title}, whose BackupRetentionPeriod is 0{retention.note}, so RDS rejects the replica",
            of="SourceDBInstanceIdentifier",
            do="set that period to at least 1",
            related=[(retention, f"BackupRetentionPeriod is 0{retention.note}")],
            # rds-backup-retention asks for no less.
            fix=source.set("BackupRetentionPeriod", 7, unsafe="restarts the source"),
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 0}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders}
---
resource "aws_db_instance" "orders" {
  engine     = "postgres"
  identifier = "orders"
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
}
"""

GOOD = """
Parameters:
  Days: {Type: Number}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres}
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: !Ref Days}
  ReplicaOfUnknown:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Unknown}
---
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 7
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
}

resource "aws_db_instance" "restored" {
  engine              = "postgres"
  snapshot_identifier = "before-the-move"
}

resource "aws_db_instance" "second" {
  replicate_source_db = aws_db_instance.restored.identifier
}
"""

FIXED = """
-    Properties: {Engine: postgres, BackupRetentionPeriod: 0}
+    Properties: {Engine: postgres, BackupRetentionPeriod: 7}
---
-  engine     = "postgres"
-  identifier = "orders"
+  engine                  = "postgres"
+  identifier              = "orders"
+  backup_retention_period = 7
"""
