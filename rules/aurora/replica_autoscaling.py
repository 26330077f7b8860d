"""An Aurora cluster should scale its number of readers automatically.

A fixed number of readers is too small at the peak or too large for the rest of the day. Aurora Auto Scaling adds and
removes readers by their CPU utilization or their connections; the reader endpoint includes them.

What to do: add an AWS::ApplicationAutoScaling::ScalableTarget (Terraform: aws_appautoscaling_target) for
rds:cluster:ReadReplicaCount of the cluster, and a scaling policy. Clusters of db.serverless, which scale in size,
secondaries of a global database, and clusters whose instances are not known are not checked; nor is an only reader whose
endpoint nothing here is told and no output gives: it stands by for a failover.
"""

from awslint_memo import Findings, Resource, clusters, databases, rule


@rule(
    level="advice",
    resource="AWS::RDS::DBCluster",
    memo="大量の読み取りトラフィックに対して柔軟にスケールアウトできます",
    aws="AmazonRDS/latest/AuroraUserGuide/Aurora.Integrating.AutoScaling.html",
)
def check(cluster: Resource) -> Findings:
    instances = clusters.cluster_instances(cluster) or []
    count = clusters.instance_count(instances)
    may_grow = any(instance.get("DBInstanceClass").text in (None, clusters.SERVERLESS) for instance in instances)
    if count is None or count < 2 or may_grow or clusters.may_scale_readers(cluster):
        return
    if databases.is_global_secondary(cluster) or not clusters.has_instances(cluster):
        return
    if count == 2 and not clusters.is_read_from(cluster):
        return
    readers = "1 reader" if count == 2 else f"{count - 1} readers"
    yield cluster.finding(
        cluster,
        f"has {readers}, and nothing in this template scales the number of readers",
        do="add a scalable target for rds:cluster:ReadReplicaCount and a policy",
    )


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Orders}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Orders}}
Outputs:
  Reads: {Value: !GetAtt Orders.ReadEndpoint.Address}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "all" {
  count              = 3
  instance_class     = "db.r6g.large"
  cluster_identifier = aws_rds_cluster.orders.id
}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "all" {
  count              = 2
  instance_class     = "db.r6g.large"
  cluster_identifier = aws_rds_cluster.orders.id
}

resource "aws_lambda_function" "report" {
  function_name = "report"

  environment {
    variables = { HOST = aws_rds_cluster.orders.reader_endpoint }
  }
}
"""

GOOD = """
Parameters:
  Cluster: {Type: String}
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-postgresql}}
  Writer: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Orders}}
  Reader: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, DBClusterIdentifier: !Ref Orders}}
  MaybeOurs:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ScalableDimension: rds:cluster:ReadReplicaCount, ResourceId: !Ref Cluster, MinCapacity: 0, MaxCapacity: 4}
---
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "all" {
  count              = 2
  instance_class     = "db.r6g.large"
  cluster_identifier = aws_rds_cluster.orders.id
}

resource "aws_appautoscaling_target" "readers" {
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.orders.cluster_identifier}"
}
---
# A failover target.
resource "aws_rds_cluster" "orders" {
  engine = "aurora-mysql"
}

resource "aws_rds_cluster_instance" "all" {
  count              = 2
  instance_class     = "db.r6g.large"
  cluster_identifier = aws_rds_cluster.orders.id
}

resource "aws_ssm_parameter" "host" {
  name  = "/orders/host"
  type  = "String"
  value = aws_rds_cluster.orders.endpoint
}
"""
