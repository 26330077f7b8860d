"""Provisioned capacity of a DynamoDB table should follow its traffic.

A table with a fixed number of read and write units refuses requests past them and is paid for when nobody asks. Auto
Scaling moves the units with the traffic; a table that is paid per request needs none. Each global secondary index has
units of its own, and one that runs out of write units holds up writes to the table.

What to do: give reads and writes of the table and of each index an AWS::ApplicationAutoScaling::ScalableTarget with a
target tracking policy (Terraform: aws_appautoscaling_target and aws_appautoscaling_policy), or set BillingMode to
PAY_PER_REQUEST. Where other stacks learn of the table and may scale it this is advice.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, tables


@rule(
    "dynamodb-capacity-scaling",
    level="warning",
    resource="AWS::DynamoDB::Table",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="amazondynamodb/latest/developerguide/AutoScaling.html",
)
def check(table: Resource) -> Iterator[Finding]:
    fixed = tables.unscaled(table)
    if not fixed:
        return
    elsewhere = tables.is_known_elsewhere(table)
    listed = ", ".join(f"{one.what} ({one.units.number:g}/s)" if one.units.number else one.what for one in fixed)
    yield table.finding(
        table.get("BillingMode", default=tables.DEFAULT_BILLING_MODE),
        f"has provisioned capacity that nothing {'here ' if elsewhere else ''}scales: {listed}; "
        "give it scalable targets, or set BillingMode to PAY_PER_REQUEST",
        level="advice" if elsewhere else None,
        related=[(one.units, f"fixed {one.what}") for one in fixed if one.units.is_known],
    )


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
      GlobalSecondaryIndexes: [{IndexName: by-date, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
  Reads:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:ReadCapacityUnits", MinCapacity: 5, MaxCapacity: 50}
  Writes:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 50}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
}
"""

GOOD = """
Parameters:
  Mode: {Type: String}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: PAY_PER_REQUEST}
  Unknown:
    Type: AWS::DynamoDB::Table
    Properties: {BillingMode: !Ref Mode}
  Global:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {Replicas: [{Region: eu-west-1, ReadProvisionedThroughputSettings: {ReadCapacityUnits: 5}}]}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
}

resource "aws_appautoscaling_target" "writes" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
}
"""
