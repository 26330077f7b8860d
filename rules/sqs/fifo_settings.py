"""FIFO queues should be named and set so that SQS accepts them and they keep what they promise.

A FIFO queue's name ends in .fifo, and only a FIFO queue knows deduplication and its throughput limit. A limit per
message group wants deduplication per message group; that deduplication alone brings no higher throughput. A standard
topic can't deliver to a FIFO queue. Without ContentBasedDeduplication every sender has to give an id with each message.

What to do: decide for FIFO or standard, and set the properties that belong to it together.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, dead_letters, queues, rule, subscriptions

ONLY_FIFO = ("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit")


@rule(
    "sqs-fifo-settings",
    level="error",
    resource="AWS::SQS::Queue",
    memo="キューの種類を適切に選択する",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html",
)
def check(queue: Resource) -> Iterator[Finding]:
    name, fifo = queue.get("QueueName"), queue.get("FifoQueue", default=False)
    if fifo.flag and name.ends_with(".fifo") is False:
        yield queue.finding(name, "is a FIFO queue whose name does not end in .fifo; SQS refuses it")
    elif fifo.flag:
        yield from throughput(queue)
    elif fifo.flag is False and name.ends_with(".fifo"):
        yield queue.finding(name, "is a standard queue with a name that ends in .fifo; set FifoQueue to true")
    elif fifo.flag is False:
        for key in ONLY_FIFO:
            value = queue.get(key)
            # A plan has "" for what a standard queue does not know.
            if value.text not in (None, "") and value.flag is not False:
                yield queue.finding(value, f"is a standard queue, which knows no {key}; leave it out or set FifoQueue")


def throughput(queue: Resource) -> Iterator[Finding]:
    by_content = queue.get("ContentBasedDeduplication", default=False)
    scope = queue.get("DeduplicationScope", default="queue")
    limit = queue.get("FifoThroughputLimit", default="perQueue")
    if limit.text == "perMessageGroupId" and scope.surely(lambda word: word != "messageGroup"):
        message = "limits throughput per message group but deduplicates per queue; set DeduplicationScope too"
        yield queue.finding(limit, message)
    if scope.text == "messageGroup" and limit.surely(lambda word: word != "perMessageGroupId"):
        message = "deduplicates per message group without its throughput; set FifoThroughputLimit too"
        yield queue.finding(scope, message, level="advice")
    # What SQS moves to a dead-letter queue has its id already.
    has_ids = dead_letters.may_be_dead_letter(queue) is not False or queues.gets_deduplication_ids(queue)
    if by_content.flag is False and not has_ids:
        message = "refuses a message without a deduplication id; send one or set ContentBasedDeduplication"
        yield queue.finding(by_content, message, level="advice")


@check.on("AWS::SNS::Subscription", "AWS::SNS::Topic")
def subscription(resource: Resource) -> Iterator[Finding]:
    for one in subscriptions.subscriptions(resource):
        is_fifo = queues.names_fifo_queue(resource.deployment, one.endpoint)
        if one.protocol.text == "sqs" and one.is_fifo is False and is_fifo:
            message = (
                "sends a standard topic's messages to a FIFO queue, which SNS refuses; make both FIFO or both standard"
            )
            yield resource.finding(one.endpoint, message)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, QueueName: !Sub "${AWS::StackName}-orders", ContentBasedDeduplication: true}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {DeduplicationScope: queue}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true, FifoThroughputLimit: perMessageGroupId}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true}}
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
---
resource "aws_sqs_queue" "orders" {
  fifo_queue = true
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, QueueName: !Sub "${Name}.fifo", ContentBasedDeduplication: true, DeduplicationScope: messageGroup, FifoThroughputLimit: perMessageGroupId}}
  Standard: {Type: AWS::SQS::Queue, Properties: {ContentBasedDeduplication: false}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, QueueName: !Ref Name, ContentBasedDeduplication: true}}
  Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
---
variable "name" {}

resource "aws_sqs_queue" "orders" {
  fifo_queue                  = true
  name                        = "${var.name}.fifo"
  content_based_deduplication = true
}
"""
