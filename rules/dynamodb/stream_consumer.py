"""A DynamoDB stream should have a reader.

A stream keeps each change for 24 hours, so that a function or a pipe can act on it. A stream without a reader has no
effect; an event source mapping that reads a table without a stream can't be created.

What to do: let an event source mapping or a pipe read the stream, or remove StreamSpecification (Terraform:
stream_enabled). Add a StreamSpecification to a table that is read. Streams that other stacks get, that replicate a
global table, that stand beside a stream of Kinesis with the same changes, or that a policy lets a program read are not checked,
nor those that another file of the repository names, as that of a service of the Serverless Framework, or whose table a data source
may look up for a reader.
"""

from awslint_memo import Findings, Resource, rule, tables


@rule(
    level="advice",
    resource=("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="amazondynamodb/latest/developerguide/Streams.html",
)
def check(table: Resource) -> Findings:
    view = tables.stream_view(table)
    is_doubled = table.type == tables.TABLE and not table.get("KinesisStreamSpecification").is_absent
    if view.text is None or is_doubled or tables.may_be_read(table):
        return
    from awslint_memo import stream_files  # Most streams have a reader.

    if not stream_files.may_read(table):
        yield table.finding(
            view,
            "but nothing here reads the stream",
            do="add an event source mapping or a pipe, or disable the stream",
        )


@check.on("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe")
def reader(reader: Resource) -> Findings:
    table = tables.table_of_stream(reader)
    if table is not None and tables.stream_view(table).is_absent:
        remedy = (
            "set stream_enabled and stream_view_type of the table"
            if table.language == "terraform"
            else "add a StreamSpecification to it"
        )
        yield reader.finding(
            reader.get("Source" if reader.type == tables.PIPE else "EventSourceArn"),
            f"reads the stream of {table.title}, but the table has no stream",
            do=remedy,
            level="error",
            related=[(table, "the table without a stream")],
        )


BAD = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: work, EventSourceArn: !GetAtt Orders.StreamArn}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"
}
---
resource "aws_dynamodb_table" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "work" {
  function_name    = "work"
  event_source_arn = aws_dynamodb_table.orders.stream_arn
}
"""

GOOD = """
resource "aws_dynamodb_table" "orders" {
  name             = "live-orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}
# --- notifier/serverless.yml
service: notifier
functions:
  notify:
    handler: handler.handle
    events:
      - stream: {type: dynamodb, arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/live-orders/stream/2026-01-01T00:00:00.000"}
---
Parameters:
  View: {Type: String}
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}
  Pipe:
    Type: AWS::Pipes::Pipe
    Properties: {Source: !GetAtt Orders.StreamArn, Target: !ImportValue Bus, RoleArn: !ImportValue Role}
  Unknown:
    Type: AWS::DynamoDB::Table
    Properties: {StreamSpecification: {StreamViewType: !Ref View}}
  Global:
    Type: AWS::DynamoDB::GlobalTable
    Properties: {StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}, Replicas: [{Region: eu-west-1}, {Region: us-east-1}]}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Reader: {Type: AWS::Serverless::Function}
  Reads: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Orders}, Destination: {Id: Reader}, Permissions: [Read]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Reader: {Type: AWS::Serverless::Function, Properties: {Policies: [{DynamoDBStreamReadPolicy: {TableName: !Ref Orders, StreamName: "*"}}]}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  stream_enabled   = true
  stream_view_type = "KEYS_ONLY"
}

resource "aws_lambda_event_source_mapping" "work" {
  function_name    = "work"
  event_source_arn = aws_dynamodb_table.orders.stream_arn
}
---
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      KinesisStreamSpecification: {StreamArn: !ImportValue Changes}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}

resource "aws_dynamodb_kinesis_streaming_destination" "orders" {
  table_name = aws_dynamodb_table.orders.name
  stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/changes"
}
"""
