"""An index of a DynamoDB table should have at least the write capacity of its table.

A write to the table that changes what an index holds takes units of the index too. Where these are used up, DynamoDB
throttles the write to the table. So it is with the limits to which Auto Scaling raises the units.

What to do: give each global secondary index at least the WriteCapacityUnits of its table (Terraform: write_capacity), and
its scalable target at least the MaxCapacity of the table's. An index that holds few of the items needs less.
"""

from awslint_memo import Findings, Resource, rule, table_indexes


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="事前に設定したメトリクスの目標値を保ちながら自動的にスケーリングします",
    aws="amazondynamodb/latest/developerguide/GSI.html",
)
def check(table: Resource) -> Findings:
    for narrow in table_indexes.narrow(table):
        units = f"{narrow.of_table.number:g}"
        message = f"but the table has {units}{narrow.of_table.note}, so the index {narrow.name} throttles its writes"
        do = f"set it to at least {units} unless the index holds few of the items"
        yield narrow.owner.finding(narrow.of_index, message, do=do, related=[(narrow.of_table, "the table's")])


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 40}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 10}}]
---
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
  Writes:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 400}
  WritesOfIndex:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}/index/by-status", ScalableDimension: "dynamodb:index:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 100}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      BillingMode: PROVISIONED
      WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: {MinCapacity: 5, MaxCapacity: 400, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70}}}
      GlobalSecondaryIndexes:
        - IndexName: by-status
          WriteProvisionedThroughputSettings: {WriteCapacityAutoScalingSettings: {MinCapacity: 5, MaxCapacity: 40, TargetTrackingScalingPolicyConfiguration: {TargetValue: 70}}}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  read_capacity  = 40
  write_capacity = 120

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "status"
    type = "S"
  }

  global_secondary_index {
    name            = "by-status"
    hash_key        = "status"
    projection_type = "ALL"
    read_capacity   = 40
    write_capacity  = 10
  }
}
"""

GOOD = """
Parameters: {Writes: {Type: Number}, Mode: {Type: String}}
Resources:
  Same:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 40}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 40}}]
  Unknown:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: !Ref Writes}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
  UnknownIndex:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 50}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: !Ref Writes}}]
  AnyMode:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: !Ref Mode
      ProvisionedThroughput: {ReadCapacityUnits: 50, WriteCapacityUnits: 40}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
---
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 40}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
  Writes:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}", ScalableDimension: "dynamodb:table:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 400}
  WritesOfIndex:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}/index/by-status", ScalableDimension: "dynamodb:index:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 400}
  ReadsOfIndex:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: {ResourceId: !Sub "table/${Orders}/index/by-status", ScalableDimension: "dynamodb:index:ReadCapacityUnits", MinCapacity: 5, MaxCapacity: 10}
---
Parameters: {Target: {Type: String}}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 40}
      GlobalSecondaryIndexes: [{IndexName: by-status, ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}}]
  # It may be of the index.
  Any: {Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: {ResourceId: !Ref Target, ScalableDimension: "dynamodb:index:WriteCapacityUnits", MinCapacity: 5, MaxCapacity: 400}}
---
variable "writes" {
  type = number
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"

  global_secondary_index {
    name     = "by-status"
    hash_key = "status"
  }
}

resource "aws_dynamodb_table" "returns" {
  name           = "returns"
  read_capacity  = 5
  write_capacity = var.writes

  global_secondary_index {
    name           = "by-status"
    hash_key       = "status"
    read_capacity  = 5
    write_capacity = var.writes
  }
}
"""
