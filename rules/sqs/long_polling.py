"""A queue should use long polling.

With a wait time of 0, the default, a receive call queries only some of the servers of the queue and returns at once
(short polling); empty responses are billed like others. With a wait time of up to 20 seconds it queries all servers and
returns when there is a message. A receiver that sets WaitTimeSeconds in its request waits that long instead, so the queue
decides for the others only. Lambda and EventBridge Pipes use long polling whatever the queue says, so a queue that only
they read is not checked. Nor is a queue of a template with more than queues from which no program here receives: who does so
elsewhere may wait by itself, and at a dead-letter queue somebody looks by hand. A program receives if its role may do so
from this very queue: that of a container or an instance, or that of a function or task which is told the queue. Celery's workers wait
by themselves, so a queue that is named after it is not checked.

The finding is a warning where the configuration declares the consumer of the queue. Else whoever receives may well be
one that waits by itself, as most clients do, and the finding is advice.

What to do: set ReceiveMessageWaitTimeSeconds (Terraform: receive_wait_time_seconds) to 20.
"""

from awslint_memo import Findings, Fix, Resource, Value, dead_letters, queues, receivers, rule


@rule(
    level="warning",
    resource="AWS::SQS::Queue",
    memo="ロングポーリングを有効にする",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html",
    core=True,
    fix="both",
)
def check(queue: Resource) -> Findings:
    wait = queue.get("ReceiveMessageWaitTimeSeconds", default=0)
    consumers = queues.consumers(queue)
    is_long = not wait.below(queues.MAX_WAIT) or wait.below(0)
    if is_long or (consumers and all(consumer.kind in ("mapping", "pipe") for consumer in consumers)):
        return
    if receivers.is_of_celery(queue):
        return
    is_dead_letter = dead_letters.may_be_dead_letter(queue)
    is_known = not is_dead_letter and not dead_letters.is_named_like_one(queue) and receivers.has_only_queues(queue)
    if not is_known and not receivers.may_be_polled(queue):
        return
    whose = "of this dead-letter queue " if is_dead_letter else ""
    what = f"wait less than the possible {queues.MAX_WAIT} s" if wait.above(0) else "get empty responses at once"
    yield queue.finding(
        wait,
        f"so receivers {whose}that set no WaitTimeSeconds {what}",
        unit="s",
        do=f"set it to {queues.MAX_WAIT}",
        # A dead-letter queue is rarely read; where it is not known whether this is one, that counts too.
        level=None
        if wait.number == 0 and is_dead_letter is False and receivers.has_declared_consumer(queue)
        else "advice",
        fix=longer(queue, wait),
    )


def longer(queue: Resource, wait: Value) -> Fix:
    """The longest wait, unless there is one: who wrote that knows of long polling, and receivers mostly bring theirs."""
    if wait.above(0):
        return Fix.lacks(f"somebody chose a wait of {wait.text} s, and receivers may bring one of their own")
    return queue.set("ReceiveMessageWaitTimeSeconds", queues.MAX_WAIT)


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
resource "aws_sqs_queue" "failed" {
  redrive_allow_policy = jsonencode({
    redrivePermission = "allowAll"
  })
}

resource "aws_lambda_function" "repair" {
  environment {
    variables = {
      FAILED = aws_sqs_queue.failed.url
    }
  }
}

resource "aws_iam_policy" "repair" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource = aws_sqs_queue.failed.arn
    }]
  })
}
---
Resources:
  OrdersDlq:
    Type: AWS::SQS::Queue
    Metadata: {awslint-memo: {processing-time: 45s}}
---
resource "aws_sqs_queue" "positions" {}

resource "aws_iam_user_policy" "workers" {
  user   = "workers"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.positions.arn }] })
}
---
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource: "*"}]}}]
  Work: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: work, Image: work, Environment: [{Name: QUEUE_URL, Value: !Ref Jobs}]}]}}
"""

GOOD = """
# A task that may do everything with queues may only send.
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ecs-tasks.amazonaws.com}, Action: "sts:AssumeRole"}]}
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]
  Ask: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Role.Arn, ContainerDefinitions: [{Name: ask, Image: ask, Environment: [{Name: QUEUE_URL, Value: !Ref Jobs}]}]}}
---
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
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: 20, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
  Unused: {Type: AWS::SQS::Queue, Properties: {QueueName: orders-dead-letter}}
  Everything: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Role: !GetAtt Role.Arn, EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failed.Arn}}}}}
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: "sts:AssumeRole"}]}, Policies: [{PolicyName: failed, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource: !GetAtt Failed.Arn}]}}]}}
  Failed: {Type: AWS::SQS::Queue}
---
resource "aws_sqs_queue" "orders" {
  receive_wait_time_seconds = 20
}

resource "aws_sqs_queue" "orders_dlq" {}

resource "aws_sqs_queue" "read_elsewhere" {}

resource "aws_iam_policy" "work" {
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:ReceiveMessage"
      Resource = aws_sqs_queue.orders.arn
    }]
  })
}
"""

FIXED = """
     Type: AWS::SQS::Queue
+    Properties:
+      ReceiveMessageWaitTimeSeconds: 20
---
-  receive_wait_time_seconds = 0
+  receive_wait_time_seconds = 20
---
   })
+  receive_wait_time_seconds = 20
---
     Metadata: {awslint-memo: {processing-time: 45s}}
+    Properties:
+      ReceiveMessageWaitTimeSeconds: 20
---
-resource "aws_sqs_queue" "positions" {}
+resource "aws_sqs_queue" "positions" {
+  receive_wait_time_seconds = 20
+}
---
-  Jobs: {Type: AWS::SQS::Queue}
+  Jobs: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: 20}}
"""
