"""A FIFO queue should have a name and settings that fit together and that SQS accepts.

The name of a FIFO queue ends in .fifo, and only FIFO queues have deduplication and a throughput limit. A limit per
message group requires deduplication per message group; that deduplication alone does not raise throughput. A standard
topic can't deliver to a FIFO queue. Without ContentBasedDeduplication every message needs a MessageDeduplicationId, which
is advice unless a template of CloudFormation has false for it.

What to do: decide between FIFO and standard, and set the properties of that kind together.
"""

from awslint_memo import Findings, Resource, dead_letters, queues, rule, subscriptions

NEW = "replaces the queue if it exists"


@rule(
    level="error",
    resource="AWS::SQS::Queue",
    memo="キューの種類を適切に選択する",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fifo-queues.html",
    fix="both",
)
def check(queue: Resource) -> Findings:
    name, fifo = queue.get("QueueName"), queue.get("FifoQueue", default=False)
    if fifo.flag and name.ends_with(".fifo") is False:
        written = f" {name.text}" if name.text else ""
        message = "does not end in .fifo, which SQS requires of a FIFO queue; append .fifo"
        fix = queue.set("QueueName", name.text + ".fifo", unsafe=NEW) if name.text else None
        yield queue.finding(name, message, of=f"QueueName{written}", fix=fix)
    elif fifo.flag:
        yield from throughput(queue)
    elif fifo.flag is False and name.ends_with(".fifo"):
        message = f"ends in .fifo, but FifoQueue is false{fifo.note}; set FifoQueue to true"
        yield queue.finding(name, message, of="QueueName", fix=queue.set("FifoQueue", True, unsafe=NEW))
    elif fifo.flag is False:
        for key in queues.ONLY_FIFO:
            value = queue.get(key)
            # A plan has "" for what a standard queue does not know.
            if value.text not in (None, "") and value.flag is not False:
                message = f"is {value.text}{value.note}, but {queue.title} is a standard queue; remove it"
                fix = queue.unset(key, unsafe="decides for a standard queue")
                yield queue.finding(value, message, of=key, fix=fix)


def throughput(queue: Resource) -> Findings:
    by_content = queue.get("ContentBasedDeduplication", default=False)
    scope = queue.get("DeduplicationScope", default="queue")
    limit = queue.get("FifoThroughputLimit", default="perQueue")
    if limit.text == "perMessageGroupId" and scope.surely(lambda word: word != "messageGroup"):
        message = f"is perMessageGroupId, which SQS rejects while DeduplicationScope is {scope.text}{scope.note}"
        message, fix = (
            f"{message}; set DeduplicationScope to messageGroup",
            queue.set("DeduplicationScope", "messageGroup"),
        )
        yield queue.finding(limit, message, of="FifoThroughputLimit", fix=fix)
    if scope.text == "messageGroup" and limit.surely(lambda word: word != "perMessageGroupId"):
        message = f"is messageGroup, but FifoThroughputLimit is {limit.text}{limit.note}, so throughput is not raised"
        message = f"{message}; set FifoThroughputLimit to perMessageGroupId"
        fix = queue.set("FifoThroughputLimit", "perMessageGroupId")
        yield queue.finding(scope, message, of="DeduplicationScope", level="advice", fix=fix)
    # What SQS moves to a dead-letter queue has its id already.
    has_ids = dead_letters.may_be_dead_letter(queue) is not False or queues.gets_deduplication_ids(queue)
    # Somebody who writes false knows of the ids; a plan has it also where nobody wrote it.
    is_chosen = queue.language != "terraform" and not queue.get("ContentBasedDeduplication").is_absent
    if by_content.flag is False and not (has_ids or is_chosen):
        message = f"is false{by_content.note}, so SQS rejects messages without a MessageDeduplicationId"
        what = "set it to true, or let each sender give an id"
        yield queue.finding(by_content, message, of="ContentBasedDeduplication", do=what, level="advice")


@check.on("AWS::SNS::Subscription", "AWS::SNS::Topic")
def subscription(resource: Resource) -> Findings:
    for entry in subscriptions.subscriptions(resource):
        is_fifo = queues.names_fifo_queue(resource.deployment, entry.endpoint)
        if entry.protocol.text == "sqs" and entry.is_fifo is False and is_fifo:
            message = "delivers from a standard topic to a FIFO queue, which SNS rejects"
            yield resource.finding(entry.endpoint, message, do="name a standard queue")


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
---
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      FifoQueue: true
      ContentBasedDeduplication: true
---
resource "aws_sqs_queue" "orders" {
  name                        = "orders.fifo"
  content_based_deduplication = true
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, QueueName: !Sub "${Name}.fifo", ContentBasedDeduplication: true, DeduplicationScope: messageGroup, FifoThroughputLimit: perMessageGroupId}}
  Standard: {Type: AWS::SQS::Queue, Properties: {ContentBasedDeduplication: false}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, QueueName: !Ref Name, ContentBasedDeduplication: true}}
  FromTopic: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, Subscription: [{Protocol: sqs, Endpoint: !GetAtt FromTopic.Arn}]}}
---
variable "name" {}

resource "aws_sqs_queue" "orders" {
  fifo_queue                  = true
  name                        = "${var.name}.fifo"
  content_based_deduplication = true
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {DeduplicationScope: queue}}
+  Orders: {Type: AWS::SQS::Queue}
---
-  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true, FifoThroughputLimit: perMessageGroupId}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, ContentBasedDeduplication: true, FifoThroughputLimit: perMessageGroupId, DeduplicationScope: messageGroup}}
---
-      QueueName: orders
+      QueueName: orders.fifo
---
   content_based_deduplication = true
+  fifo_queue                  = true
"""
