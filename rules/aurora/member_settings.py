"""What a whole Aurora cluster has should be set at the cluster.

Backups, their tags and window, and the protection from deletion belong to an Aurora cluster. RDS documents that these settings
do not apply to an instance of one: what an instance says has no effect, and the cluster has what it says itself, or the default.

What to do: set it at the DBCluster (Terraform: aws_rds_cluster), and remove it from the instance. What both say alike is not
reported.
"""

from awslint_memo import Findings, Resource, clusters, databases, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::RDS::DBInstance",
    memo="Amazon RDS は自動的にデータベースをバックアップし",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)
def check(instance: Resource) -> Findings:
    cluster = instance.follow("DBClusterIdentifier", databases.CLUSTER)
    if cluster is None:
        return
    for name, default in clusters.OF_CLUSTERS.items():
        own, whole = instance.get(name), cluster.get(name, default=default)
        if own.text and (whole.is_absent or own.is_same_as(whole) is False):
            there = f"it is {whole.text}{whole.note}" if whole.is_known else "nothing sets it"
            message = f"but has no effect on a member of {cluster.title}, where {there}"
            yield instance.finding(own, message, do="set it there", related=[(cluster, "the cluster")])


BAD = """
Resources:
  Reports: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Reports, CopyTagsToSnapshot: true}}
---
Resources:
  Reports: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, BackupRetentionPeriod: 3}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Reports, BackupRetentionPeriod: 14}}
---
resource "aws_rds_cluster" "reports" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "reports" {
  cluster_identifier      = aws_rds_cluster.reports.id
  engine                  = "aurora-postgresql"
  preferred_backup_window = "02:00-03:00"
}
"""

GOOD = """
Parameters: {Copy: {Type: String}}
Resources:
  Reports: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, CopyTagsToSnapshot: true, BackupRetentionPeriod: 14, DeletionProtection: !Ref Copy}}
  Instance: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Reports, CopyTagsToSnapshot: "true", BackupRetentionPeriod: "14", DeletionProtection: true}}
  Plain: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, CopyTagsToSnapshot: true}}
---
resource "aws_rds_cluster" "reports" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "reports" {
  cluster_identifier    = aws_rds_cluster.reports.id
  engine                = "aurora-postgresql"
  copy_tags_to_snapshot = false
}
"""
