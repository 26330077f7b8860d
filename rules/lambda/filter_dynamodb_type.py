"""A filter on an attribute in a table's stream should name the attribute's type.

A record of a table's stream has each attribute as DynamoDB's JSON, with the type above the value: {"state": {"S":
"OPEN"}}. A filter that asks for the value itself matches no record, and what matches no filter is discarded.

What to do: write the type: {"dynamodb": {"NewImage": {"state": {"S": ["OPEN"]}}}}; below a map, {"M": {…}}.
"""

from awslint_memo import Findings, Resource, filters, item_filters, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="lambda/latest/dg/with-ddb-filtering.html",
)
def check(reader: Resource) -> Findings:
    for asked in filters.filters(reader):
        name = item_filters.untyped_attribute(asked)
        if name:
            yield reader.finding(
                asked.written,
                f"asks for the attribute {name} without its type, which a stream has, so nothing matches",
                do=f'write the type, as in {{"{name}": {{"S": […]}}}}',
            )


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"kind": ["order", "offer"]}}}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"Keys": {"id": [{"prefix": "order#"}]}}}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"NewImage": {"buyer": {"city": {"S": ["Rome"]}}}}}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"NewImage": {"id": {"S": ["1"]}, "buyer": {"M": {"age": [30]}}}}}'}]}}}
---
resource "aws_pipes_pipe" "orders" {
  source = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000"
  target = "arn:aws:sqs:eu-west-1:111122223333:orders"

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({
          dynamodb = {
            NewImage = {
              paid = [true]
            }
          }
        })
      }
    }
  }
}
"""

GOOD = """
Parameters: {State: {Type: String}, Pattern: {Type: String}}
Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !ImportValue stream
      FunctionName: f
      FilterCriteria:
        Filters:
          - Pattern: '{"dynamodb": {"NewImage": {"state": {"S": ["OPEN"]}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"buyer": {"M": {"city": {"S": ["Rome"]}}}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"state": [{"exists": false}]}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"buyer": {"city": [{"exists": false}]}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"$or": [{"state": ["OPEN"]}, {"state": {"S": ["OPEN"]}}]}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"state": []}}}'
          - Pattern: '{"dynamodb": {"StreamViewType": ["NEW_IMAGE"], "SizeBytes": [1]}}'
          - Pattern: '{"dynamodb": {"NewImage": {"lines": {"L": {"S": ["a"]}}}}}'
          - Pattern: '{"body": {"NewImage": {"state": ["OPEN"]}}}'
          - Pattern: !Sub '{"dynamodb": {"NewImage": ${State}}}'
          - Pattern: !Ref Pattern
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000"
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        dynamodb = {
          NewImage = {
            paid = {
              BOOL = [true]
            }
          }
        }
      })
    }
  }
}
"""
