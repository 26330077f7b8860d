"""Automated backups should be kept for at least a week.

Automated backups let a database be restored to any second of the retention period. A period of 0 turns them off: lost
data can't be restored, and no read replica can be created. The default is 1 day in CloudFormation and 0 in Terraform's
aws_db_instance. A mistake is often noticed days later, when backups of one day no longer contain the data. Backups that
are replicated to another Region may be kept longer there.

What to do: set BackupRetentionPeriod (Terraform: backup_retention_period) to 7 or more; the maximum is 35. Read
replicas, secondaries of a global database and the members of a cluster are not checked; a database restored from a
backup inherits the period when none is written. A PreferredBackupWindow beside 0 days is named, since it has no effect.
Where three days or more are written it is advice. So it is where a plan of AWS Backup in the template keeps backups for as
long, or may, as its Region may not opt in to Aurora; and of continuous backups there is no fix: AWS Backup decides their period.
"""

from awslint_memo import Findings, Fix, Known, Resource, Value, clusters, databases, final_snapshots, rule


@rule(
    level="warning",
    widened={"0.2": "0 days in an instance without a written engine"},
    resource="AWS::RDS::DBInstance",
    memo="Amazon RDS は自動的にデータベースをバックアップし、連続的なバックアップのスナップショットを作成します",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
    fix="both",
    ranges={"days": (1, 35)},
    taste=True,
)
def check(instance: Resource, *, days: int = 7) -> Findings:
    if databases.is_cluster_member(instance) or databases.is_read_replica(instance):
        return
    is_aurora, kept = databases.is_aurora(instance), retention(instance)
    # Without an engine only a copy can be created, and none of Aurora; somebody wrote that it keeps no backups.
    is_off = instance.get("Engine").is_absent and kept.number == 0 and is_written(kept)
    if is_aurora is False or (is_aurora is None and is_off):
        idle = "" if instance.get("PreferredBackupWindow").is_absent else ", and PreferredBackupWindow has no effect"
        yield from short(instance, days, f"which turns automated backups off{idle}", "0.2" if is_aurora is None else "")


@check.on("AWS::RDS::DBCluster")
def cluster(cluster: Resource, *, days: int = 7) -> Findings:
    # Its primary keeps the backups of a global database, but each cluster must keep some.
    is_left = databases.is_global_secondary(cluster) and retention(cluster).number != 0
    if not (is_left or clusters.is_limitless(cluster)) and cluster.get("ReplicationSourceIdentifier").is_absent:
        yield from short(cluster, days, "which RDS rejects for a cluster")


def short(database: Resource, days: int, without: str, since: str = "") -> Findings:
    """The finding about a period that is shorter than wanted; `without` says what follows from 0 days."""
    kept, is_instance = retention(database), database.type == databases.INSTANCE
    is_meant = is_written(kept) or not databases.is_restored(database)
    if kept.below(days) and is_meant and ((is_off := kept.number == 0) or not is_kept_elsewhere(database, days)):
        plans, may_be_planned = keeping_plans(database, days) if is_instance or not is_off else ({}, False)
        so = f"and only {' and '.join(plans)} keeps its backups for {days} days" if plans else ""
        fix = database.set("BackupRetentionPeriod", days, unsafe=final_snapshots.doubt(database, is_off=is_off))
        yield database.finding(
            kept,
            so or (without if is_off else "so its automated backups and point-in-time restore reach back no further"),
            unit="day" if kept.number == 1 else "days",
            do=f"set it to at least {days}",
            # chosen: who writes three days or more thought of a weekend
            level="error" if is_off and not plans else "advice" if may_be_planned or kept.above(2) else None,
            fix=Fix.lacks(databases.PLANNED) if any(plans.values()) else fix,
            since=since if is_off else "",
            is_practice=is_instance,
        )


def keeping_plans(database: Resource, days: int) -> tuple[dict[str, bool], bool]:
    """The plans of AWS Backup that surely keep the backups for so long, with whether these are continuous; and whether
    a plan may, as its Region may not opt in to Aurora."""
    if not database.deployment.of_type("AWS::Backup::BackupSelection"):
        return {}, False
    from awslint_memo import vaults  # Only few templates have plans.

    return vaults.keeping_plans(database, days), vaults.may_keep(database, days)


def is_kept_elsewhere(database: Resource, days: int) -> bool:
    """Whether the backups are kept long enough in another Region, or may be."""
    replicas = databases.replicated_retention(database) if database.type == databases.INSTANCE else None
    return replicas is not None and not replicas.is_absent and not replicas.below(days)


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
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 3, AutomaticBackupReplicationRegion: eu-west-1}
---
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {DBInstanceClass: db.m7g.large, BackupRetentionPeriod: 0, PreferredBackupWindow: "03:00-04:00"}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres}}
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties: {BackupPlan: {BackupPlanName: a, BackupPlanRule: [{RuleName: a, TargetBackupVault: v, EnableContinuousBackup: true, Lifecycle: {DeleteAfterDays: 30}}]}}
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties: {BackupPlanId: !Ref Plan, BackupSelection: {SelectionName: a, IamRoleArn: r, Resources: [!GetAtt Orders.DBInstanceArn]}}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "v"

    lifecycle {
      delete_after = 30
    }
  }
}

resource "aws_backup_selection" "orders" {
  plan_id      = aws_backup_plan.daily.id
  name         = "orders"
  iam_role_arn = "r"
  resources    = [aws_db_instance.orders.arn]
}
---
resource "aws_db_instance" "orders" {
  engine = "postgres"
}
---
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 1
}

resource "aws_db_instance_automated_backups_replication" "orders" {
  source_db_instance_arn = aws_db_instance.orders.arn
  retention_period       = 3
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
  Replica:
    Type: AWS::RDS::DBInstance
    Properties: {SourceDBInstanceIdentifier: !Ref Orders, BackupRetentionPeriod: 0}
  Replicated:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 1, AutomaticBackupReplicationRegion: eu-west-1, AutomaticBackupReplicationRetentionPeriod: 14}
  PerhapsLongEnough:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, BackupRetentionPeriod: 1, AutomaticBackupReplicationRegion: eu-west-1, AutomaticBackupReplicationRetentionPeriod: !Ref Days}
---
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  backup_retention_period = 1
}

resource "aws_db_instance_automated_backups_replication" "orders" {
  source_db_instance_arn = aws_db_instance.orders.arn
}
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

FIXED = """
-    Properties: {Engine: postgres}
+    Properties: {Engine: postgres, BackupRetentionPeriod: 7}
---
-    Properties: {Engine: aurora-mysql, BackupRetentionPeriod: "3"}
+    Properties: {Engine: aurora-mysql, BackupRetentionPeriod: "7"}
---
-    Properties: {Engine: postgres, BackupRetentionPeriod: 3, AutomaticBackupReplicationRegion: eu-west-1}
+    Properties: {Engine: postgres, BackupRetentionPeriod: 7, AutomaticBackupReplicationRegion: eu-west-1}
---
-    Properties: {DBInstanceClass: db.m7g.large, BackupRetentionPeriod: 0, PreferredBackupWindow: "03:00-04:00"}
+    Properties: {DBInstanceClass: db.m7g.large, BackupRetentionPeriod: 7, PreferredBackupWindow: "03:00-04:00"}
---
-  engine = "postgres"
+  engine                  = "postgres"
+  backup_retention_period = 7
---
-  engine = "postgres"
+  engine                  = "postgres"
+  backup_retention_period = 7
---
-  backup_retention_period = 1
+  backup_retention_period = 7
"""
