"""A dead-letter queue should be in the Region of its queue.

SQS moves messages only to a queue of the same Region and account, and refuses a redrive policy that names one of another Region.

What to do: make a dead-letter queue in the queue's own Region (Terraform: by the same provider).
"""

from awslint_memo import Findings, Resource, dead_letters, regions, rule

TARGET = "RedrivePolicy.deadLetterTargetArn"


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
)
def check(queue: Resource) -> Findings:
    target, told = dead_letters.redrive_policy(queue).get("deadLetterTargetArn"), regions.told(queue)
    other = queue.deployment.find(target, "AWS::SQS::Queue")
    theirs = regions.told(other) if other is not None else None
    region = (theirs.text if theirs is not None else None) or arn_region(target.text or "")
    if told is not None and told.text and region and region != told.text:
        message = f"names a queue of {region}, but {queue.title} is in {told.text}, so SQS refuses it"
        related = [(other, "the dead-letter queue")] if other is not None else []
        yield queue.finding(target, message, of=TARGET, do=f"name a queue of {told.text}", related=related)


def arn_region(arn: str) -> str:
    return arn.split(":")[3] if arn.startswith("arn:aws:sqs:") else ""


BAD = """
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}

resource "aws_sqs_queue" "failed" {
  provider = aws.dublin
  name     = "failed"
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}
---
# deployments: {production: {AWS::Region: eu-central-1}}
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}}}
"""

GOOD = """
provider "aws" {
  region = var.region
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}

variable "region" {}

resource "aws_sqs_queue" "failed" {
  provider = aws.dublin
  name     = "failed"
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "returns" {
  provider       = aws.dublin
  name           = "returns"
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}
---
Resources:
  Orders: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:111122223333:failed", maxReceiveCount: 5}}}
  Returns: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:failed", maxReceiveCount: 5}}}
"""
