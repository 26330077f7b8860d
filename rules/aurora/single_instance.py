"""An Aurora cluster should have a reader to fail over to.

Aurora keeps six copies of the data in three zones, but has only the instances that the template adds. When the only one
fails, Aurora creates a new one, which usually takes less than ten minutes and fails if its zone is short of capacity; a
reader is usually promoted in less than a minute.

What to do: add a second AWS::RDS::DBInstance (Terraform: aws_rds_cluster_instance) to the cluster, in another zone.
Serverless v1, Limitless and Multi-AZ DB clusters, and secondaries of a global database that intentionally have no
instance, are not checked. If the instances may be in another stack, this is advice. It is so too for an instance of a small burstable class,
which AWS recommends for development and tests only, and a serverless one of two units at most, unless something names production.
"""

from awslint_memo import Findings, Resource, clusters, cost_choices, databases, rule


@rule(
    level="warning",
    widened={"0.2": "clusters without a written engine"},
    resource="AWS::RDS::DBCluster",
    memo="Replica はプライマリデータベースと同等のパフォーマンスを提供し、自動的なフェイルオーバーもサポートしています",
    aws="AmazonRDS/latest/AuroraUserGuide/Concepts.AuroraHighAvailability.html",
    core=True,
    fix="unsafe",
    taste="costs",
)
def check(cluster: Resource) -> Findings:
    instances = clusters.cluster_instances(cluster)
    count = None if instances is None else clusters.instance_count(instances)
    if instances is None or count is None or count > 1 or not clusters.has_instances(cluster):
        return
    if count == 1:
        only = next(instance for instance in instances if instance.copies.number)
        elsewhere = clusters.is_known_elsewhere(cluster)
        unless = "unless another stack adds one, " if elsewhere else ""
        yield cluster.finding(
            cluster,
            f"has only one instance, {only.title}, so it has no failover target",
            do=f"{unless}add a second instance in another Availability Zone",
            level="advice" if elsewhere or is_cost_choice(cluster, only) else None,
            related=[(only, "its only instance")],
            fix=databases.second_instance(only),
            since="0.2" if cluster.get("Engine").is_absent else "",
        )
    elif not databases.is_global_secondary(cluster):
        yield cluster.finding(
            cluster,
            "has no instance in this template",
            do="unless another stack adds them, add two in different Availability Zones",
            level="advice",
        )


def is_cost_choice(cluster: Resource, only: Resource) -> bool:
    """Whether who wrote the only instance counted the costs, and nothing says that it is of production."""
    is_small = cost_choices.is_small_class(only.get("DBInstanceClass"), or_medium=True) or cost_choices.has_few_units(
        cluster
    )
    return is_small and not (cost_choices.names_production(cluster) or cost_choices.names_production(only))


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: !Ref Orders
      DBInstanceClass: db.r7g.large
      PubliclyAccessible: false
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop, MasterUsername: admin}}
---
resource "aws_rds_cluster" "orders" {
  master_username = "orders"
}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {Engine: aurora-mysql, DBClusterIdentifier: !Ref Orders}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = aws_rds_cluster.orders.engine
  instance_class     = "db.r7g.large"
}
"""

GOOD = """
Parameters:
  Mode: {Type: String}
Resources:
  Unknown: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: !Ref Mode}}
  Serverless: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: serverless}}
  Headless: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, GlobalClusterIdentifier: shop}}
  MultiAz: {Type: AWS::RDS::DBCluster, Properties: {Engine: mysql, DBClusterInstanceClass: db.m6gd.large}}
  Restored: {Type: AWS::RDS::DBCluster, Properties: {SnapshotIdentifier: orders}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "all" {
  count              = 2
  engine             = "aurora-mysql"
  cluster_identifier = aws_rds_cluster.orders.id
}
"""

FIXED = """
       PubliclyAccessible: false
+  WriterReader:
+    Type: AWS::RDS::DBInstance
+    Properties:
+      DBClusterIdentifier: !Ref Orders
+      Engine: aurora-postgresql
+      DBInstanceClass: db.r7g.large
+      PubliclyAccessible: false
---
   instance_class     = "db.r7g.large"
 }
+
+resource "aws_rds_cluster_instance" "writer_reader" {
+  cluster_identifier = aws_rds_cluster.orders.id
+  engine             = aws_rds_cluster.orders.engine
+  instance_class     = "db.r7g.large"
+}
"""
