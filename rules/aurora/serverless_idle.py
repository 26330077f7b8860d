"""A capacity range should stand where a serverless instance has it.

ServerlessV2ScalingConfiguration is the range of the instances of class db.serverless. In a cluster whose instances are
all of other classes it does nothing: they neither grow with the load nor shrink.

What to do: set DBInstanceClass of an instance to db.serverless, or remove ServerlessV2ScalingConfiguration (Terraform:
serverlessv2_scaling_configuration). A cluster to which others may add instances is not reported.
"""

from awslint_memo import Findings, Resource, clusters, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="垂直スケーリング: インスタンスサイズを変更することで",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html",
)
def check(cluster: Resource) -> Findings:
    scaling = cluster.get("ServerlessV2ScalingConfiguration")
    instances = clusters.cluster_instances(cluster) if scaling.fields else None
    if not instances or clusters.is_known_elsewhere(cluster):
        return
    classes = [instance.get("DBInstanceClass") for instance in instances]
    texts = {value.text for value in classes}
    if None not in texts and clusters.SERVERLESS not in texts:
        message = f"has {scaling.route}, but no instance is {clusters.SERVERLESS}, so it does nothing"
        related = [(value, "the class") for value in classes]
        yield cluster.finding(scaling, message, do=f"make one {clusters.SERVERLESS}, or remove it", related=related)


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.large}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Orders, DBInstanceClass: db.r6g.xlarge}}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "orders" {
  count              = 2
  cluster_identifier = aws_rds_cluster.orders.id
  instance_class     = "db.t4g.medium"
}
"""

GOOD = """
Parameters: {Class: {Type: String}}
Resources:
  Serverless: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
  Large: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Serverless, DBInstanceClass: db.r6g.large}}
  Small: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Serverless, DBInstanceClass: db.serverless}}
  AnyClass: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
  Unknown: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref AnyClass, DBInstanceClass: !Ref Class}}
  NoInstance: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
  Exported: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
  OfExported: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Exported, DBInstanceClass: db.r6g.large}}
  Provisioned: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql}}
  OfProvisioned: {Type: AWS::RDS::DBInstance, Properties: {DBClusterIdentifier: !Ref Provisioned, DBInstanceClass: db.r6g.large}}
Outputs:
  Cluster: {Value: !Ref Exported}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = aws_rds_cluster.orders.id
  instance_class     = "db.serverless"
}
"""
