"""A dead-letter queue must be another queue of the same kind: FIFO for FIFO, standard for standard.

SQS rejects a redrive policy between a FIFO and a standard queue. If a queue is its own dead-letter queue, or queues are
each other's, a message that always fails is moved in a circle and nobody notices it. A RedriveAllowPolicy says whose
dead-letter queue a queue may be, so it belongs to the dead-letter queue.

What to do: name a queue of the same kind that has no RedrivePolicy of its own (Terraform: fifo_queue on both).
"""

from awslint_memo import Findings, Resource, dead_letters, queues, rule

TARGET = "RedrivePolicy.deadLetterTargetArn"


@rule(
    level="error",
    widened={"0.2": "a RedriveAllowPolicy on the source queue"},
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
)
def check(queue: Resource) -> Findings:
    target = dead_letters.redrive_policy(queue).get("deadLetterTargetArn")
    other = dead_letters.dead_letter_queue(queue)
    ours, theirs = queues.is_fifo(queue), queues.names_fifo_queue(queue.deployment, target)
    round_trip = dead_letters.round_trip(queue)
    if other is queue:
        yield queue.finding(target, "names the queue itself", of=TARGET, do="name another queue")
    elif round_trip and queue is round_trip[0]:
        titles = [member.title for member in (*round_trip, queue)]
        # chosen: a longer round trip is shortened
        shown = titles if len(titles) < 6 else [*titles[:3], f"{len(titles) - 4} others", titles[-1]]
        message = f"leads back to it ({' to '.join(shown)}), so failed messages move in a circle"
        yield queue.finding(target, message, of=TARGET, do=f"remove RedrivePolicy of {round_trip[-1].title}")
    elif ours is not None and theirs is not None and ours is not theirs:
        named = f" ({other.title})" if other is not None else ""
        kinds = {True: "FIFO", False: "standard"}
        yield queue.finding(
            target,
            f"names a {kinds[theirs]} queue{named}, but {queue.title} is a {kinds[ours]} queue, so SQS rejects it",
            of=TARGET,
            do=f"name a {kinds[ours]} queue",
            related=[(other, "the dead-letter queue")] if other is not None else [],
        )
    elif not round_trip:
        yield from reversed_permission(queue)


def reversed_permission(queue: Resource) -> Findings:
    mistaken = dead_letters.source_by_mistake(queue)
    if mistaken is not None:
        yield queue.finding(
            mistaken,
            f"names the dead-letter queue of {queue.title} as its source, so it restricts nothing that was meant",
            of="RedriveAllowPolicy.sourceQueueArns",
            do=f"write the policy on the dead-letter queue and name {queue.title} there",
            level="advice",
            since="0.2",
        )


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:123456789012:failed.fifo", maxReceiveCount: 5}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders, RedrivePolicy: {deadLetterTargetArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders", maxReceiveCount: 5}}}
---
Resources:
  One: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !Sub "arn:aws:sqs:eu-west-1:1:two", maxReceiveCount: 5}}}
  Two: {Type: AWS::SQS::Queue, Properties: {QueueName: two, RedrivePolicy: {deadLetterTargetArn: !GetAtt One.Arn, maxReceiveCount: 5}}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}, RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!GetAtt Failed.Arn]}}}
  Failed: {Type: AWS::SQS::Queue}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.failed.arn]
  })
}

resource "aws_sqs_queue" "failed" {}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name       = "failed.fifo"
  fifo_queue = true
}
"""

GOOD = """
Parameters: {Fifo: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {FifoQueue: "true", RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Failed: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Maybe: {Type: AWS::SQS::Queue, Properties: {FifoQueue: !Ref Fifo, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5}}}
  Elsewhere: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !ImportValue Failed, maxReceiveCount: 5}}}
  Sent: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Allowing.Arn, maxReceiveCount: 5}}}
  Allowing: {Type: AWS::SQS::Queue, Properties: {RedriveAllowPolicy: {redrivePermission: byQueue, sourceQueueArns: [!Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:sent"]}}}
---
resource "aws_sqs_queue" "orders" {
  redrive_policy = <<-EOT
    {"deadLetterTargetArn": "${aws_sqs_queue.failed.arn}", "maxReceiveCount": 5}
  EOT
}

resource "aws_sqs_queue" "failed" {}
"""
