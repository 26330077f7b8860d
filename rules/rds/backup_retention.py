"""Automated backups should reach back at least a week.

Automated backups let a database be restored to any second of the retention period. A period of 0 turns them off: what
is lost is lost, and no read replica can be made. RDS keeps 1 day where CloudFormation says nothing; Terraform's
aws_db_instance then sends 0. A mistake is often seen days later, when one day of backups no longer holds the data.

What to do: set BackupRetentionPeriod (Terraform: backup_retention_period) to 7 or more; the most is 35. Read replicas
and the members of a cluster are not judged; a database made of a backup inherits the period when none is written.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Known, Resource, Value, databases, rule


@rule(
    "rds-backup-retention",
    level="warning",
    resource="AWS::RDS::DBInstance",
    memo="Amazon RDS は自動的にデータベースをバックアップし、連続的なバックアップのスナップショットを作成します",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
)
def check(instance: Resource, *, days: int = 7) -> Iterator[Finding]:
    belongs_to_another = databases.is_cluster_member(instance) or databases.is_read_replica(instance)
    if not belongs_to_another and databases.is_aurora(instance) is False:
        how = " (0 days)" if is_written(retention(instance)) else ": Terraform sends 0 days"
        yield from short(instance, days, f"has no automated backups{how}")


@check.on("AWS::RDS::DBCluster")
def cluster(cluster: Resource, *, days: int = 7) -> Iterator[Finding]:
    is_replica = not cluster.get("ReplicationSourceIdentifier").is_absent
    if not is_replica and not databases.is_limitless(cluster):
        yield from short(cluster, days, "asks for 0 days of backups, which a cluster refuses")


def short(database: Resource, days: int, has_none: str) -> Iterator[Finding]:
    """The finding about a period that is shorter than wanted; `has_none` is what is said of 0 days."""
    kept = retention(database)
    if kept.number is None or not (is_written(kept) or not databases.is_restored(database)):
        return
    if kept.number == 0:
        yield database.finding(kept, f"{has_none}; keep them for at least {days} days", level="error")
    elif kept.number < days:
        period = f"{kept.number} day{'s' if kept.number != 1 else ''}"
        yield database.finding(kept, f"keeps backups for {period} only; keep them for at least {days} days")


def retention(database: Resource) -> Value:
    return database.get("BackupRetentionPeriod", default=databases.DEFAULT_RETENTION)


def is_written(value: Value) -> bool:
    return not (isinstance(value, Known) and value.defaulted)


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres}
---
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, BackupRetentionPeriod: "3"}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}
"""

GOOD = """
Parameters:
  Days: {Type: Number}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: !Ref Days}
  Restored:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBSnapshotIdentifier: before-the-move}
---
resource "aws_db_instance" "replica" {
  engine              = "postgres"
  replicate_source_db = "orders"
}

resource "aws_db_instance" "restored" {
  engine = "postgres"

  restore_to_point_in_time {
    use_latest_restorable_time = true
  }
}
"""
