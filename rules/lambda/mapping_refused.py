"""A mapping should have the settings that Lambda takes for its source.

Retries, ages, splitting and the position are those of streams, and windows and parallel batches those of Kinesis and
DynamoDB alone: Lambda refuses a mapping of SQS that has one. It refuses a maximum of concurrency for any other source.

What to do: remove the setting. What SQS retries, RedrivePolicy of the queue says.
"""

from awslint_memo import Findings, Resource, filters, rule

OF_STREAMS = (
    *("BisectBatchOnFunctionError", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts", "ParallelizationFactor"),
    *("StartingPosition", "TumblingWindowInSeconds"),
)
LIMIT = "ScalingConfig.MaximumConcurrency"


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/api/API_CreateEventSourceMapping.html",
)
def check(mapping: Resource) -> Findings:
    source = filters.source(mapping)
    if source == "sqs":
        for name in OF_STREAMS:
            value = mapping.get(name)
            # Providers leave out what is off.
            if value.is_known and value.flag is not False and value.number not in (0, -1):
                yield mapping.finding(value, "but Lambda refuses it for a queue of SQS", do="remove it")
    elif source is not None and mapping.get(LIMIT).number is not None:
        message = f"but Lambda takes it for SQS alone, and the source is {NAMES[source]}"
        yield mapping.finding(mapping.get(LIMIT), message, do="remove it")


NAMES = {"dynamodb": "a table's stream", "kafka": "Kafka", "kinesis": "a data stream", "mq": "Amazon MQ"}


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, MaximumRetryAttempts: 2}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BisectBatchOnFunctionError: true}}
---
Resources:
  Clicks: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: TRIM_HORIZON, ScalingConfig: {MaximumConcurrency: 5}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn       = aws_sqs_queue.orders.arn
  function_name          = "orders"
  parallelization_factor = 4
}
"""

GOOD = """
Parameters: {Source: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Clicks: {Type: AWS::Kinesis::Stream}
  OfQueue: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, ScalingConfig: {MaximumConcurrency: 5}, BisectBatchOnFunctionError: false}}
  OfStream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: LATEST, ParallelizationFactor: 4, MaximumRetryAttempts: 3}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, StartingPosition: LATEST, MaximumRetryAttempts: 3}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn               = aws_sqs_queue.orders.arn
  function_name                  = "orders"
  bisect_batch_on_function_error = false
  tumbling_window_in_seconds     = 0
}
"""
