"""Numbers of a queue should be within what SQS accepts.

A message is kept for between a minute and 14 days, delayed for 15 minutes at most and hidden for 12 hours at most, and may
be received between 1 and 1,000 times before it goes to the dead-letter queue. SQS refuses a queue with a number outside of
its range when it is deployed, perhaps in the one environment that has this number.

What to do: set the number to one within the range that the message names.
"""

from awslint_memo import Findings, Resource, number_limits, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="アプリケーションの要件に応じて、最適なキューの種類を選びましょう。",
    aws="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
)
def check(queue: Resource) -> Findings:
    return number_limits.refused(queue)


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 50000}}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 30}}
---
Resources:
  Failed: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 0}}}
---
resource "aws_sqs_queue" "orders" {
  delay_seconds = 1000
}
---
resource "aws_sqs_queue" "failed" {
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 1001
  })
}
"""

GOOD = """
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 43200, MessageRetentionPeriod: 1209600, DelaySeconds: 900}}
  Small: {Type: AWS::SQS::Queue, Properties: {MaximumMessageSize: 1048576, ReceiveMessageWaitTimeSeconds: 20, DelaySeconds: 0}}
---
Parameters: {Kept: {Type: Number}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: !Ref Kept}}
---
variable "delay" {
  type = number
}

resource "aws_sqs_queue" "orders" {
  delay_seconds              = var.delay
  visibility_timeout_seconds = 0
  message_retention_seconds  = 60
}
"""
