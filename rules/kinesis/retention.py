"""A stream should keep its records longer than a reader may fail on them.

By default Kinesis keeps a record for 24 hours. If a reader may retry for longer, or without limit, records expire
unprocessed while it fails over a night or a weekend.

What to do: set RetentionPeriodHours (Terraform: retention_period) to more than the longest failure that must not lose
records, 168 for a week, or limit the retries of the reader and send what it drops to a destination.
"""

from awslint_memo import Findings, Resource, rule, streams


@rule(
    level="advice",
    resource="AWS::Kinesis::Stream",
    memo="リアルタイムで大量のデータを処理し、ストリーム処理アプリケーションを構築するためのサービスです。",
    aws="streams/latest/dev/kinesis-extended-retention.html",
    yields_to=("kinesis-consumer-failure",),
)
def check(stream: Resource) -> Findings:
    kept = streams.retention(stream)
    hours = kept.number
    if hours is None or hours > streams.DEFAULT_RETENTION:
        return
    late = [
        reader for reader in streams.pollers(stream) if reader.gives_up_never or (reader.age.number or 0) > hours * 3600
    ]
    if not late:
        return
    # One that gives up is named first: of the others, kinesis-consumer-failure always speaks.
    poller = min(late, key=lambda reader: reader.gives_up_never)
    lasts = "without limit" if poller.gives_up_never else f"up to an age of {(poller.age.number or 0) / 3600:g} h"
    yield stream.finding(
        kept,
        f"but {poller.who} retries {lasts}, so records may expire unprocessed",
        unit="h",
        do="set it to 168, for example",
        related=[(poller.resource if poller.gives_up_never else poller.age, "reads it")],
        about=[reader.resource for reader in late],
    )


BAD = """
Resources:
  Clicks: {Type: AWS::Kinesis::Stream, Properties: {RetentionPeriodHours: 24}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 172800, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Blocking: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f}}
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: g, MaximumRecordAgeInSeconds: 172800, DestinationConfig: {OnFailure: {Destination: !ImportValue failed}}}
---
resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 1
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn              = aws_kinesis_stream.clicks.arn
  function_name                 = "f"
  maximum_record_age_in_seconds = 259200

  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:111122223333:failed"
    }
  }
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
  Patient: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Day.Arn, FunctionName: f, MaximumRecordAgeInSeconds: 86400}}
  Brief: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Day.Arn, FunctionName: f, MaximumRetryAttempts: 5}}
  Unread: {Type: AWS::Kinesis::Stream}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  # kinesis-consumer-failure reports that it never gives up.
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f}}
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
