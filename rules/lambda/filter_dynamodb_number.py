"""A filter on a number in a table's stream should ask for its text.

A stream writes a number of an item as text: {"N": "5"}. A filter compares without conversion, so a bare number or a
`numeric` operator there matches no record, and Lambda discards what matches no filter.

What to do: write the number as text ({"N": ["5"]}), or compare in the function, which gets all records without that filter.
"""

from awslint_memo import Findings, Resource, filters, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="データの変更に対してトリガーを設定して、リアルタイムアプリケーションやイベント駆動型サービスを構築できます",
    aws="lambda/latest/dg/with-ddb-filtering.html",
    fix="safe",
)
def check(reader: Resource) -> Findings:
    for asked in filters.filters(reader):
        numbers = filters.unmatched_numbers(asked)
        if numbers:
            pattern = filters.with_texts(asked)
            operates = any(item.fields for number in numbers for item in number.wanted.items)
            how = "with numeric" if operates else "for a bare number"
            yield reader.finding(
                asked.written,
                f"asks {how} of the attribute {numbers[0].name}, but a stream has numbers as text, so nothing matches",
                do="compare in the function" if operates else "write it as text, in quotes",
                fix=None if pattern is None else reader.set(asked.path, pattern),
            )


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"age": {"N": [5, 2.5]}}}}'}]}}}
---
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue stream, Target: !ImportValue target, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"OldImage": {"a": {"M": {"age": {"N": [{"numeric": [">", 5]}]}}}}}}'}]}}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"dynamodb": {"NewImage": {"age": {"N": [5, {"numeric": [">", 5]}]}}}}'}]}}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000"
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        dynamodb = {
          Keys = {
            id = {
              N = [7]
            }
          }
        }
      })
    }
  }
}
"""

GOOD = """
Parameters: {Age: {Type: String}, Pattern: {Type: String}}
Resources:
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties:
      EventSourceArn: !ImportValue stream
      FunctionName: f
      FilterCriteria:
        Filters:
          - Pattern: '{"dynamodb": {"NewImage": {"age": {"N": ["5"]}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"age": {"N": ["5", 5]}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"age": {"N": [{"exists": true}]}}}}'
          - Pattern: '{"dynamodb": {"NewImage": {"N": {"S": ["5"]}}}}'
          - Pattern: '{"dynamodb": {"ApproximateCreationDateTime": [{"numeric": [">", 5]}]}}'
          - Pattern: '{"dynamodb": {"NewImage": {"$or": [{"age": {"N": [5]}}, {"age": {"N": ["5"]}}]}}}'
          - Pattern: !Sub '{"dynamodb": {"NewImage": {"age": {"N": [${Age}]}}}}'
          - Pattern: !Ref Pattern
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000"
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        dynamodb = {
          Keys = {
            id = {
              N = ["7"]
            }
          }
        }
      })
    }
  }
}
"""

FIXED = """
-  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"age": {"N": [5, 2.5]}}}}'}]}}}
+  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"eventName": ["INSERT"], "dynamodb": {"NewImage": {"age": {"N": ["5", "2.5"]}}}}'}]}}}
"""
