"""Numbers of functions, mappings and pipes should be within what AWS accepts.

A function has 10,240 MB of memory and of storage at most, and on instances of a capacity provider up to 32,768 MB. Lambda
runs at most 10 batches of a shard at a time (ParallelizationFactor), and limits the concurrency of a queue's mapping to
between 2 and 1,000. A function, a mapping, a configuration of asynchronous invocations or a pipe with a number outside of
its range is refused when it is deployed, perhaps in the one environment that has this number.

What to do: set the number to one within the range that the message names.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Function",
        "AWS::Pipes::Pipe",
    ),
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/api/API_CreateEventSourceMapping.html",
    yields_to=("lambda-mapping-exclusive", "lambda-mapping-refused", "sqs-batch-size"),
)
def check(resource: Resource) -> Findings:
    return number_limits.refused(resource)


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 1001}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, MaximumRecordAgeInSeconds: 30}}
---
Resources:
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue stream, Target: !ImportValue target, SourceParameters: {KinesisStreamParameters: {StartingPosition: LATEST, ParallelizationFactor: 11}}}}
---
Resources:
  Retries: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: f, Qualifier: $LATEST, MaximumRetryAttempts: 3}}
---
Transform: AWS::Serverless-2016-10-31
Mappings: {Sizes: {dev: {Shards: 2}, prod: {Shards: 12}}}
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: Kinesis, Properties: {Stream: !ImportValue stream, StartingPosition: LATEST, ParallelizationFactor: !FindInMap [Sizes, !Ref Stage, Shards]}}}}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
  function_name    = "orders"

  scaling_config {
    maximum_concurrency = 1
  }
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: a.b, CodeUri: ., MemorySize: 64}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: a.b, CodeUri: ., EphemeralStorage: {Size: 16384}}}
---
resource "aws_lambda_function" "work" {
  function_name = "work"
  memory_size   = 16384
}
"""

GOOD = """
Resources:
  Refused: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, MaximumRetryAttempts: 20000}}
  Few: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, ProvisionedPollerConfig: {MinimumPollers: 0}}}
---
Parameters: {Factor: {Type: Number}}
Resources:
  Queue: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 2}, ProvisionedPollerConfig: {MaximumPollers: 10000}}}
  Stream: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, ParallelizationFactor: 10, MaximumRecordAgeInSeconds: -1, MaximumRetryAttempts: -1, TumblingWindowInSeconds: 900}}
  Aged: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, MaximumRecordAgeInSeconds: 60}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue stream, FunctionName: f, ParallelizationFactor: !Ref Factor}}
  Retries: {Type: AWS::Lambda::EventInvokeConfig, Properties: {FunctionName: f, Qualifier: $LATEST, MaximumRetryAttempts: 0}}
  Least: {Type: AWS::Lambda::Function, Properties: {MemorySize: 128, Timeout: 900, EphemeralStorage: {Size: 512}}}
---
resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = "arn:aws:sqs:eu-west-1:111122223333:orders"
  function_name    = "orders"

  scaling_config {
    maximum_concurrency = 1000
  }
}
---
Parameters: {Provider: {Type: String}}
Resources:
  Most: {Type: AWS::Lambda::Function, Properties: {MemorySize: 10240, EphemeralStorage: {Size: 10240}}}
  Managed: {Type: AWS::Lambda::Function, Properties: {MemorySize: 32768, Timeout: 5400, CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {CapacityProviderArn: !Ref Provider}}}}
---
resource "aws_lambda_function" "managed" {
  function_name = "managed"
  memory_size   = 32768

  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = "arn:aws:lambda:eu-west-1:111122223333:capacity-provider:large"
    }
  }
}
"""
