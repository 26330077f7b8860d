"""A FIFO queue should be named only where the sender supports it, and with a message group.

S3 notifications, Auto Scaling lifecycle hooks, IoT rules, Lambda's dead-letter queues and asynchronous destinations,
and the dead-letter queues of EventBridge rules and schedules take standard queues only. EventBridge sends to a FIFO
queue as a target, with a message group and a queue that deduplicates by content.

What to do: use a standard queue there, or send the event through EventBridge (S3 to EventBridge to FIFO works), with
SqsParameters.MessageGroupId (Terraform: sqs_target or sqs_parameters) and the queue's ContentBasedDeduplication.
"""

from awslint_memo import Findings, Resource, Value, each, queues, rule, senders

GROUP = "SqsParameters.MessageGroupId"
BY_CONTENT = "ContentBasedDeduplication"


@rule(
    level="error",
    widened={"0.2": "EventBridge event sources"},
    resource=(
        "AWS::S3::Bucket",
        "AWS::AutoScaling::LifecycleHook",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::IoT::TopicRule",
        "AWS::Lambda::Function",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Events::Rule",
        "AWS::EventsV2::EventSource",
        "AWS::Scheduler::Schedule",
    ),
    memo="アプリケーションの要件に応じて、最適なキューの種類を選びましょう。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html",
    fix="unsafe",
)
def check(sender: Resource) -> Findings:
    for path, what in senders.STANDARD_ONLY[sender.type].value.items():
        for queue in each(sender, path):
            if queues.names_fifo_queue(sender.deployment, queue):
                since = "0.2" if sender.type == "AWS::EventsV2::EventSource" else ""
                yield sender.finding(
                    queue,
                    f"names a FIFO queue, which AWS does not support for {what}",
                    do="name a standard queue",
                    since=since,
                )


@check.on("AWS::Events::Rule")
def event_rule(event_rule: Resource) -> Findings:
    for target in each(event_rule, "Targets"):
        yield from sends(event_rule, target, "Targets")


@check.on("AWS::Scheduler::Schedule")
def schedule(schedule: Resource) -> Findings:
    for target in each(schedule, "Target"):
        yield from sends(schedule, target, "Target")


def sends(sender: Resource, target: Value, path: str) -> Findings:
    """The findings about a target, at `path` of its sender, that is a FIFO queue."""
    arn = target.get("Arn")
    if not queues.names_fifo_queue(sender.deployment, arn):
        return
    if target.get(GROUP).is_absent:
        message = "sends to a FIFO queue without a message group id, so SQS rejects the messages"
        group = sender.property_names.get(f"{path}.{GROUP}", GROUP)
        yield sender.finding(arn, message, do=f"set {group} of the target")
    queue = sender.deployment.find(arn, "AWS::SQS::Queue")
    if queue is not None and queue.get(BY_CONTENT, default=False).flag is False:
        by_content = queue.property_names.get(BY_CONTENT, BY_CONTENT)
        message = f"sends no deduplication id, and {by_content} of {queue.title} is false, so SQS rejects the messages"
        fix = queue.set(BY_CONTENT, True, unsafe="drops equal messages that follow within five minutes")
        yield sender.finding(arn, message, do=f"set {by_content} to true", related=[(queue, "the queue")], fix=fix)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: !GetAtt Orders.Arn}]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
---
Resources:
  Failed: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Source: {Type: AWS::EventsV2::EventSource, Properties: {Configuration: {PartnerEventsConfiguration: {OnFailureConfiguration: {Arn: !GetAtt Failed.Arn}}}}}
---
resource "aws_sqs_queue" "orders" {
  fifo_queue = true
}

resource "aws_s3_bucket" "b" {}

resource "aws_s3_bucket_notification" "b" {
  bucket = aws_s3_bucket.b.id

  queue {
    queue_arn = aws_sqs_queue.orders.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
---
resource "aws_sqs_queue" "orders" {
  name       = "orders.fifo"
  fifo_queue = true
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sqs_queue.orders.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"

    sqs_parameters {
      message_group_id = "nightly"
    }
  }
}
"""

GOOD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Failed: {Type: AWS::SQS::Queue}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: !ImportValue Other}]}}}
  Subscriber: {Type: AWS::EventsV2::Subscriber, Properties: {OnFailureConfiguration: {Arn: !GetAtt Orders.Arn}}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Orders.Arn, SqsParameters: {MessageGroupId: a}, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}]}}
---
resource "aws_sqs_queue" "orders" {
  fifo_queue                  = true
  content_based_deduplication = true
}

resource "aws_cloudwatch_event_rule" "r" {}

resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = aws_sqs_queue.orders.arn

  sqs_target {
    message_group_id = "a"
  }
}
"""

FIXED = """
-  name       = "orders.fifo"
-  fifo_queue = true
+  name                        = "orders.fifo"
+  fifo_queue                  = true
+  content_based_deduplication = true
"""
