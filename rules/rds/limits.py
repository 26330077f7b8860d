"""Numbers of a database should be among those that RDS accepts.

Enhanced Monitoring measures every 1, 5, 10, 15, 30 or 60 s, or not at all (0). RDS refuses an instance or a cluster with another
MonitoringInterval when it is deployed.

What to do: set the number to one that the message names (Terraform: monitoring_interval).
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
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
"""
