"""A mapping should limit its pollers in one way that Lambda supports.

MaximumConcurrency of a mapping of SQS and provisioned pollers exclude each other, and Lambda refuses a mapping with both.
It also refuses more pollers at least than at most, and fewer than 2 for SQS; Kafka may have 1.

What to do: keep one of ScalingConfig and ProvisionedPollerConfig, and set MinimumPollers to 2 (SQS) up to MaximumPollers.
"""

from awslint_memo import Findings, Resource, concurrency, filters, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::EventSourceMapping",
    memo="バッチ処理を利用すると、スループットを向上させることができます。",
    aws="lambda/latest/api/API_ProvisionedPollerConfig.html",
)
def check(mapping: Resource) -> Findings:
    pollers = "ProvisionedPollerConfig"
    least, most = mapping.get(f"{pollers}.MinimumPollers"), mapping.get(f"{pollers}.MaximumPollers")
    most_at_once = mapping.get("ScalingConfig.MaximumConcurrency")
    is_provisioned = least.number is not None or most.number is not None
    if most_at_once.number is not None and is_provisioned:
        yield mapping.finding(
            most_at_once,
            "but Lambda refuses it beside ProvisionedPollerConfig",
            do="keep one of the two",
            related=[(least if most.number is None else most, "the provisioned pollers")],
        )
    if least.number is not None and most.below(least.number):
        yield mapping.finding(
            least, f"but MaximumPollers is {most.number}, so Lambda refuses it", do=f"set it to at most {most.number}"
        )
    # Lambda allows 1 for Kafka.
    for few in (least, most) if filters.source(mapping) == "sqs" else ():
        if few.below(concurrency.LEAST_POLLERS):
            so = f"but Lambda wants at least {concurrency.LEAST_POLLERS} for SQS, and refuses it"
            yield mapping.finding(few, so, do=f"set it to at least {concurrency.LEAST_POLLERS}")


BAD = """
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 5}, ProvisionedPollerConfig: {MaximumPollers: 5}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 5}, ProvisionedPollerConfig: {MinimumPollers: 5}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue topics, FunctionName: f, ProvisionedPollerConfig: {MinimumPollers: 6, MaximumPollers: 5}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, ProvisionedPollerConfig: {MinimumPollers: 1, MaximumPollers: 5}}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, ProvisionedPollerConfig: {MaximumPollers: 1}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  scaling_config {
    maximum_concurrency = 10
  }

  provisioned_poller_config {
    minimum_pollers = 2
    maximum_pollers = 20
  }
}
"""

GOOD = """
Parameters: {Most: {Type: Number}}
Resources:
  Scaled: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 5}}}
  Polled: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:sqs:eu-west-1:111122223333:orders", FunctionName: f, ProvisionedPollerConfig: {MinimumPollers: 2, MaximumPollers: 2}}}
  Kafka: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: "arn:aws:kafka:eu-west-1:111122223333:cluster/orders/1", Topics: [orders], FunctionName: f, ProvisionedPollerConfig: {MinimumPollers: 1, MaximumPollers: 1}}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: 5}, ProvisionedPollerConfig: {MaximumPollers: !Ref Most}}}
  None: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: f, ScalingConfig: {MaximumConcurrency: !Ref AWS::NoValue}, ProvisionedPollerConfig: {MinimumPollers: 2}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  scaling_config {
    maximum_concurrency = 10
  }
}
"""
