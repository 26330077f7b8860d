"""Numbers of a database and of a proxy should be among those that RDS accepts.

Enhanced Monitoring measures every 1, 5, 10, 15, 30 or 60 s, or not at all (0). RDS refuses an instance or a cluster with another
MonitoringInterval when it is deployed. Of the connections of a proxy no more may stay open idle (MaxIdleConnectionsPercent) than it may
have (MaxConnectionsPercent).

What to do: set the number to one that the message names (Terraform: monitoring_interval, max_idle_connections_percent).
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::RDS::DBCluster",
        "AWS::RDS::DBInstance",
        "AWS::RDS::DBProxyDefaultTargetGroup",
        "AWS::RDS::DBProxyTargetGroup",
    ),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
)
def check(database: Resource) -> Findings:
    return number_limits.refused(database)


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MonitoringInterval: 20, MonitoringRoleArn: !GetAtt Role.Arn}}
---
variable "role" {}

resource "aws_rds_cluster_instance" "orders" {
  engine              = "aurora-postgresql"
  cluster_identifier  = "orders"
  monitoring_interval = 120
  monitoring_role_arn = var.role
}
---
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, EngineFamily: POSTGRESQL}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBClusterIdentifiers: [!ImportValue Orders], ConnectionPoolConfigurationInfo: {MaxConnectionsPercent: 60, MaxIdleConnectionsPercent: 75}}}
---
resource "aws_db_proxy_default_target_group" "orders" {
  db_proxy_name = "orders"

  connection_pool_config {
    max_connections_percent      = 40
    max_idle_connections_percent = 50
  }
}
"""

GOOD = """
Parameters: {Interval: {Type: Number}}
Resources:
  Role: {Type: AWS::IAM::Role}
  Orders: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MonitoringInterval: 15, MonitoringRoleArn: !GetAtt Role.Arn}}
  Other: {Type: AWS::RDS::DBInstance, Properties: {Engine: postgres, MonitoringInterval: !Ref Interval, MonitoringRoleArn: !GetAtt Role.Arn}}
---
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  monitoring_interval = 0
}
---
Parameters: {Most: {Type: Number}}
Resources:
  Proxy: {Type: AWS::RDS::DBProxy, Properties: {DBProxyName: orders, EngineFamily: POSTGRESQL}}
  Targets: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBClusterIdentifiers: [!ImportValue Orders], ConnectionPoolConfigurationInfo: {MaxConnectionsPercent: 60, MaxIdleConnectionsPercent: 60}}}
  Any: {Type: AWS::RDS::DBProxyTargetGroup, Properties: {DBProxyName: !Ref Proxy, TargetGroupName: default, DBInstanceIdentifiers: [!ImportValue Bills], ConnectionPoolConfigurationInfo: {MaxConnectionsPercent: !Ref Most, MaxIdleConnectionsPercent: 75}}}
---
resource "aws_db_proxy_default_target_group" "orders" {
  db_proxy_name = "orders"

  connection_pool_config {
    max_connections_percent      = 80
    max_idle_connections_percent = 20
  }
}
"""
