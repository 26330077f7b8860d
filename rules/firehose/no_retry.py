"""A delivery stream should try again when a delivery fails.

With RetryOptions.DurationInSeconds 0 Firehose gives up after the first attempt: an outage of seconds at the destination
sends records to the backup bucket, or skips them for Redshift, and somebody must deliver them by hand.

What to do: set DurationInSeconds (Terraform: retry_duration) to 300 or more. A comment that explains the 0 makes this
advice.
"""

from awslint_memo import Findings, Resource, deliveries, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="データストリームからのデータをシンプルかつスケーラブルに受け取り、処理・保存するサービスです。",
    aws="firehose/latest/APIReference/API_RedshiftRetryOptions.html",
    fix="unsafe",
    taste=True,
)
def check(stream: Resource) -> Findings:
    for destination in deliveries.destinations(stream):
        if destination.configuration in deliveries.WITHOUT_RETRY:
            continue
        seconds = destination.get("RetryOptions.DurationInSeconds")
        if seconds.number == 0:
            message = f"so a delivery to {destination.name} that fails once is not repeated"
            path = destination.path("RetryOptions.DurationInSeconds")
            # chosen: it outlasts an outage of some minutes
            fix = stream.set(path, 300, unsafe="delivers records later")  # chosen: outages of minutes pass
            yield stream.finding(seconds, message, unit="s", do="set it to 300", fix=fix)


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      RedshiftDestinationConfiguration:
        RetryOptions: {DurationInSeconds: 0}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "http_endpoint"

  http_endpoint_configuration {
    url            = "https://example.com"
    retry_duration = 0
  }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}}
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {RedshiftDestinationConfiguration: {RetryOptions: {DurationInSeconds: 3600}}}}
  Default: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {SplunkDestinationConfiguration: {HECEndpoint: "https://example.com"}}}
  Unknown: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {RedshiftDestinationConfiguration: {RetryOptions: {DurationInSeconds: !Ref Seconds}}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    buffering_size = 64
  }
}
"""

FIXED = """
-        RetryOptions: {DurationInSeconds: 0}
+        RetryOptions: {DurationInSeconds: 300}
---
-    retry_duration = 0
+    retry_duration = 300
"""
