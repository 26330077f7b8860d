"""A function that transforms records for Firehose should end within five minutes.

Firehose waits at most five minutes for one invocation. An invocation that runs longer counts as failed and is repeated,
and in the end its records are delivered as failed ones.

What to do: set the function's Timeout to at most 300 s, and use smaller batches (BufferSizeInMBs of the processor) if
it needs longer.
"""

from awslint_memo import Findings, Resource, deliveries, rule

LONGEST = deliveries.LONGEST_TRANSFORMATION
"""Seconds that Firehose waits for a transformation."""


@rule(
    level="warning",
    resource="AWS::KinesisFirehose::DeliveryStream",
    memo="データの変換や加工も柔軟に設定可能です。",
    aws="firehose/latest/dev/data-transformation.html",
)
def check(stream: Resource) -> Findings:
    for destination in deliveries.destinations(stream):
        for transform in destination.transform_functions():
            function, named = transform.function, transform.named
            timeout = function.get("Timeout")
            seconds = timeout.number
            if seconds is not None and seconds > LONGEST:
                yield stream.finding(
                    named,
                    f"waits at most {LONGEST} s for {function.title}, but the function's timeout is "
                    f"{seconds:g} s{timeout.note}",
                    do=f"set it to at most {LONGEST} and use smaller batches",
                    related=[(timeout, f"{function.title} may run for {seconds:g} s")],
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
