"""Automated backups should reach back at least a week.

Automated backups let a database be restored to any second of the retention period. A period of 0 turns them off: what
is lost is lost, and no read replica can be made. RDS keeps 1 day where CloudFormation says nothing; Terraform's
aws_db_instance then sends 0. A mistake is often seen days later, when one day of backups no longer holds the data.

What to do: set BackupRetentionPeriod (Terraform: backup_retention_period) to 7 or more; the most is 35. Read replicas
and the members of a cluster are not judged; a database made of a backup inherits the period when none is written.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Known, Resource, databases, rule


@rule(
    "rds-backup-retention",
    level="warning",
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="Amazon RDS は自動的にデータベースをバックアップし、連続的なバックアップのスナップショットを作成します",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
)
def check(database: Resource, *, days: int = 7) -> Iterator[Finding]:
    if not keeps_own_backups(database):
        return
    retention = database.get("BackupRetentionPeriod", default=databases.DEFAULT_RETENTION)
    is_written = not (isinstance(retention, Known) and retention.defaulted)
    if retention.number is None or not (is_written or not databases.is_restored(database)):
        return
    if retention.number == 0:
        yield database.finding(retention, without_backups(database, is_written, days), level="error")
    elif retention.number < days:
        kept = f"{retention.number} day{'s' if retention.number != 1 else ''}"
        yield database.finding(retention, f"keeps backups for {kept} only; keep them for at least {days} days")


def keeps_own_backups(database: Resource) -> bool:
    """Whether a database surely has backups of its own."""
    if database.type == databases.CLUSTER:
        is_replica = not database.get("ReplicationSourceIdentifier").is_absent
        return not is_replica and not databases.is_limitless(database)
    belongs_to_another = databases.is_cluster_member(database) or databases.is_read_replica(database)
    return not belongs_to_another and databases.is_aurora(database) is False


def without_backups(database: Resource, is_written: bool, days: int) -> str:
    """What to say of a period of 0."""
    if database.type == databases.CLUSTER:
        return f"asks for 0 days of backups, which a cluster refuses; keep them for at least {days} days"
    why = "has no automated backups (0 days)" if is_written else "has no automated backups: Terraform sends 0 days"
    return f"{why}; keep them for at least {days} days"


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
