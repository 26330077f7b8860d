"""A delivery stream should log errors of its deliveries.

Firehose reports the cause of a failed delivery (a bucket that it may not write to, a function that failed, a table that
does not match) in CloudWatch Logs only, and only if logging is on. In CloudFormation and Terraform it is off by default.

Firehose creates neither the log group nor the log stream: of a stream that is not there, nothing is logged.

What to do: set CloudWatchLoggingOptions.Enabled (Terraform: cloudwatch_logging_options) to true, with a log group and
a log stream that exist, in the Region of the delivery stream.
"""

from awslint_memo import Findings, Resource, deliveries, regions, rule


@rule(
    level="warning",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="開発者はデータの取り込みや保存に集中できます。",
    aws="firehose/latest/dev/monitoring-with-cloudwatch-logs.html",
    widened={"0.2": "log streams that the group does not have"},
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
        for name, group in deliveries.missing_log_streams(destination):
            message = f"which {group.title} does not have, and Firehose does not create it, so it logs no errors there"
            related, do = [(group, "the log group")], "add a log stream of this name"
            if stream.language == "terraform" and regions.is_apart(stream, group) is not False:
                do = f"add a log group with a log stream of this name in the Region of {stream.title}"
            yield stream.finding(name, message, do=do, related=related, since="0.2")


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
---
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Search: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Logs, LogStreamName: search}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: searches}}}
---
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: clicks}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      HttpEndpointDestinationConfiguration:
        EndpointConfiguration: {Url: https://collector.example.com}
        CloudWatchLoggingOptions: {Enabled: true, LogGroupName: elsewhere, LogStreamName: http}
        S3Configuration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: clicks, LogStreamName: backup}}
---
resource "aws_cloudwatch_log_group" "clicks" {
  name = "clicks"
}

resource "aws_cloudwatch_log_stream" "http" {
  name           = "http"
  log_group_name = aws_cloudwatch_log_group.clicks.name
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn = "b"
    role_arn   = "r"

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.clicks.name
      log_stream_name = "s3"
    }
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
Parameters: {Name: {Type: String}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: clicks}}
  S3: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: clicks, LogStreamName: s3}}
  Splunk: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Logs}}
  ByName:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: s3}}}
  ByReference:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: !Ref Splunk}}}
  ByParameter:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: !Ref Name}}}
---
Parameters: {Name: {Type: String}}
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Any: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Logs, LogStreamName: !Ref Name}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: s3}}}
---
# Whoever has the group may have added the stream.
Resources:
  Logs: {Type: AWS::Logs::LogGroup}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BucketARN: b, RoleARN: r, CloudWatchLoggingOptions: {Enabled: true, LogGroupName: !Ref Logs, LogStreamName: s3}}}
Outputs:
  Logs: {Value: !Ref Logs}
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
