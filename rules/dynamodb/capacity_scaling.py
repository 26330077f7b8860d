"""Provisioned capacity of a DynamoDB table should follow its traffic.

A table with a fixed number of read and write units throttles requests beyond them, and costs the same without traffic.
Auto Scaling adjusts the units to the traffic; a table in on-demand mode needs no scaling. Each global secondary index
has units of its own, and an index without enough write units throttles writes to the table.

What to do: give reads and writes of the table and of each index an AWS::ApplicationAutoScaling::ScalableTarget with a
target tracking policy (Terraform: aws_appautoscaling_target and aws_appautoscaling_policy), or set BillingMode to
PAY_PER_REQUEST and remove every ProvisionedThroughput, which is rejected in that mode. If other stacks get the table and may
scale it, or no unit is above the 25 of the free tier, the finding is advice. A target whose scaling out is suspended scales nothing.
"""

from collections.abc import Sequence

from awslint_memo import Findings, Resource, listed, rule, table_items, tables


@rule(
    level="warning",
    resource="AWS::DynamoDB::Table",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="amazondynamodb/latest/developerguide/AutoScaling.html",
    yields_to=("dynamodb-global-capacity",),
)
def check(table: Resource) -> Findings:
    fixed = tables.unscaled(table)
    if not fixed or table_items.holds_locks(table):
        return
    few = 25  # The free tier has so many units of each kind in provisioned mode, and none on demand.
    is_advice = tables.has_few_units(fixed, few) or tables.is_known_elsewhere(table)
    setting, state = table.get("BillingMode", default=tables.DEFAULT_BILLING_MODE), "PROVISIONED"
    of, on_demand = "BillingMode", "set it to PAY_PER_REQUEST and remove the fixed units"
    if table.written_type == "AWS::Serverless::SimpleTable":
        # It has no billing mode, and no index.
        of, setting, state = "ProvisionedThroughput", table.get("ProvisionedThroughput"), "fixed"
        on_demand = "remove ProvisionedThroughput, which makes it on-demand"
    yield table.finding(
        setting,
        f"is {state}{setting.note}, but nothing here scales its {capacities(fixed)}{as_of_table(fixed)}",
        of=of,
        do=f"add scalable targets, or {on_demand}",
        level="advice" if is_advice else None,
        related=[(capacity.units, f"fixed {capacity.what}") for capacity in fixed if capacity.units.is_known],
    )


def capacities(fixed: Sequence[tables.Capacity]) -> str:
    """The capacities with their units, those of three indexes at most."""
    indexes = list(dict.fromkeys(capacity.index for capacity in fixed if capacity.index is not None))
    left, shown = indexes[3:], indexes[:3]
    words = [
        f"{capacity.what} ({capacity.units.number:g}/s)" if capacity.units.number else capacity.what
        for capacity in fixed
        if capacity.index is None or capacity.index in shown
    ]
    more = [f"capacity of {len(left)} more index{'es' if len(left) > 1 else ''}"] if left else []
    return listed([*words, *more], last="or")


def as_of_table(fixed: Sequence[tables.Capacity]) -> str:
    """What targets scale of the table and of no index, as words behind the capacities."""
    of_table = [capacity.what for capacity in fixed if capacity.index is None]
    kinds = dict.fromkeys(capacity.what.partition(" ")[0] for capacity in fixed)
    scaled = [kind for kind in kinds if kind not in of_table]
    return f", as a target does the table's {' and '.join(scaled)}" if scaled else ""


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 50}}
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
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::SimpleTable, Properties: {ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 50}}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:ReadCapacityUnits", MinCapacity: 5, MaxCapacity: 90, SuspendedState: {DynamicScalingOutSuspended: true}}}
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 90, SuspendedState: {DynamicScalingOutSuspended: true, ScheduledScalingSuspended: true}, ScheduledActions: [{ScheduledActionName: morning, Schedule: "cron(0 7 * * ? *)", ScalableTargetAction: {MinCapacity: 60}}]}}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"

  suspended_state {
    dynamic_scaling_out_suspended = true
  }
}

resource "aws_appautoscaling_target" "writes" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
}

resource "aws_appautoscaling_scheduled_action" "writes" {
  resource_id        = aws_appautoscaling_target.writes.resource_id
  scalable_dimension = aws_appautoscaling_target.writes.scalable_dimension
  schedule           = "cron(0 7 * * ? *)"
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
---
Parameters: {Paused: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 50}}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:ReadCapacityUnits", MinCapacity: 5, MaxCapacity: 90, SuspendedState: {DynamicScalingInSuspended: true, DynamicScalingOutSuspended: !Ref Paused}}}
  Writes: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 90, SuspendedState: {DynamicScalingOutSuspended: true}, ScheduledActions: [{ScheduledActionName: morning, Schedule: "cron(0 7 * * ? *)", ScalableTargetAction: {MinCapacity: 60}}]}}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"

  suspended_state {
    dynamic_scaling_out_suspended = true
  }
}

resource "aws_appautoscaling_scheduled_action" "reads" {
  resource_id        = aws_appautoscaling_target.reads.resource_id
  scalable_dimension = aws_appautoscaling_target.reads.scalable_dimension
  schedule           = "cron(0 7 * * ? *)"
}

resource "aws_appautoscaling_target" "writes" {
  resource_id        = "table/orders"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
}
"""
