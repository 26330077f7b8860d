"""A cluster with serverless instances should say how far they scale.

RDS refuses to create an instance of class db.serverless in a cluster without ServerlessV2ScalingConfiguration, and a
minimum capacity above the maximum. With the same minimum and maximum, the instances never change their size.

What to do: set MinCapacity and MaxCapacity of ServerlessV2ScalingConfiguration (Terraform:
serverlessv2_scaling_configuration). A cluster that is restored may bring its own.
"""

from awslint_memo import Findings, Resource, clusters, databases, listed, rule

SCALING = "ServerlessV2ScalingConfiguration"


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="垂直スケーリング: インスタンスサイズを変更することで",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.create.html",
    fix="safe",
)
def check(cluster: Resource) -> Findings:
    scaling = cluster.get(SCALING)
    instances = clusters.serverless_instances(cluster)
    if scaling.is_absent and instances and not databases.is_restored(cluster) and cluster.terraform.s3_import.is_absent:
        names, verb = [instance.title for instance in instances], "are" if len(instances) > 1 else "is"
        yield cluster.finding(
            scaling,
            f"so RDS refuses {listed(names, 3)}, which {verb} {clusters.SERVERLESS}",
            do="add it, with a minimum of 0.5 and a maximum of 16 capacity units for example",
            related=[(instance.get("DBInstanceClass"), "the class") for instance in instances],
            fix=cluster.set(f"{SCALING}.MinCapacity", 0.5) + cluster.set(f"{SCALING}.MaxCapacity", 16),
        )
    least, most = scaling.get("MinCapacity"), scaling.get("MaxCapacity")
    if least.number is None or most.number is None:
        return
    if least.number > most.number:
        message = f"but MaxCapacity is {most.number}{most.note}, so RDS refuses it"
        yield cluster.finding(least, message, of="MinCapacity", do=f"set it to at most {most.number}")
    elif least.number == most.number:
        message = f"and MinCapacity is {least.number}{least.note}, so the capacity never changes"
        do, related = "set it above MinCapacity", [(least, "MinCapacity")]
        yield cluster.finding(most, message, of="MaxCapacity", do=do, level="advice", related=related)


BAD = """
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.serverless}}
---
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 8, MaxCapacity: "4"}}
---
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 4, MaxCapacity: 4}}}
---
resource "aws_rds_cluster" "orders" {
  engine      = "aurora-postgresql"
  engine_mode = "provisioned"
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.orders.id
  instance_class     = "db.serverless"
}
"""

GOOD = """
Parameters: {Class: {Type: String}, Least: {Type: Number}}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 4, MaxCapacity: 4.5}}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.serverless}}
  Restored: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, SnapshotIdentifier: orders}}
  OfRestored: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Restored, DBInstanceClass: db.serverless}}
  Provisioned: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  Large: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Provisioned, DBInstanceClass: db.r6g.large}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Provisioned, DBInstanceClass: !Ref Class}}
  AnyLeast: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: !Ref Least, MaxCapacity: 4}}}
---
resource "aws_rds_cluster" "imported" {
  engine = "aurora-mysql"

  s3_import {
    bucket_name = "orders"
  }
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.imported.id
  instance_class     = "db.serverless"
}
---
variable "scaling" {
  type = list(object({ least = number, most = number }))
}

resource "aws_rds_cluster" "unknown" {
  engine = "aurora-mysql"

  dynamic "serverlessv2_scaling_configuration" {
    for_each = var.scaling

    content {
      min_capacity = serverlessv2_scaling_configuration.value.least
      max_capacity = serverlessv2_scaling_configuration.value.most
    }
  }
}

resource "aws_rds_cluster_instance" "writer" {
  cluster_identifier = aws_rds_cluster.unknown.id
  instance_class     = "db.serverless"
}
"""

FIXED = """
       Engine: aurora-mysql
+      ServerlessV2ScalingConfiguration:
+        MinCapacity: 0.5
+        MaxCapacity: 16
---
   engine_mode = "provisioned"
+
+  serverlessv2_scaling_configuration {
+    min_capacity = 0.5
+    max_capacity = 16
+  }
"""
