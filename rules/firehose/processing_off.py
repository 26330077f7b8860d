"""Processors of a delivery stream should be switched on.

A delivery stream runs its processors (a function, dynamic partitioning) only where ProcessingConfiguration has Enabled
true. With false it delivers records as they came, although processors are listed.

What to do: set Enabled to true, or remove the ProcessingConfiguration.
"""

from awslint_memo import Findings, Resource, deliveries, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="データの変換や加工も柔軟に設定可能です。",
    aws="firehose/latest/APIReference/API_ProcessingConfiguration.html",
)
def check(stream: Resource) -> Findings:
    for destination in deliveries.destinations(stream):
        path = destination.path("ProcessingConfiguration")
        enabled, processors = stream.get(f"{path}.Enabled"), stream.get(f"{path}.Processors")
        if enabled.flag is False and enabled.is_literal and any(one.is_known for one in processors.items):
            yield stream.finding(
                enabled,
                "but processors are listed, and none of them runs",
                do="set it to true, or remove the processors",
                related=[(processors, "the processors")],
            )


BAD = """
Resources:
  Trim: {Type: AWS::Lambda::Function}
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: false, Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Trim.Arn}]}]}}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url = "https://example.com/"

    processing_configuration {
      enabled = false

      processors {
        type = "Lambda"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Trims: {Type: String, Default: "false"}, Cuts: {Type: String}}
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: true, Processors: [{Type: AppendDelimiterToRecord}]}}}}
  Plain: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: false}}}}
  Empty: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: false, Processors: []}}}}
  Unknown: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: !Ref Cuts, Processors: [{Type: AppendDelimiterToRecord}]}}}}
  Switched: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {ProcessingConfiguration: {Enabled: !Ref Trims, Processors: [{Type: AppendDelimiterToRecord}]}}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  name        = "clicks"
  destination = "extended_s3"

  extended_s3_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"
      }
    }
  }
}
"""
