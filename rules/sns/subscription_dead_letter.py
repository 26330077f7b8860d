"""A subscription should have a dead-letter queue for messages that SNS can't deliver.

When an endpoint does not exist, rejects a message or lacks a permission, SNS retries for a while and then drops the
message. With a dead-letter queue the message is kept and can be sent again. Email and SMS subscriptions are not checked.

What to do: set RedrivePolicy (Terraform: redrive_policy) of the subscription to a queue that SNS may send to.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, subscriptions

WITH_DEAD_LETTERS = ("sqs", "lambda", "http", "https")


@rule(
    "sns-subscription-dead-letter",
    level="advice",
    resource=("AWS::SNS::Subscription", "AWS::SNS::Topic"),
    memo="デッドレターキューの利用",
    aws="sns/latest/dg/sns-dead-letter-queues.html",
)
def check(resource: Resource) -> Iterator[Finding]:
    for one in subscriptions.subscriptions(resource):
        protocol = one.protocol.text
        if protocol not in WITH_DEAD_LETTERS or not one.redrive_policy.is_absent:
            continue
        if one.is_inline:
            message = f"has an inline {protocol} subscription, which can have no dead-letter queue"
            yield resource.finding(one.place, f"{message}; make it an AWS::SNS::Subscription with a RedrivePolicy")
        else:
            message = f"has no RedrivePolicy, so SNS drops messages that it can't deliver (Protocol {protocol})"
            kind = "FIFO dead-letter queue" if one.is_fifo else "dead-letter queue"
            yield resource.finding(one.place, f"{message}; add a RedrivePolicy with a {kind}")


BAD = """
Resources:
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !ImportValue Queue}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !ImportValue Function}, {Protocol: email, Endpoint: a@example.com}]}}
---
variable "topic" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = var.topic
  protocol  = "https"
  endpoint  = "https://example.com/"
}
"""

GOOD = """
Parameters: {Protocol: {Type: String}}
Resources:
  Failed: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !ImportValue Queue, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}}}
  ToPeople: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com}}
  ToPhones: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sms, Endpoint: "+15550100"}}
  Unknown: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: !Ref Protocol, Endpoint: a}}
---
variable "topic" {}

variable "function" {}

resource "aws_sqs_queue" "failed" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = var.topic
  protocol  = "lambda"
  endpoint  = var.function
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
  })
}
"""
