"""A table in on-demand mode should have no scalable targets.

On demand, DynamoDB follows the traffic by itself. Targets and policies of Application Auto Scaling rest until the table is
provisioned again, and look as if they limited it.

What to do: remove the targets and their policies, or set BillingMode (Terraform: billing_mode) to PROVISIONED.
"""

from awslint_memo import Findings, Resource, listed, rule, tables


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="amazondynamodb/latest/developerguide/switching.capacitymode.html",
)
def check(table: Resource) -> Findings:
    billing, targets = table.get("BillingMode"), tables.scaling_targets(table)
    if billing.text == "PAY_PER_REQUEST" and targets:
        change, them = ("changes", "it") if len(targets) == 1 else ("change", "them")
        yield table.finding(
            billing,
            f"so {listed([target.title for target in targets], 1)} {change} nothing until the table is provisioned",
            do=f"remove {them} and any scaling policies for {them}",
            related=[(target, target.title) for target in targets],
        )


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Reads:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}/index/by-date", ScalableDimension: "dynamodb:index:ReadCapacityUnits", MinCapacity: 5, MaxCapacity: 50}
---
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_appautoscaling_target" "writes" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 50
}
"""

GOOD = """
Parameters: {Mode: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PROVISIONED}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:ReadCapacityUnits"}}
  Unknown: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: !Ref Mode}}
  ReadsOfUnknown: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Unknown}", ScalableDimension: "dynamodb:table:ReadCapacityUnits"}}
  OnDemand: {Type: AWS::DynamoDB::Table, Properties: {TableName: tasks, BillingMode: PAY_PER_REQUEST}}
  Tasks: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: service/tasks, ScalableDimension: "ecs:service:DesiredCount"}}
  Elsewhere: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: table/elsewhere, ScalableDimension: "dynamodb:table:ReadCapacityUnits"}}
---
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
}
"""
