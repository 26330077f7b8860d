"""A global database should have clusters in two Regions, of which only one has a master user.

With one cluster, a global database does not survive the loss of its Region. Its secondaries, like every cluster that
replicates another, take the users of their source: Aurora rejects a master user for them. EngineMode global belongs to
Aurora MySQL 5.6, which is no longer available; every current version uses the mode provisioned.

What to do: add a cluster with the same GlobalClusterIdentifier in another Region, without MasterUsername (Terraform:
master_username). Since it may be in another stack, this is advice.
"""

from awslint_memo import Findings, Fix, Resource, databases, global_databases, rule


@rule(
    level="advice",
    resource="AWS::RDS::GlobalCluster",
    memo="複数の AWS リージョンにまたがる Aurora データベースのレプリケーションを可能にします",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html",
    fix="unsafe",
)
def check(database: Resource) -> Findings:
    members = global_databases.global_members(database) or []
    if len(members) == 1:
        yield database.finding(
            database,
            f"has only one cluster in this template, {members[0].title}, so it does not survive the loss of its Region",
            do="unless another stack adds one, add a cluster in another Region",
            related=[(members[0], "its only cluster here")],
        )
    first, *others = [member for member in members if databases.has_credentials(member)] or [database]
    for other in others:
        yield other.finding(
            other.get("MasterUsername"),
            f"has a master user, and so has {first.title} of the same global database, but Aurora "
            "rejects one for a secondary",
            do=f"remove {' and '.join(credentials(other))} from the secondary",
            level="error",
            related=[(first.get("MasterUsername"), f"the master user of {first.title}")],
        )


@check.on("AWS::RDS::DBCluster")
def cluster(database: Resource) -> Findings:
    source = databases.replication(database)
    if source is not None and databases.has_credentials(database) and not databases.is_restored(database):
        user = database.get("MasterUsername")
        unsafe = "replaces the cluster if it exists"
        yield database.finding(
            user,
            "replicates another cluster but has a master user, which Aurora rejects",
            do=f"remove {' and '.join(credentials(database))}",
            level="error",
            related=[(source, "its source")],
            fix=Fix.of_all(database.unset(name, unsafe=unsafe) for name in credentials(database)),
        )
    mode = database.get("EngineMode")
    if mode.text == "global":
        fix = database.unset("EngineMode", unsafe="replaces the cluster")
        unsupported = "which no current version of Aurora supports"
        yield database.finding(mode, unsupported, do="remove it", level="warning", fix=fix)


def credentials(cluster: Resource) -> list[str]:
    """The properties of a cluster that give it a master user."""
    names = ("MasterUsername", "MasterUserPassword", "ManageMasterUserPassword")
    return [name for name in names if not cluster.get(name).is_absent]


BAD = """
Resources:
  Shop: {Type: AWS::RDS::GlobalCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop}}
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Shop, MasterUsername: admin}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:orders", MasterUsername: admin}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: global}}
---
resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "first" {
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  master_username           = "admin"
}

resource "aws_rds_cluster" "second" {
  provider                  = aws.second
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  master_username           = "admin"
}
"""

GOOD = """
Parameters:
  Global: {Type: String}
Resources:
  Primary: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: !Ref Global, MasterUsername: admin}}
---
resource "aws_rds_global_cluster" "shop" {
  global_cluster_identifier = "shop"
}

resource "aws_rds_cluster" "first" {
  global_cluster_identifier = aws_rds_global_cluster.shop.id
  master_username           = "admin"
}

resource "aws_rds_cluster" "second" {
  global_cluster_identifier = aws_rds_global_cluster.shop.id
}
"""

FIXED = """
-  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:orders", MasterUsername: admin}}
+  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ReplicationSourceIdentifier: "arn:aws:rds:eu-west-1:111122223333:cluster:orders"}}
---
-  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: global}}
+  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
"""
