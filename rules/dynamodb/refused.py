"""DynamoDB should accept the capacity and local indexes of a table, and the indexes of targets.

A table or an index in on-demand mode has no units in ProvisionedThroughput, unless they are 0. A scalable target of an index
names one of the table's. A local index sorts the items of one partition by another attribute: it has the partition key of the
table and a sort key, and the table must have a sort key too.

What to do: remove ProvisionedThroughput, or set BillingMode to PROVISIONED, and write the name of the index as the table
has it. Give the table a sort key, or make the local index a global one.
"""

from awslint_memo import Findings, Resource, listed, rule, table_keys, tables


@rule(
    level="error",
    since="0.2",
    resource="AWS::DynamoDB::Table",
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="amazondynamodb/latest/APIReference/API_CreateTable.html",
)
def check(table: Resource) -> Findings:
    yield from local(table)
    billing, indexes = table.get("BillingMode"), table.get("GlobalSecondaryIndexes")
    given = [holder.get("ProvisionedThroughput") for holder in indexes.items] + [table.get("ProvisionedThroughput")]
    # Terraform's provider does not send the units of a table on demand. Who writes 0 has read cfn-lint, which accepts it
    # (https://github.com/aws-cloudformation/cfn-lint, aws_dynamodb_table/billingmode_exclusive.json; read on 2026-11-29).
    for units in given if table.language == "cloudformation" else ():
        is_some = any(units.get(f"{name}CapacityUnits").above(0) for name in ("Read", "Write"))
        if billing.is_one_of("PAY_PER_REQUEST") and is_some:
            message = f"has {units.route}, which DynamoDB refuses with BillingMode PAY_PER_REQUEST"
            yield table.finding(units, message, do="remove it", related=[(billing, "BillingMode")])
    names = [index.get("IndexName").text for index in indexes.items]
    # In Terraform the indexes of a table without any may stand elsewhere.
    for target in () if None in names or not names else tables.scaling_targets(table):
        pattern = target.get("ResourceId").pattern
        named = None if pattern is None else pattern.partition("/index/")[2].literal
        if named and named not in names:
            message = f"names the index {named}, which {table.title} does not have, so the target is refused"
            do = f"name {listed([name for name in names if name], last='or')}"
            yield target.finding(target.get("ResourceId"), message, do=do, related=[(table, table.title)])


@check.on("AWS::DynamoDB::GlobalTable")
def replicated(table: Resource) -> Findings:
    yield from local(table)


def local(table: Resource) -> Findings:
    """The local indexes of a table that DynamoDB refuses."""
    indexes = table_keys.local_indexes(table)
    if indexes and table_keys.is_sorted(table, table.get("KeySchema")) is False:
        # "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex":
        # https://github.com/aws-cloudformation/cfn-lint/issues/3110 (read on 2026-11-30)
        message = "has a local index, but no sort key, so DynamoDB refuses it"
        yield table.finding(indexes[0], message, do="add a sort key, or make the index a global one")
    base = table_keys.partition_key(table.get("KeySchema"))
    for key in [index.get("KeySchema") for index in indexes] if table.language == "cloudformation" else ():
        own = table_keys.partition_key(key)
        if table_keys.is_sorted(table, key) is False:
            yield table.finding(key, "has a local index without a sort key, so DynamoDB refuses it", do="add one to it")
        elif own and base and own != base:
            message = f"has a local index with the partition key {own}, and itself {base}, so DynamoDB refuses it"
            yield table.finding(key, message, do=f"set it to {base}, or make the index a global one")


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST, GlobalSecondaryIndexes: [{IndexName: by-date, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 0}}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}, GlobalSecondaryIndexes: [{IndexName: by-date, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: !Sub "table/${Orders}/index/by-day", MinCapacity: 1, MaxCapacity: 20}}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5

  global_secondary_index {
    name           = "by-date"
    hash_key       = "date"
    read_capacity  = 5
    write_capacity = 5
  }
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/${aws_dynamodb_table.orders.name}/index/by-day"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  min_capacity       = 1
  max_capacity       = 20
}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}], LocalSecondaryIndexes: [{IndexName: by-date, KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: date, KeyType: RANGE}]}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}], LocalSecondaryIndexes: [{IndexName: by-date, KeySchema: [{AttributeName: id, KeyType: HASH}]}]}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}], LocalSecondaryIndexes: [{IndexName: by-date, KeySchema: [{AttributeName: day, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}]}]}}
---
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"

  dynamic "local_secondary_index" {
    for_each = { by-date = "date" }

    content {
      name            = local_secondary_index.key
      range_key       = local_secondary_index.value
      projection_type = "ALL"
    }
  }
}
"""

GOOD = """
Parameters: {Mode: {Type: String}, Index: {Type: String}}
Resources:
  Sorted: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: RANGE}], LocalSecondaryIndexes: [{IndexName: by-date, KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: date, KeyType: RANGE}]}]}}
  SomeKey: {Type: AWS::DynamoDB::GlobalTable, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}, {AttributeName: at, KeyType: !Ref Mode}], LocalSecondaryIndexes: [{IndexName: by-date, KeySchema: !Ref Index}]}}
  Unknown: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: !Ref Mode, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}}
  OnDemand: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST, ProvisionedThroughput: !Ref AWS::NoValue}}
  Zero: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST, ProvisionedThroughput: {ReadCapacityUnits: 0, WriteCapacityUnits: 0}}}
  Orders: {Type: AWS::DynamoDB::Table, Properties: {TableName: orders, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}, GlobalSecondaryIndexes: [{IndexName: by-date}]}}
  Reads: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: !Sub "table/${Orders}/index/by-date", MinCapacity: 1, MaxCapacity: 20}}
  OfAny: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: !Sub "table/${Orders}/index/${Index}", MinCapacity: 1, MaxCapacity: 20}}
  OfTable: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:table:ReadCapacityUnits", ResourceId: table/orders, MinCapacity: 1, MaxCapacity: 20}}
  Named: {Type: AWS::DynamoDB::Table, Properties: {TableName: named, GlobalSecondaryIndexes: [{IndexName: !Ref Index}, {IndexName: by-date}]}}
  OfNamed: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: table/named/index/by-day, MinCapacity: 1, MaxCapacity: 20}}
  Elsewhere: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ScalableDimension: "dynamodb:index:ReadCapacityUnits", ResourceId: table/others/index/by-day, MinCapacity: 1, MaxCapacity: 20}}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  billing_mode   = "PAY_PER_REQUEST"
  read_capacity  = 5
  write_capacity = 5
}

resource "aws_appautoscaling_target" "reads" {
  resource_id        = "table/orders/index/by-day"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  min_capacity       = 1
  max_capacity       = 20
}
---
variable "sort_key" {}

variable "indexes" {}

resource "aws_dynamodb_table" "orders" {
  name      = "orders"
  hash_key  = "id"
  range_key = var.sort_key

  local_secondary_index {
    name            = "by-date"
    range_key       = "date"
    projection_type = "ALL"
  }
}

resource "aws_dynamodb_table" "prices" {
  name     = "prices"
  hash_key = "id"

  dynamic "local_secondary_index" {
    for_each = var.indexes

    content {
      name            = local_secondary_index.key
      range_key       = local_secondary_index.value
      projection_type = "ALL"
    }
  }
}
"""
