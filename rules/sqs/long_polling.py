"""A queue should use long polling.

With a wait time of 0, the default, a receive call queries only some of the servers of the queue and returns at once
(short polling); empty responses are billed like others. With a wait time of up to 20 seconds it queries all servers and
returns when there is a message. Lambda and EventBridge Pipes use long polling whatever the queue says.

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
    is_short_for_all = False
    if seconds > 0:
        what = "less than the 20 s that save the most empty responses"
    elif dead_letters.may_be_dead_letter(queue) is True:
        what = "which is short polling for whoever reads this dead-letter queue"
    elif consumers and all(one.kind in ("mapping", "pipe") for one in consumers):
        sources = " and ".join(one.source.title for one in consumers if one.source is not None)
        what = f"which is short polling for every reader except {sources}"
    else:
        is_short_for_all = True
        what = "which is short polling, so empty responses come at once and are billed"
    message = f"is {seconds:g} s{wait.note}, {what}; set it to 20"
    of = "ReceiveMessageWaitTimeSeconds"
    yield queue.finding(wait, message, of=of, level=None if is_short_for_all else "advice")


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
