"""A message should get to its dead-letter queue before it expires.

Each attempt that fails waits out the whole visibility timeout, and a queue moves a message only after maxReceiveCount of
them. Where that takes as long as the queue keeps messages, SQS deletes a message that fails before it is moved: the
dead-letter queue stays empty, and nobody sees what failed. A program may give a message back early
(ChangeMessageVisibility), so this is an error only where Lambda or a pipe reads the queue and its role surely can't.

What to do: set MessageRetentionPeriod (Terraform: message_retention_seconds) to twice timeout times count, and that of the
dead-letter queue to 1209600; or lower maxReceiveCount.
"""

from awslint_memo import Findings, Fix, Resource, dead_letters, durations, expiry, receivers, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
    fix="unsafe",
)
def check(queue: Resource) -> Findings:
    count = dead_letters.redrive_policy(queue).get("maxReceiveCount")
    hidden, kept = expiry.visibility(queue), expiry.retention(queue)
    waits, length = expiry.wait(queue), kept.number
    if count.number is None or waits is None or length is None or waits < length:
        return
    longer, fewer = expiry.longer_retention(waits), expiry.fewer_receives(queue)
    most = f"set maxReceiveCount to at most {fewer}" if fewer else "lower VisibilityTimeout or maxReceiveCount"
    yield queue.finding(
        kept,
        f"but {count.number:g} receives of {hidden.number:g} s{hidden.note} take {durations.compact(waits)}, so a "
        "message that fails expires before it gets to the dead-letter queue",
        shown=durations.compact(length),
        do=f"set it to {longer} ({durations.compact(longer)})" if longer else most,
        level=None if receivers.waits_out(queue) else "warning",
        related=[(hidden, "the visibility timeout"), (count, "the receives")],
        fix=fix(queue, waits) if count.is_literal and hidden.is_literal else None,
    )


def fix(queue: Resource, waits: int) -> Fix | None:
    if expiry.longer_retention(waits):
        return expiry.kept_longer(queue, waits)
    fewer = expiry.fewer_receives(queue)
    return queue.set("RedrivePolicy.maxReceiveCount", fewer, unsafe="tries messages less often") if fewer else None


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 86400, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 3600, RedrivePolicy: '{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:failed", "maxReceiveCount": 96}'}}
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: []}, Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:ReceiveMessage", Resource: "*"}]}}]}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Orders.Arn, Target: !GetAtt Work.Arn}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 50}}}
  Work: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: !Ref Work}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 7200, RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 100}}}
  # It may give messages back early.
  Work: {Type: AWS::Serverless::Function, Properties: {Policies: [SQSPollerPolicy: {QueueName: !GetAtt Orders.QueueName}], Events: {Orders: {Type: SQS, Properties: {Queue: !GetAtt Orders.Arn}}}}}
---
Parameters: {Hidden: {Type: Number, Default: 43200}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref Hidden, MessageRetentionPeriod: 86400, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
---
Parameters: {Count: {Type: Number, Default: 5}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 86400, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: !Ref Count}}}
  Failed: {Type: AWS::SQS::Queue}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 600
  message_retention_seconds  = 3600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 10
  })
}

resource "aws_sqs_queue" "failed" {}
"""

GOOD = """
Parameters: {Hidden: {Type: Number}}
Resources:
  Enough: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 3600, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 95}}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: !Ref Hidden, MessageRetentionPeriod: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 95}}}
  UnknownCount: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 60, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: !Ref Hidden}}}
  UnknownRetention: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: !Ref Hidden, VisibilityTimeout: 43200, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 95}}}
  # Nothing is moved from it, whatever it keeps.
  Failed: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 60}}
---
resource "aws_sqs_queue" "orders" {
  visibility_timeout_seconds = 43200
  message_retention_seconds  = 1209600

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 10
  })
}

resource "aws_sqs_queue" "failed" {
  message_retention_seconds = 1209600
}
"""

FIXED = """
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 86400, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 432000, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
---
-  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 7200, RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 100}}}
+  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 7200, RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 24}}}
---
-  message_retention_seconds  = 3600
+  message_retention_seconds  = 12000
-resource "aws_sqs_queue" "failed" {}
+resource "aws_sqs_queue" "failed" {
+  message_retention_seconds = 1209600
+}
"""
