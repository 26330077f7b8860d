"""A cluster should run Aurora Serverless v2, because AWS retired the first version.

RDS has created no cluster of Aurora Serverless v1 (EngineMode serverless) since 2025-01-08, and has been moving those that
there were to version 2 since 2025-03-31.

What to do: remove EngineMode and ScalingConfiguration (Terraform: engine_mode, scaling_configuration), set
ServerlessV2ScalingConfiguration, and add an instance of the class db.serverless.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::RDS::DBCluster",
    memo="インスタンスサイズを変更することで、CPU、メモリ、ストレージのリソースを調整できます",
    aws="AmazonRDS/latest/AuroraUserGuide/aurora-serverless.html",
)
def check(cluster: Resource) -> Findings:
    mode = cluster.get("EngineMode")
    if mode.is_one_of("serverless"):
        message = "which is Aurora Serverless v1, and RDS has created no such cluster since 2025-01-08"
        do = "remove it, take an EngineVersion that Serverless v2 has, and add its configuration and a db.serverless instance"
        yield cluster.finding(mode, message, do=do)


BAD = """
Resources:
  Orders: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: serverless, ScalingConfiguration: {MinCapacity: 1, MaxCapacity: 8}}}
---
resource "aws_rds_cluster" "orders" {
  engine      = "aurora-postgresql"
  engine_mode = "serverless"
}
"""

GOOD = """
Parameters: {Mode: {Type: String}}
Resources:
  Second: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, ServerlessV2ScalingConfiguration: {MinCapacity: 0.5, MaxCapacity: 8}}}
  Unknown: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, EngineMode: !Ref Mode}}
---
resource "aws_rds_cluster" "orders" {
  engine      = "aurora-postgresql"
  engine_mode = "provisioned"
}
"""
