"""Queues should wait for messages instead of answering empty-handed.

With a wait of 0, the default, a receive call asks only some of the servers that hold the queue and answers at once;
the empty answers are billed like full ones. A wait of up to 20 seconds asks them all and answers when there is a
message.

What to do: set ReceiveMessageWaitTimeSeconds (Terraform: receive_wait_time_seconds) to 20.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "sqs-long-polling",
    level="warning",
    resource="AWS::SQS::Queue",
    memo="ロングポーリングを有効にする",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
)
def check(queue: Resource) -> Iterator[Finding]:
    wait = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    if wait.number == 0:
        yield queue.finding(wait, "answers at once when it is empty; let it wait 20 s for a message")


BAD = """
Resources:
  Orders:
    Type: AWS::SQS::Queue
---
{"resource": {"aws_sqs_queue": {"orders": {"receive_wait_time_seconds": 0}}}}
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
{"resource": {"aws_sqs_queue": {"orders": {"receive_wait_time_seconds": 20}}}}
"""
