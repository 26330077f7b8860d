"""A table's stream should have two readers at most, and that of a global table one.

Each reader polls every shard of the stream, and DynamoDB throttles more than two at a time; global tables read the streams of
their replicas too. Readers that are throttled fall behind, and a stream keeps a record for 24 hours only.

What to do: let one function read the stream and hand on what others need (SNS, EventBridge, a pipe), or use Kinesis Data
Streams for DynamoDB, which has more readers.
"""

from awslint_memo import Findings, Resource, rule, tables


@rule(
    level="warning",
    since="0.2",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="lambda/latest/dg/with-ddb.html",
)
def check(table: Resource) -> Findings:
    readers = tables.stream_readers(table)
    count = sum(int(reader.copies.number or 0) for reader in readers)
    is_global = bool(tables.other_replicas(table)) and tables.is_eventually_consistent(table)
    most = 1 if is_global else tables.MOST_READERS
    if count > most:
        yield table.finding(
            table,
            f"has a stream with {count} readers, but {'that of a global table' if is_global else 'a stream'} should have "
            f"at most {most}, so they throttle each other",
            do="let one read it and hand on what the others need",
            related=[(reader, "reads the stream") for reader in readers],
        )


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  First: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Second: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON}}
  Third: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.StreamArn, Target: !ImportValue target}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::GlobalTable, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}, Replicas: [{Region: eu-west-1}, {Region: eu-west-2}]}}
  First: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Second: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}

resource "aws_lambda_event_source_mapping" "orders" {
  count             = 3
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = "orders-${count.index}"
  starting_position = "TRIM_HORIZON"
}
"""

GOOD = """
Parameters: {On: {Type: String}, Region: {Type: String}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}, KinesisStreamSpecification: {StreamArn: !GetAtt Changes.Arn}}}
  First: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Second: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.StreamArn, Target: !ImportValue target}}
  Off: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON, Enabled: false}}
  MayBeOff: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON, Enabled: !Ref On}}
  Stopped: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.StreamArn, Target: !ImportValue target, DesiredState: STOPPED}}
  # Kinesis Data Streams for DynamoDB has more readers.
  Changes: {Type: AWS::Kinesis::Stream}
  OfChanges: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Changes.Arn, FunctionName: h, StartingPosition: TRIM_HORIZON}}
  # Strong consistency needs no stream.
  Strong: {Type: AWS::DynamoDB::GlobalTable, Properties: {MultiRegionConsistency: STRONG, StreamSpecification: {StreamViewType: NEW_IMAGE}, Replicas: [{Region: eu-west-1}, {Region: eu-west-2}, {Region: eu-west-3}]}}
  Fifth: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Strong.StreamArn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Sixth: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Strong.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON}}
  Alone: {Type: AWS::DynamoDB::GlobalTable, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}, Replicas: [{Region: eu-west-1}]}}
  Third: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Alone.StreamArn, FunctionName: f, StartingPosition: TRIM_HORIZON}}
  Fourth: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Alone.StreamArn, FunctionName: g, StartingPosition: TRIM_HORIZON}}
---
variable "readers" {}

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}

resource "aws_lambda_event_source_mapping" "orders" {
  count             = var.readers
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = "orders-${count.index}"
  starting_position = "TRIM_HORIZON"
}
"""
