"""A final snapshot should be taken of a database that is deleted or replaced.

If a stack is deleted by mistake the data are lost, and the automated backups too unless DeleteAutomatedBackups is
false. CloudFormation takes a final snapshot unless DeletionPolicy is Delete, but of a database that an update replaces
only if UpdateReplacePolicy says so. Terraform can't destroy a database without a name for the final snapshot.

What to do: set DeletionPolicy and UpdateReplacePolicy to Snapshot or Retain; in Terraform set skip_final_snapshot to
false and name the snapshot with final_snapshot_identifier. Read replicas, members of a cluster and secondaries of a
global database are not checked: their data are elsewhere. Nor is a database that Terraform may not destroy
(prevent_destroy), nor one of CloudFormation with DeletionProtection: RDS refuses to delete it, for a replacement too. In
Terraform, whose setting says that no snapshot is wanted, and where the protection is not known, it is advice; so it is where
Terraform can't destroy it since the snapshot has no name.
"""

from awslint_memo import Finding, Findings, Fix, Resource, Value, databases, final_snapshots, rule


@rule(
    level="warning",
    resource="AWS::RDS::DBInstance",
    memo="連続的なバックアップのスナップショットを作成することでデータの保護を強化します",
    aws="AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html",
    fix="both",
    taste="costs",
)
def check(instance: Resource) -> Findings:
    if not (databases.is_cluster_member(instance) or databases.is_read_replica(instance)):
        yield from (terraform if instance.language == "terraform" else cloudformation)(instance)


@check.on("AWS::RDS::DBCluster")
def cluster(cluster: Resource) -> Findings:
    if not databases.is_global_secondary(cluster):
        yield from (terraform if cluster.language == "terraform" else cloudformation)(cluster)


def cloudformation(database: Resource) -> Findings:
    if database.get("DeletionProtection").flag is True:
        return
    deletion, replacement = database.attribute("DeletionPolicy"), database.attribute("UpdateReplacePolicy")
    # cfn-lint wants both or none, and Snapshot is what CloudFormation does where DeletionPolicy is not written.
    unsaid = ["DeletionPolicy"] if deletion.is_absent else []
    if deletion.text == "Delete":
        both = replacement.is_absent or replacement.text == "Delete"
        remedy = "set it and UpdateReplacePolicy to Snapshot" if both else "set it to Snapshot"
        fix = final_snapshots.snapshot(database, "DeletionPolicy", *(["UpdateReplacePolicy"] if both else []))
        yield without(database, deletion, "DeletionPolicy", "is Delete", remedy, fix)
    elif replacement.text == "Delete":
        fix = final_snapshots.snapshot(database, "UpdateReplacePolicy", *unsaid)
        yield without(database, replacement, "UpdateReplacePolicy", "is Delete", "set it to Snapshot", fix)
    elif replacement.is_absent:
        message = "has no UpdateReplacePolicy, so no final snapshot is taken when an update replaces it"
        fix = final_snapshots.snapshot(database, *unsaid, "UpdateReplacePolicy")
        yield database.finding(database, message, do="set UpdateReplacePolicy to Snapshot", level="advice", fix=fix)


def terraform(database: Resource) -> Findings:
    skip, name = database.terraform.skip_final_snapshot, database.terraform.final_snapshot_identifier
    if database.terraform.prevent_destroy.flag is True:
        return
    if skip.flag is True:
        # Modules give it a name, unless it is skipped.
        is_free = name.is_absent and database.takes(final_snapshots.SNAPSHOT)
        is_named = not is_free and not (name.text == "" and name.is_literal)
        what = "set it to false" + ("" if is_named else f" and {final_snapshots.SNAPSHOT} to a name")
        fix = final_snapshots.not_skipped(database, is_named=is_named)
        yield without(database, skip, "skip_final_snapshot", f"is true{skip.note}", what, fix)
    elif skip.flag is False and (name.is_absent or name.text == ""):
        message = f"is false{skip.note}, but {final_snapshots.SNAPSHOT} is not set, so Terraform can't destroy it"
        what, fix = f"set {final_snapshots.SNAPSHOT} to a name", final_snapshots.named_snapshot(database)
        yield database.finding(skip, message, of="skip_final_snapshot", do=what, level="advice", fix=fix)


def without(database: Resource, place: Value, of: str, setting: str, what: str, fix: Fix | None) -> Finding:
    """The finding about a database without a final snapshot; it is advice if backups are kept or it is protected."""
    # The backups of a cluster may also be kept by AWS Backup, which is not in the template.
    backups = database.get("DeleteAutomatedBackups", default=True if database.type == databases.INSTANCE else None)
    is_kept = backups.flag is False
    is_safe = is_kept or database.get("DeletionProtection", default=False).flag is not False
    has_backups = backups.flag and database.get("BackupRetentionPeriod").number != 0
    lost = " and its automated backups are deleted with it" if has_backups else ""
    left = "only automated backups remain, until they expire" if is_kept else f"no final snapshot is taken{lost}"
    setting += f", so {left}"
    return database.finding(place, setting, of=of, do=what, level="advice" if is_safe else None, fix=fix)


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties: {Engine: postgres}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, Properties: {Engine: aurora-mysql}}
---
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  skip_final_snapshot = true
}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}
---
resource "aws_db_instance" "orders" {
  engine                    = "postgres"
  skip_final_snapshot       = true
  final_snapshot_identifier = null
}
"""

GOOD = """
Parameters:
  Source: {Type: String}
Resources:
  Orders: {Type: AWS::RDS::DBInstance, UpdateReplacePolicy: Snapshot, Properties: {Engine: postgres}}
  Replica: {Type: AWS::RDS::DBInstance, DeletionPolicy: Delete, Properties: {SourceDBInstanceIdentifier: !Ref Source}}
  Member: {Type: AWS::RDS::DBInstance, DeletionPolicy: Delete, Properties: {DBClusterIdentifier: orders}}
---
variable "skip" {}

resource "aws_db_instance" "orders" {
  engine                    = "postgres"
  final_snapshot_identifier = "last-orders"
}

resource "aws_db_instance" "unknown" {
  engine              = "postgres"
  skip_final_snapshot = var.skip
}

resource "aws_db_instance" "kept" {
  engine              = "postgres"
  skip_final_snapshot = true

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_db_instance" "replica" {
  replicate_source_db = "orders"
  skip_final_snapshot = true
}
---
Resources:
  Kept: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, DeletionProtection: true}}
  Members: {Type: AWS::RDS::DBCluster, DeletionPolicy: Delete, Properties: {Engine: aurora-mysql, DeletionProtection: "true"}}
---
variable "is_kept" { default = true }

resource "aws_db_instance" "protected" {
  engine                    = "postgres"
  deletion_protection       = var.is_kept
  final_snapshot_identifier = "protected-final"
}
"""

FIXED = """
-    DeletionPolicy: Delete
+    UpdateReplacePolicy: Snapshot
+    DeletionPolicy: Snapshot
---
-  Orders: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, Properties: {Engine: aurora-mysql}}
+  Orders: {Type: AWS::RDS::DBCluster, UpdateReplacePolicy: Snapshot, DeletionPolicy: Snapshot, Properties: {Engine: aurora-mysql}}
---
-  engine              = "postgres"
-  skip_final_snapshot = true
+  engine                    = "postgres"
+  skip_final_snapshot       = false
+  final_snapshot_identifier = "orders-final"
---
-  engine = "aurora-mysql"
+  engine                    = "aurora-mysql"
+  final_snapshot_identifier = "orders-final"
---
-  skip_final_snapshot       = true
-  final_snapshot_identifier = null
+  skip_final_snapshot       = false
+  final_snapshot_identifier = "orders-final"
"""
