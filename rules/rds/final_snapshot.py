"""A database should leave a snapshot behind when it is deleted or replaced.

A stack that is deleted by mistake takes the data with it, and the automated backups too unless DeleteAutomatedBackups
is false. CloudFormation makes a final snapshot unless DeletionPolicy is Delete, but for a database that an update
replaces only where UpdateReplacePolicy says so. Terraform can't destroy a database at all without a name for it.

What to do: set DeletionPolicy and UpdateReplacePolicy to Snapshot or Retain; in Terraform set skip_final_snapshot to
false and name the snapshot with final_snapshot_identifier. Read replicas, members of a cluster and secondaries of a
global database are not judged: their data are elsewhere.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, Value, databases, rule


@rule(
    "rds-final-snapshot",
    level="warning",
    resource="AWS::RDS::DBInstance",
    memo="連続的なバックアップのスナップショットを作成することでデータの保護を強化します",
    aws="AWSCloudFormation/latest/UserGuide/aws-attribute-updatereplacepolicy.html",
)
def check(instance: Resource) -> Iterator[Finding]:
    if not (databases.is_cluster_member(instance) or databases.is_read_replica(instance)):
        yield from original(instance)


@check.on("AWS::RDS::DBCluster")
def cluster(cluster: Resource) -> Iterator[Finding]:
    if not databases.is_global_secondary(cluster):
        yield from original(cluster)


def original(database: Resource) -> Iterator[Finding]:
    """What is said of a database whose data are nowhere else."""
    yield from terraform(database) if database.language == "terraform" else cloudformation(database)


def cloudformation(database: Resource) -> Iterator[Finding]:
    deletion, replacement = database.attribute("DeletionPolicy"), database.attribute("UpdateReplacePolicy")
    if deletion.text == "Delete":
        yield without(database, deletion, "when it is deleted", "set DeletionPolicy to Snapshot")
    elif replacement.text == "Delete":
        yield without(database, replacement, "when an update replaces it", "set UpdateReplacePolicy to Snapshot")
    elif replacement.is_absent:
        say = "leaves no final snapshot when an update replaces it; set UpdateReplacePolicy to Snapshot"
        yield database.finding(database, say, level="advice")


def terraform(database: Resource) -> Iterator[Finding]:
    skip, name = database.terraform.skip_final_snapshot, database.terraform.final_snapshot_identifier
    if skip.flag is True:
        todo = "set skip_final_snapshot to false and final_snapshot_identifier to a name"
        yield without(database, skip, "when it is destroyed", todo)
    elif skip.flag is False and (name.is_absent or name.text == ""):
        why = "can't be destroyed: Terraform makes a final snapshot and has no name for it"
        yield database.finding(skip, f"{why}; set final_snapshot_identifier")


def without(database: Resource, place: Value, when: str, todo: str) -> Finding:
    """What to say of a database that leaves no final snapshot; where its backups outlive it, that is advice."""
    # The backups of a cluster may also be kept by AWS Backup, which is not in the template.
    backups = database.get("DeleteAutomatedBackups", default=True if database.type == databases.INSTANCE else None)
    if backups.flag is False:
        left = ", only automated backups until they expire"
        return database.finding(place, f"leaves no final snapshot {when}{left}; {todo}", level="advice")
    lost = ", and its automated backups are deleted with it" if backups.flag else ""
    return database.finding(place, f"leaves no final snapshot {when}{lost}; {todo}")


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

resource "aws_db_instance" "replica" {
  replicate_source_db = "orders"
  skip_final_snapshot = true
}
"""
