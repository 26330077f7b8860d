"""Settings of an Aurora cluster should be ones that take effect there.

The kind of a restore (RestoreType) is for a cluster that is restored from another one: a new cluster ignores it. Instances of a
global database are not upgraded automatically, so that AutoMinorVersionUpgrade of theirs promises what does not happen, and the
version stays until somebody upgrades the whole global database.

What to do: remove the setting. Name the new version of a global database in EngineVersion (Terraform: engine_version) of each of
its clusters, of the secondary ones first.
"""

from awslint_memo import Findings, Resource, databases, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="複数の AWS リージョンにまたがる Aurora データベースのレプリケーションを可能にします",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-global-database-upgrade.html",
)
def check(cluster: Resource) -> Findings:
    kind = cluster.get("RestoreType")
    if kind.text is not None and not databases.is_restored(cluster):
        yield cluster.finding(kind, "but has no effect on a cluster that is restored from no other", do="remove it")


@check.on("AWS::RDS::DBInstance")
def instance(member: Resource) -> Findings:
    cluster = member.follow("DBClusterIdentifier", databases.CLUSTER)
    if cluster is None or not is_in_global_database(cluster):
        return
    upgrade = member.get("AutoMinorVersionUpgrade")
    if upgrade.flag is True and upgrade.is_written:
        so = f"but has no effect, because {cluster.title} belongs to a global database, which is upgraded by hand"
        yield member.finding(upgrade, so, do="remove it", related=[(cluster, "the cluster")])


def is_in_global_database(cluster: Resource) -> bool:
    """Whether a cluster surely belongs to a global database."""
    made = (one.follow("SourceDBClusterIdentifier") for one in cluster.deployment.of_type(databases.GLOBAL))
    joined = cluster.get("GlobalClusterIdentifier")
    return databases.is_given(cluster, joined) or any(one is cluster for one in made)


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot, Properties: {Engine: aurora-postgresql, BackupRetentionPeriod: 7, RestoreType: full-copy}}
---
Resources:
  World: {Type: AWS::RDS::GlobalCluster, Properties: {GlobalClusterIdentifier: orders, SourceDBClusterIdentifier: !Ref Orders}}
  Orders: {Type: AWS::RDS::DBCluster, DeletionPolicy: Snapshot, UpdateReplacePolicy: Snapshot, Properties: {Engine: aurora-postgresql, BackupRetentionPeriod: 7}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large, AutoMinorVersionUpgrade: true}}
---
resource "aws_rds_global_cluster" "orders" {
  global_cluster_identifier = "orders"
  engine                    = "aurora-postgresql"
}

resource "aws_rds_cluster" "orders" {
  engine                    = "aurora-postgresql"
  global_cluster_identifier = aws_rds_global_cluster.orders.id
  backup_retention_period   = 7
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier         = aws_rds_cluster.orders.id
  engine                     = "aurora-postgresql"
  instance_class             = "db.r6g.large"
  auto_minor_version_upgrade = true
}
"""

GOOD = """
Parameters: {Upgrade: {Type: String}, Kind: {Type: String}}
Resources:
  Copy: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, RestoreType: copy-on-write, SourceDBClusterIdentifier: orders}}
  Unknown: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql, RestoreType: !Ref Kind}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Unknown, DBInstanceClass: db.r6g.large, AutoMinorVersionUpgrade: true}}
  World: {Type: AWS::RDS::GlobalCluster, Properties: {GlobalClusterIdentifier: orders, SourceDBClusterIdentifier: !Ref Orders}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Off: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large, AutoMinorVersionUpgrade: false}}
  AnyUpgrade: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-postgresql, DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large, AutoMinorVersionUpgrade: !Ref Upgrade}}
---
resource "aws_rds_cluster" "orders" {
  engine                  = "aurora-postgresql"
  backup_retention_period = 7
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier         = aws_rds_cluster.orders.id
  engine                     = "aurora-postgresql"
  instance_class             = "db.r6g.large"
  auto_minor_version_upgrade = true
}
"""
