"""A stream should keep its records longer than a reader may fail on them.

By default Kinesis keeps a record for 24 hours. If a reader is set to retry records that are older, they expire
unprocessed before it gives up. A reader that retries without limit is reported by kinesis-consumer-failure.

What to do: set RetentionPeriodHours (Terraform: retention_period) to more than the longest failure that must not lose
records, 168 for a week, or lower MaximumRecordAgeInSeconds of the reader and send what it drops to a destination.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, streams


@rule(
    "kinesis-retention",
    level="advice",
    resource="AWS::Kinesis::Stream",
    memo="リアルタイムで大量のデータを処理し、ストリーム処理アプリケーションを構築するためのサービスです。",
    aws="streams/latest/dev/kinesis-extended-retention.html",
)
def check(stream: Resource) -> Iterator[Finding]:
    kept = streams.retention(stream)
    hours = kept.number
    if hours is None or hours > streams.DEFAULT_RETENTION:
        return
    for poller in streams.pollers(stream):
        age = poller.age.number
        if age is not None and age > hours * 3600:
            yield stream.finding(
                kept,
                f"is {hours:g} h{kept.note}, but {poller.who} retries up to an age of {age / 3600:g} h, so records may "
                "expire unprocessed; set it to 168, for example",
                of="RetentionPeriodHours",
                related=[(poller.resource, "reads it")],
            )
            return


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {RetentionPeriodHours: 24}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 604800}}
  Again: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: g, MaximumRecordAgeInSeconds: 604800}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 172800}}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn              = aws_kinesis_stream.clicks.arn
  function_name                 = "f"
  maximum_record_age_in_seconds = 172800
}
"""

GOOD = """
Parameters: {Hours: {Type: Number}}
Resources:
  Week: {Type: AWS::Kinesis::Stream, Properties: {RetentionPeriodHours: 168}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Week.Arn, FunctionName: f}}
  Unknown: {Type: AWS::Kinesis::Stream, Properties: {RetentionPeriodHours: !Ref Hours}}
  Other: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Unknown.Arn, FunctionName: f}}
  Day: {Type: AWS::Kinesis::Stream}
  Endless: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Day.Arn, FunctionName: f}}
  Patient: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Day.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 86400}}
  Brief: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Day.Arn, FunctionName: f, MaximumRetryAttempts: 5}}
  Unread: {Type: AWS::Kinesis::Stream}
---
resource "aws_kinesis_stream" "clicks" {
  name             = "clicks"
  shard_count      = 1
  retention_period = 48
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn = aws_kinesis_stream.clicks.arn
  function_name    = "f"
}
"""
