"""A function that transforms records for Firehose should end within five minutes.

Firehose waits no longer than five minutes for one call. What the function does after that is for nothing: the call
counts as failed, is made again, and the records go where the failed ones go.

What to do: give the function a Timeout of 300 s at most, and smaller batches (BufferSizeInMBs of the processor) where
it needs longer.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, deliveries, rule

LONGEST = deliveries.LONGEST_TRANSFORMATION
"""Seconds that Firehose waits for a transformation."""


@rule(
    "firehose-transform-timeout",
    level="warning",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="データの変換や加工も柔軟に設定可能です。",
    aws="firehose/latest/dev/data-transformation.html",
)
def check(stream: Resource) -> Iterator[Finding]:
    for destination in deliveries.destinations(stream):
        for transform in destination.transform_functions():
            function, named = transform.function, transform.named
            seconds = function.get("Timeout").number
            if seconds is not None and seconds > LONGEST:
                yield stream.finding(
                    named,
                    f"waits {LONGEST} s for {function.name}, which may run for {seconds:g} s; give it {LONGEST} s at "
                    "most and smaller batches",
                    related=[(function.get("Timeout"), f"{function.name} may run for {seconds:g} s")],
                )


BAD = """
Resources:
  Trim: {Type: AWS::Lambda::Function, Properties: {Timeout: 301}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        ProcessingConfiguration: {Enabled: true, Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Trim.Arn}]}]}
---
resource "aws_lambda_function" "trim" {
  function_name = "trim"
  timeout       = 900
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "${aws_lambda_function.trim.arn}:$LATEST"
        }
      }
    }
  }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}, Elsewhere: {Type: String}}
Resources:
  Trim: {Type: AWS::Lambda::Function, Properties: {Timeout: 300}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref Seconds}}
  Slow: {Type: AWS::Lambda::Function, Properties: {Timeout: 900}}
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        ProcessingConfiguration:
          Enabled: true
          Processors:
            - {Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Trim.Arn}, {ParameterName: NumberOfRetries, ParameterValue: "3"}]}
            - {Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Unknown.Arn}]}
            - {Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !Ref Elsewhere}]}
  SwitchedOff:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties:
      ExtendedS3DestinationConfiguration:
        ProcessingConfiguration: {Enabled: false, Processors: [{Type: Lambda, Parameters: [{ParameterName: LambdaArn, ParameterValue: !GetAtt Slow.Arn}]}]}
---
resource "aws_lambda_function" "trim" {
  function_name = "trim"
}

resource "aws_kinesis_firehose_delivery_stream" "clicks" {
  destination = "extended_s3"

  extended_s3_configuration {
    processing_configuration {
      enabled = true

      processors {
        type = "Lambda"

        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "${aws_lambda_function.trim.arn}:$LATEST"
        }
      }
    }
  }
}
"""
