"""A mapping should have the settings that Lambda has for its source.

Where to start, retries, the age of records, bisecting, a destination for failures, parallelization and windows are for
streams, the concurrency of ScalingConfig is for SQS, and responses about parts of a batch are for both. Lambda refuses a mapping with a setting of another source. A mapping or
pipe of a stream without StartingPosition is refused, and one of a table's stream that begins at a time.

What to do: remove the setting; what a queue does with messages that fail, its RedrivePolicy says.
"""

from awslint_memo import Findings, Resource, mapping_settings, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="これにより、高いスループットと低いレイテンシでデータを受け取り、処理することができます。",
    aws="lambda/latest/api/API_CreateEventSourceMapping.html",
)
def check(mapping: Resource) -> Findings:
    for fault in mapping_settings.faults(mapping):
        is_told = fault.value.is_absent or fault.value.text is not None
        says, of = (fault.says, "") if is_told else (f"is set, {fault.says}", str(fault.value.route))
        yield mapping.finding(fault.value, f"{says}, so the mapping is refused", of=of, do=fault.do)


@check.on("AWS::Pipes::Pipe")
def pipe(pipe: Resource) -> Findings:
    for fault in mapping_settings.pipe_faults(pipe):
        yield pipe.finding(fault.value, f"{fault.says}, so the pipe is refused", do=fault.do)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, MaximumRetryAttempts: 3}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:123456789012:orders", FunctionName: f, DestinationConfig: {OnFailure: {Destination: !Ref Failed}}}}
  Failed: {Type: AWS::SNS::Topic}
---
Resources:
  Orders: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, StartingPosition: LATEST, ScalingConfig: {MaximumConcurrency: 5}}}
---
Resources:
  Orders: {Type: AWS::Kinesis::Stream}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
---
Resources:
  Orders: {Type: AWS::DynamoDB::Table, Properties: {StreamSpecification: {StreamViewType: KEYS_ONLY}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.StreamArn, FunctionName: f, StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 1700000000}}
---
Resources:
  Orders: {Type: AWS::Kinesis::Stream}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue Work, RoleArn: !ImportValue Role}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn                   = aws_sqs_queue.orders.arn
  function_name                      = "orders"
  bisect_batch_on_function_error     = true
  maximum_batching_window_in_seconds = 5
}

resource "aws_sqs_queue" "orders" {}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn       = aws_sqs_queue.orders.arn
  function_name          = "orders"
  parallelization_factor = 2
}

resource "aws_sqs_queue" "orders" {}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, StartingPosition: LATEST}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue broker, Queues: [orders], FunctionName: f, FunctionResponseTypes: [ReportBatchItemFailures]}}
"""

GOOD = """
Transform: [AddDestinations]
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
---
Parameters: {Source: {Type: String}, Attempts: {Type: Number}, Start: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Clicks: {Type: AWS::Kinesis::Stream}
  OfQueue: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, BisectBatchOnFunctionError: false, MaximumRetryAttempts: !Ref Attempts, TumblingWindowInSeconds: 0, ScalingConfig: {MaximumConcurrency: 5}}}
  OfStream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: AT_TIMESTAMP, StartingPositionTimestamp: 1700000000, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, MaximumRecordAgeInSeconds: 60, ParallelizationFactor: 2, TumblingWindowInSeconds: 60, DestinationConfig: {OnFailure: {Destination: !ImportValue Failed}}}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Clicks.Arn, Target: !ImportValue Work, RoleArn: !ImportValue Role, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST}}}}
  PipeOfQueue: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !ImportValue Work, RoleArn: !ImportValue Role}}
  Forever: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Clicks.Arn, FunctionName: f, StartingPosition: !Ref Start, MaximumRecordAgeInSeconds: -1}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !Ref Source, FunctionName: f, MaximumRetryAttempts: 3}}
  OfTopics: {Type: AWS::Lambda::EventSourceMapping, Properties: {Topics: [clicks], FunctionName: f, MaximumRetryAttempts: 3, FunctionResponseTypes: [ReportBatchItemFailures]}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn       = aws_kinesis_stream.orders.arn
  function_name          = "orders"
  starting_position      = "LATEST"
  parallelization_factor = 2
}

resource "aws_kinesis_stream" "orders" {}
"""
