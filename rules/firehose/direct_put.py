"""What is written straight to a delivery stream should go to one that takes it.

A delivery stream whose source is a Kinesis stream or a topic of MSK takes records from there alone: PutRecord is disabled. Events of a
rule, logs or messages that are sent to it never arrive.

What to do: name the Kinesis stream itself as the target, or a delivery stream without another source (DirectPut).
"""

from awslint_memo import Findings, Resource, deliveries, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::Events::Rule",
        "AWS::Logs::SubscriptionFilter",
        "AWS::Pipes::Pipe",
        "AWS::SNS::Subscription",
        "AWS::Scheduler::Schedule",
    ),
    memo="データの変換や加工も柔軟に設定可能です。",
    aws="firehose/latest/dev/writing-with-kinesis-streams.html",
)
def check(sender: Resource) -> Findings:
    for value, stream in deliveries.refused_puts(sender):
        yield sender.finding(
            value,
            f"sends to {stream.title}, which takes records from its own source alone, so nothing arrives",
            do="name that source, or another delivery stream",
            related=[(stream, "the delivery stream")],
        )


BAD = """
Resources:
  Audit: {Type: AWS::Kinesis::Stream}
  Delivery: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {DeliveryStreamType: KinesisStreamAsSource, KinesisStreamSourceConfiguration: {KinesisStreamARN: !GetAtt Audit.Arn, RoleARN: !ImportValue Role}, ExtendedS3DestinationConfiguration: {BucketARN: !ImportValue Bucket, RoleARN: !ImportValue Role}}}
  Keys: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.kms]}, Targets: [{Id: a, Arn: !GetAtt Delivery.Arn, RoleArn: !ImportValue Role}]}}
---
resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/audit"
    role_arn           = "arn:aws:iam::123456789012:role/audit"
  }

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::audit"
    role_arn   = "arn:aws:iam::123456789012:role/audit"
  }
}

resource "aws_cloudwatch_log_subscription_filter" "audit" {
  name            = "audit"
  log_group_name  = "audit"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.audit.arn
  role_arn        = "arn:aws:iam::123456789012:role/audit"
}
"""

GOOD = """
Parameters: {Stream: {Type: String}}
Resources:
  Direct: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {DeliveryStreamType: DirectPut, ExtendedS3DestinationConfiguration: {BucketARN: !ImportValue Bucket, RoleARN: !ImportValue Role}}}
  Keys: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.kms]}, Targets: [{Id: a, Arn: !GetAtt Direct.Arn, RoleArn: !ImportValue Role}, {Id: b, Arn: !Ref Stream, RoleArn: !ImportValue Role}]}}
---
resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "arn:aws:s3:::audit"
    role_arn   = "arn:aws:iam::123456789012:role/audit"
  }
}

resource "aws_cloudwatch_log_subscription_filter" "audit" {
  name            = "audit"
  log_group_name  = "audit"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.audit.arn
  role_arn        = "arn:aws:iam::123456789012:role/audit"
}
"""
