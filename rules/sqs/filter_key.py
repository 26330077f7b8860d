"""A filter on messages of a queue should ask for the body.

Event source mappings of SQS support filters on the key `body` only. A filter on another key, such as messageAttributes,
matches no message, and Lambda deletes messages that match no filter from the queue.

What to do: write what the filter needs into the body and filter on it: {"body": {"kind": ["order"]}}. Where SNS delivers
to the queue, a FilterPolicy of the subscription can ask for attributes.
"""

from awslint_memo import Findings, Resource, filters, queues, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="メッセージ属性やメッセージフィルタリングを活用すると、受信者が必要なメッセージだけを受け取ることができます。",
    aws="lambda/latest/dg/with-sqs-filtering.html",
)
def check(mapping: Resource) -> Findings:
    if not queues.reads_queue(mapping):
        return
    for pattern in filters.filters(mapping):
        # A key that begins with "$" combines patterns.
        others = [key for key in pattern.fields if key != queues.FILTERED and not key.startswith("$")]
        if others:
            yield mapping.finding(
                pattern.written,
                f"filters on {', '.join(others)}, but mappings of SQS support filters on body only, so "
                "the filter matches nothing and Lambda deletes the messages",
                do="filter on body",
            )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"messageAttributes": {"kind": {"stringValue": ["order"]}}}'}]}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders", FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"kind": ["order"]}'}]}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        messageAttributes = {
          kind = {
            stringValue = ["order"]
          }
        }
      })
    }
  }
}
"""

GOOD = """
Parameters: {Source: {Type: String}, Pattern: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: !Ref Pattern}]}}}
  OfStream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
  OfSomething: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"data": {"kind": ["order"]}}'}]}}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue Target, SourceParameters: {FilterCriteria: {Filters: [{Pattern: '{"messageAttributes": {"kind": {"stringValue": ["order"]}}}'}]}}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          kind = ["order"]
        }
      })
    }
  }
}
"""
