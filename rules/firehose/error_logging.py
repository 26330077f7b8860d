"""A delivery stream should log errors of its deliveries.

Firehose reports the cause of a failed delivery (a bucket that it may not write to, a function that failed, a table that
does not match) in CloudWatch Logs only, and only if logging is on. In CloudFormation and Terraform it is off by default.

What to do: set CloudWatchLoggingOptions.Enabled (Terraform: cloudwatch_logging_options) to true, with a log group and
a log stream that exist.
"""

from awslint_memo import Findings, Resource, deliveries, rule


@rule(
    level="warning",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="開発者はデータの取り込みや保存に集中できます。",
    aws="firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
)
def check(stream: Resource) -> Findings:
    for destination in deliveries.destinations(stream):
        enabled = destination.get("CloudWatchLoggingOptions.Enabled", default=False)
        if enabled.flag is False:
            yield stream.finding(
                enabled,
                f"is false{enabled.note}, so failed deliveries to {destination.name} are not logged",
                of=destination.path("CloudWatchLoggingOptions.Enabled"),
                do="set it to true and name a log group and a log stream",
            )


BAD = """
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {S3DestinationConfiguration: {BucketARN: b, RoleARN: r}}}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: "false", LogGroupName: clicks}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "b"
    role_arn   = "r"
  }
}
"""

GOOD = """
Parameters: {Logs: {Type: String}}
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: clicks, LogStreamName: s3}}}
  Unknown:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: !Ref Logs}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "b"
    role_arn   = "r"

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = "clicks"
      log_stream_name = "s3"
    }
  }
}
"""
