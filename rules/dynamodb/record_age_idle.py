"""A limit on the age of records should be below what a table's stream keeps.

The stream of a DynamoDB table keeps a record for 24 hours. A MaximumRecordAgeInSeconds above that never applies: the records
are gone before.

What to do: set MaximumRecordAgeInSeconds (Terraform: maximum_record_age_in_seconds) below 86400, or remove it.
"""

from awslint_memo import Findings, Resource, rule, streams


@rule(
    level="advice",
    since="0.2",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe"),
    memo="これにより、高いスループットと低いレイテンシでデータを受け取り、処理することができます。",
    aws="lambda/latest/dg/services-ddb-params.html",
)
def check(reader: Resource) -> Findings:
    poller = streams.poller(reader)
    hours = streams.hours_kept(poller) if poller is not None and poller.stream is None else None
    if poller is not None and hours is not None and poller.age.above(hours * 3600):
        message = f"but the table's stream keeps records for {hours} h only, so it never applies"
        yield reader.finding(poller.age, message, unit="s", do="set it below 86400, or remove it")


BAD = """
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, MaximumRecordAgeInSeconds: 86401}
---
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  stream_enabled = true
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn              = aws_dynamodb_table.orders.stream_arn
  function_name                 = "orders"
  maximum_record_age_in_seconds = 604800
}
"""

GOOD = """
Parameters: {Age: {Type: Number}}
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: NEW_IMAGE}}}
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {RetentionPeriodHours: 168}}
  Day: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, MaximumRecordAgeInSeconds: 86400}}
  Default: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, MaximumRecordAgeInSeconds: !Ref Age}}
  Visits: {Type: AWS::Kinesis::Stream}
  OfVisits: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Visits.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 604800}}
  OfClicks: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 604800}}
  OfOtherClicks: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks", FunctionName: f, MaximumRecordAgeInSeconds: 604800}}
  OfQueue: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:clicks", FunctionName: f, MaximumRecordAgeInSeconds: 604800}}
---
resource "aws_lambda_event_source_mapping" "elsewhere" {
  event_source_arn              = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
  function_name                 = "orders"
  maximum_record_age_in_seconds = 3600
}
"""
