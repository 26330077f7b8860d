"""A filter should ask for values that the records of its source can have.

An event of a table's stream is INSERT, MODIFY or REMOVE; records of Kinesis and SQS always name their service. A filter
that asks for another value (CREATE, insert) matches no record, and what matches no filter is discarded: it is skipped in
a stream, and deleted from a queue. One such value beside others that exist is a warning.

What to do: name the values that there are: {"eventName": ["INSERT", "MODIFY"]}.
"""

from awslint_memo import Findings, Resource, filters, listed, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="amazondynamodb/latest/APIReference/API_streams_Record.html",
)
def check(reader: Resource) -> Findings:
    source = filters.source(reader)
    for asked in filters.filters(reader):
        foreign = filters.foreign_value(source, asked)
        if foreign is not None:
            so = "so nothing matches" if foreign.is_all else "so that matches nothing"
            yield reader.finding(
                asked.written,
                f"asks for {foreign.field} " + listed(foreign.values, last="or") + f", which no record has, {so}",
                do=f"ask for {listed(foreign.known, last='or')}",
                level=None if foreign.is_all else "warning",
            )


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000", FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["UPDATE"]}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["insert"], "dynamodb": {"NewImage": {"kind": {"S": ["order"]}}}}'}]}}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Clicks.Arn, Target: !ImportValue target, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"]}'}]}}}}
---
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Table.StreamArn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT", "UPDATE"]}'}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: SQS, Properties: {Queue: "arn:aws:sqs:eu-west-1:111122223333:orders", FilterCriteria: {Filters: [{Pattern: '{"body": {"a": [1]}, "eventSource": ["sqs.amazonaws.com"]}'}]}}}}}}
---
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_dynamodb_table.orders.stream_arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        eventName = ["DELETE"]
      })
    }
  }
}
"""

GOOD = """
Parameters: {Name: {Type: String}, Source: {Type: String}}
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !GetAtt Table.StreamArn
      FunctionName: f
      FilterCriteria:
        Filters:
          - Pattern: '{"eventName": ["REMOVE", "MODIFY"]}'
          - Pattern: !Sub '{"eventName": ["${Name}"]}'
          - Pattern: '{"eventName": [{"prefix": "M"}]}'
          - Pattern: '{"eventName": [{"anything-but": ["CREATE"]}]}'
          - Pattern: '{"dynamodb": {"NewImage": {"eventName": {"S": ["CREATE"]}}}}'
          - Pattern: !Ref Name
  Sqs: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"eventName": ["CREATE"]}}'}]}}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["CREATE"]}'}]}}}
  Kafka: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [orders], FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"value": {"a": [1]}, "eventSource": ["kafka"]}'}]}}}
---
resource "aws_pipes_pipe" "orders" {
  source = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000"
  target = "arn:aws:sqs:eu-west-1:111122223333:orders"

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({
          eventName = ["INSERT"]
        })
      }
    }
  }
}
"""
