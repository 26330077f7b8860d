"""The backup window and the maintenance window of a database should not overlap.

RDS rejects a database whose daily backup window and weekly maintenance window have a minute in common, also if one of
them includes midnight, and a window of less than 30 minutes. Both are in UTC. If one of the two is not written, RDS
chooses one that does not overlap.

What to do: move one window so that it ends before the other begins (Terraform: backup_window and maintenance_window,
for a cluster preferred_backup_window and preferred_maintenance_window).
"""

from awslint_memo import Findings, Resource, databases, rule, windows


@rule(
    level="error",
    widened={"0.2": "a window of less than 30 minutes"},
    resource=("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"),
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
)
def check(database: Resource) -> Findings:
    # The members of a cluster have its backups, and no window for them.
    if database.type == databases.INSTANCE and databases.is_cluster_member(database):
        return
    backup, maintenance = database.get("PreferredBackupWindow"), database.get("PreferredMaintenanceWindow")
    for window in (backup, maintenance):
        length = windows.minutes(window)
        if length is not None and length < databases.SHORTEST_WINDOW:
            message = f"which is {length} minutes long, but RDS accepts {databases.SHORTEST_WINDOW} at least"
            yield database.finding(window, message, do="let it end later", since="0.2")
    if windows.overlap(backup, maintenance):
        yield database.finding(
            backup,
            f"which overlaps PreferredMaintenanceWindow ({maintenance.text}), so RDS rejects it",
            do="move one of the windows",
            related=[(maintenance, "the maintenance window")],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, PreferredBackupWindow: "03:00-05:00", PreferredMaintenanceWindow: "Sun:04:30-Sun:05:30"}
---
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {DBClusterIdentifier: orders, Engine: aurora-mysql, PreferredBackupWindow: "23:30-00:30", PreferredMaintenanceWindow: "mon:00:00-mon:01:00"}
---
Resources:
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, PreferredBackupWindow: "02:00-02:15"}}
---
resource "aws_db_instance" "orders" {
  engine             = "mysql"
  backup_window      = "00:30-01:30"
  maintenance_window = "sun:23:30-mon:01:00"
}
"""

GOOD = """
Parameters:
  Backup: {Type: String}
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, PreferredBackupWindow: "03:00-06:00", PreferredMaintenanceWindow: "mon:00:00-mon:03:00"}
  Unknown:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, PreferredBackupWindow: !Ref Backup, PreferredMaintenanceWindow: "mon:00:00-mon:03:00"}
  LeftToAws:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, PreferredMaintenanceWindow: "mon:00:00-mon:03:00"}
---
resource "aws_db_instance" "orders" {
  engine             = "mysql"
  backup_window      = "23:00-00:30"
  maintenance_window = "mon:00:30-mon:01:30"
}
"""
