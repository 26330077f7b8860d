"""Buffers of Firehose should have a size and a time, and those of functions a size that Lambda takes.

Firehose refuses BufferingHints of S3 and of an HTTP endpoint with SizeInMBs and without IntervalInSeconds, or the other way
round, and a BufferSizeInMBs of a Lambda processor outside of 0.2 to 3: what Lambda takes at a time is limited to 6 MB.

What to do: write both hints or none, and a BufferSizeInMBs from 0.2 to 3. Terraform sends defaults of its own for hints.
"""

from awslint_memo import Findings, Resource, deliveries, rule

PAIR = ("SizeInMBs", "IntervalInSeconds")
LEAST, MOST = deliveries.PROCESSED_MEGABYTES


@rule(
    level="error",
    since="0.2",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="1)ストリームではなくバッチで書き込む点",
    aws="firehose/latest/APIReference/API_BufferingHints.html",
    fix="safe",
)
def check(stream: Resource) -> Findings:
    for destination in deliveries.destinations(stream):
        for path in deliveries.hints(destination):
            hints = stream.get(path)
            missing = [name for name in PAIR if hints.get(name).is_absent]
            if len(missing) == 1:
                fix = stream.set(f"{path}.{missing[0]}", deliveries.BUFFER_TIME) if missing == [PAIR[1]] else None
                message = f"has no {missing[0]}, so Firehose refuses the delivery stream"
                yield stream.finding(hints, message, of=path, do="set both or none", fix=fix)
        for processor in destination.transforms():
            for parameter in processor.get("Parameters").items:
                size = parameter.get("ParameterValue")
                if parameter.get("ParameterName").text == "BufferSizeInMBs" and (size.below(LEAST) or size.above(MOST)):
                    message = f"but Firehose takes {LEAST:g} to {MOST:g} MB for a function, so it refuses it"
                    yield stream.finding(size, message, of="BufferSizeInMBs", do=f"set it to {MOST:g} or less")


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        BufferingHints:
          SizeInMBs: 64
---
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {HttpEndpointDestinationConfiguration: {S3Configuration: {BufferingHints: {IntervalInSeconds: 60}}}}}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "arn:aws:lambda:eu-west-1:123456789012:function:clean"
        }

        parameters {
          parameter_name  = "BufferSizeInMBs"
          parameter_value = "5"
        }
      }
    }
  }
}
---
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        ProcessingConfiguration:
          Enabled: true
          Processors: [{Type: Lambda, Parameters: [{ParameterName: BufferSizeInMBs, ParameterValue: "0.1"}]}]
"""

GOOD = """
Parameters: {Size: {Type: String}, Hints: {Type: String}}
Resources:
  Both: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: !Ref Size, IntervalInSeconds: 60}}}}
  Neither: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {}}}}
  Splunk: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {SplunkDestinationConfiguration: {BufferingHints: {SizeInMBs: 1}}}}
  Unknown: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: !Ref Hints}}}
  Cleaned:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        ProcessingConfiguration:
          Enabled: true
          Processors:
            - {Type: Lambda, Parameters: [{ParameterName: BufferSizeInMBs, ParameterValue: "0.2"}, {ParameterName: NumberOfRetries, ParameterValue: "5"}]}
            - {Type: Lambda, Parameters: [{ParameterName: BufferSizeInMBs, ParameterValue: "3.0"}]}
            - {Type: Lambda, Parameters: [{ParameterName: BufferSizeInMBs, ParameterValue: !Ref Size}]}
---
resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    buffering_size = 64
  }
}
"""

FIXED = """
           SizeInMBs: 64
+          IntervalInSeconds: 300
"""
