"""Queues should wait for messages instead of answering empty-handed.

With a wait of 0, the default, a receive call asks only some of the servers that hold the queue and answers at once;
the empty answers are billed like full ones. A wait of up to 20 seconds asks them all and answers when there is a
message. Lambda and EventBridge Pipes wait by themselves, whatever the queue says.

What to do: set ReceiveMessageWaitTimeSeconds (Terraform: receive_wait_time_seconds) to 20.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, dead_letters, queues, rule


@rule(
    "sqs-long-polling",
    level="warning",
    resource="AWS::SQS::Queue",
    memo="ロングポーリングを有効にする",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
    core=True,
)
def check(queue: Resource) -> Iterator[Finding]:
    wait = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    seconds = wait.number
    consumers = queues.consumers(queue)
    if seconds is None or not 0 <= seconds < queues.MAX_WAIT:
        return
    if seconds > 0:
        yield queue.finding(wait, f"waits for a message for {seconds:g} s only; let it wait 20 s", level="advice")
    elif dead_letters.may_be_dead_letter(queue) is True:
        why = "it is a dead-letter queue, read by hand if at all, but let it wait 20 s for those who do"
        yield queue.finding(wait, f"answers at once when it is empty; {why}", level="advice")
    elif consumers and all(one.kind in ("mapping", "pipe") for one in consumers):
        sources = " and ".join(one.source.title for one in consumers if one.source is not None)
        why = f"{sources} waits by itself, but let it wait 20 s for every other reader"
        yield queue.finding(wait, f"answers at once when it is empty; {why}", level="advice")
    else:
        yield queue.finding(wait, "answers at once when it is empty; let it wait 20 s for a message")


BAD = """
Resources:
  Orders:
    Type: AWS::SQS::Queue
---
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: 5
---
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = 0
}
"""

GOOD = """
Parameters:
  Wait: {Type: Number}
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: "20"
  Unknown:
    Type: AWS::SQS::Queue
    Properties:
      ReceiveMessageWaitTimeSeconds: !Ref Wait
---
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = 20
}
"""
