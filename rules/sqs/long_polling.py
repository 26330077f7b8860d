"""A queue should use long polling.

With a wait time of 0, the default, a receive call queries only some of the servers of the queue and returns at once
(short polling); empty responses are billed like others. With a wait time of up to 20 seconds it queries all servers and
returns when there is a message. A receiver that sets WaitTimeSeconds in its request waits that long instead, so the queue
decides for the others only. Lambda and EventBridge Pipes use long polling whatever the queue says, so a queue that only
they read is not checked.

What to do: set ReceiveMessageWaitTimeSeconds (Terraform: receive_wait_time_seconds) to 20.
"""

from awslint_memo import Findings, Resource, dead_letters, queues, rule


@rule(
    level="warning",
    resource="AWS::SQS::Queue",
    memo="ロングポーリングを有効にする",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
    core=True,
    fix="safe",
)
def check(queue: Resource) -> Findings:
    wait = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    seconds = wait.number
    consumers = queues.consumers(queue)
    if seconds is None or not 0 <= seconds < queues.MAX_WAIT:
        return
    if consumers and all(one.kind in ("mapping", "pipe") for one in consumers):
        return
    is_dead_letter = dead_letters.may_be_dead_letter(queue)
    who = f"receivers {'of this dead-letter queue ' if is_dead_letter else ''}that set no WaitTimeSeconds"
    what = f"wait less than the possible {queues.MAX_WAIT} s" if seconds > 0 else "get empty responses at once"
    of = "ReceiveMessageWaitTimeSeconds"
    # A dead-letter queue is rarely read; where it is not known whether this is one, that counts too.
    is_grave = seconds == 0 and is_dead_letter is False
    fix = queue.set(of, queues.MAX_WAIT)
    yield queue.finding(
        wait,
        f"so {who} {what}",
        unit="s",
        do=f"set it to {queues.MAX_WAIT}",
        level=None if is_grave else "advice",
        fix=fix,
    )


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
---
variable "failed" {}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"

  dead_letter_config {
    target_arn = var.failed
  }
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
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f}}
  Failed: {Type: AWS::SQS::Queue}
  Repair: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Failed.Arn, Target: !ImportValue Repair}}
---
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = 20
}
"""

FIXED = """
     Type: AWS::SQS::Queue
+    Properties:
+      ReceiveMessageWaitTimeSeconds: 20
---
-      ReceiveMessageWaitTimeSeconds: 5
+      ReceiveMessageWaitTimeSeconds: 20
---
-  receive_wait_time_seconds = 0
+  receive_wait_time_seconds = 20
---
-  name = "failed"
+  name                      = "failed"
+  receive_wait_time_seconds = 20
"""
