"""A dead-letter queue should let the queues name it that do.

RedriveAllowPolicy of a dead-letter queue says which queues may name it as theirs: none (denyAll), or those that it lists
(byQueue, ten at most). SQS refuses the RedrivePolicy of any other queue, so the deployment fails. It refuses sourceQueueArns too
where redrivePermission is not byQueue.

What to do: list the ARN of the queue in sourceQueueArns, or set redrivePermission to allowAll and remove the list.
"""

from awslint_memo import Findings, Resource, dead_letters, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
)
def check(queue: Resource) -> Findings:
    unwanted = dead_letters.unwanted_sources(queue)
    if unwanted is not None:
        allowed, listed = unwanted
        message = f"is {allowed.text}, and SQS refuses sourceQueueArns with it"
        do = "remove sourceQueueArns, or set it to byQueue"
        related = [(listed, "the sources")]
        yield queue.finding(allowed, message, of="RedriveAllowPolicy.redrivePermission", do=do, related=related)
    failed = dead_letters.dead_letter_queue(queue)
    if failed is None:
        return
    permission = dead_letters.refused_by(failed, queue)
    if permission is not None:
        is_listed = permission.text == "byQueue"
        lets = "lists other queues only" if is_listed else "lets no queue name it"
        yield queue.finding(
            dead_letters.redrive_policy(queue).get("deadLetterTargetArn"),
            f"names {failed.title}, but RedriveAllowPolicy of {failed.title} {lets} ({permission.text}), so SQS refuses it",
            do=f"{'add' if is_listed else 'set it to byQueue with'} the ARN of {queue.title} in sourceQueueArns",
            related=[(permission, f"RedriveAllowPolicy of {failed.title}")],
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: denyAll}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Others: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!GetAtt Others.Arn]}}}
---
resource "aws_sqs_queue" "orders" {
  name = "orders"

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {}

resource "aws_sqs_queue_redrive_allow_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = ["arn:aws:sqs:eu-west-1:111122223333:others"]
  })
}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders"]}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Failed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: denyAll, sourceQueueArns: [!GetAtt Orders.Arn]}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_sqs_queue" "failed" {}

resource "aws_sqs_queue_redrive_allow_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "allowAll"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}
"""

GOOD = """
Parameters: {Source: {Type: String}, Permission: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: ["arn:aws:sqs:eu-west-1:111122223333:others", !GetAtt Orders.Arn]}}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt FailedUnknown.Arn, maxReceiveCount: 5}}}
  FailedUnknown: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Ref Source]}}}
  # CloudFormation makes its name, which may be the one that is listed.
  Unnamed: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt FailedUnnamed.Arn, maxReceiveCount: 5}}}
  FailedUnnamed: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: ["arn:aws:sqs:eu-west-1:111122223333:shop-Unnamed-1A2B3C4D5E6F"]}}}
  ToAny: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Any.Arn, maxReceiveCount: 5}}}
  Any: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: allowAll}}}
  ToChosen: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Chosen.Arn, maxReceiveCount: 5}}}
  Chosen: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: !Ref Permission}}}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {}

resource "aws_sqs_queue_redrive_allow_policy" "failed" {
  queue_url = aws_sqs_queue.failed.id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.orders.arn]
  })
}
---
Parameters: {Permission: {Type: String}, Sources: {Type: CommaDelimitedList}}
Resources:
  Any: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: !Ref Permission, sourceQueueArns: [!ImportValue Orders]}}}
  None: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: allowAll, sourceQueueArns: []}}}
  Unknown: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: allowAll, sourceQueueArns: !Ref Sources}}}
"""
