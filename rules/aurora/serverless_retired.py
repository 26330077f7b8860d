"""A cluster should run Aurora Serverless v2, because AWS retired the first version.

Aurora Serverless v1 ended on 2025-03-31: RDS creates no cluster with EngineMode serverless any more, and has moved those
that there were to version 2.

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
        message = "which is Aurora Serverless v1, and RDS creates no such cluster since 2025-03-31"
        do = "remove it, set ServerlessV2ScalingConfiguration, and add an instance of the class db.serverless"
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
