"""Some services can't send to a FIFO queue, and some only with a message group.

S3 notifications, Auto Scaling lifecycle hooks, IoT rules, Lambda's dead-letter queues and asynchronous destinations,
and the dead-letter queues of EventBridge rules and schedules take standard queues only. EventBridge sends to a FIFO
queue as a target, with a message group and a queue that deduplicates by content.

What to do: use a standard queue there, or let EventBridge carry the event (S3 to EventBridge to FIFO works), with
SqsParameters.MessageGroupId (Terraform: sqs_target or sqs_parameters) and the queue's ContentBasedDeduplication.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, Value, each, queues, rule


@rule(
    "sqs-fifo-unsupported-sender",
    level="error",
    resource=(
        "AWS::S3::Bucket",
        "AWS::AutoScaling::LifecycleHook",
        "AWS::AutoScaling::AutoScalingGroup",
        "AWS::IoT::TopicRule",
        "AWS::Lambda::Function",
        "AWS::Lambda::EventInvokeConfig",
        "AWS::Events::Rule",
        "AWS::Scheduler::Schedule",
    ),
    memo="アプリケーションの要件に応じて、最適なキューの種類を選びましょう。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html",
)
def check(sender: Resource) -> Iterator[Finding]:
    for path, what in queues.STANDARD_ONLY[sender.type].items():
        for queue in each(sender, path):
            if queues.names_fifo_queue(sender.deployment, queue):
                yield sender.finding(queue, f"names a FIFO queue, which {what} does not support; name a standard queue")


@check.on("AWS::Events::Rule")
def event_rule(event_rule: Resource) -> Iterator[Finding]:
    for target in each(event_rule, "Targets"):
        yield from sends(event_rule, target)


@check.on("AWS::Scheduler::Schedule")
def schedule(schedule: Resource) -> Iterator[Finding]:
    for target in each(schedule, "Target"):
        yield from sends(schedule, target)


def sends(sender: Resource, target: Value) -> Iterator[Finding]:
    arn = target.get("Arn")
    if not queues.names_fifo_queue(sender.deployment, arn):
        return
    if target.get("SqsParameters.MessageGroupId").is_absent:
        yield sender.finding(arn, "sends to a FIFO queue without a message group; give the target a message group id")
    queue = sender.deployment.find(arn, "AWS::SQS::Queue")
    if queue is not None and queue.get("ContentBasedDeduplication", default=False).flag is False:
        message = f"sends no deduplication id, and {queue.title} makes none; let that queue deduplicate by content"
        yield sender.finding(arn, message, related=[(queue, "the queue")])


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: !GetAtt Orders.Arn}]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
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
"""

GOOD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Failed: {Type: AWS::SQS::Queue}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: !ImportValue Other}]}}}
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
