"""A delivery policy should be that of subscribers over HTTP.

A delivery policy says how often, and with which pauses, SNS tries to deliver to endpoints over HTTP and HTTPS. For queues, functions,
streams, mails and phones SNS has retries of its own that nobody can change: the policy of a topic without a subscriber over HTTP, or
of a subscription with another protocol, has no effect.

What to do: remove DeliveryPolicy (Terraform: delivery_policy), and give the subscription a dead-letter queue for what is not delivered.
"""

from awslint_memo import Findings, Resource, rule, subscriptions


@rule(
    level="advice",
    since="0.2",
    resource="AWS::SNS::Subscription",
    memo="デッドレターキューの利用",
    aws="sns/latest/dg/sns-message-delivery-retries.html",
)
def check(subscription: Resource) -> Findings:
    policy, protocol = subscription.get("DeliveryPolicy"), subscription.get("Protocol")
    if policy.fields and protocol.text is not None and protocol.text not in subscriptions.OVER_HTTP:
        message = f"has no effect, because SNS delivers by {protocol.text}{protocol.note}, with retries of its own"
        yield subscription.finding(policy, message, of="DeliveryPolicy", do="remove it")


@check.on("AWS::SNS::Topic")
def topic(topic: Resource) -> Findings:
    policy = topic.terraform.delivery_policy
    if policy.fields and subscriptions.is_only_by(topic, subscriptions.OVER_HTTP):
        message = "has no effect, because none of its subscribers gets messages over HTTP"
        related = [(entry.place, "a subscriber") for entry in subscriptions.subscribers(topic)[:1]]
        yield topic.finding(policy, message, of="delivery_policy", do="remove it", related=related)


BAD = """
Resources:
  ToQueue: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !ImportValue Queue, DeliveryPolicy: {healthyRetryPolicy: {numRetries: 50}}}}
---
resource "aws_sns_topic_subscription" "work" {
  topic_arn       = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol        = "lambda"
  endpoint        = "arn:aws:lambda:eu-west-1:123456789012:function:work"
  delivery_policy = jsonencode({ healthyRetryPolicy = { numRetries = 20 } })
}
---
resource "aws_sns_topic" "orders" {
  name = "orders"

  delivery_policy = <<-POLICY
    {"http": {"defaultHealthyRetryPolicy": {"numRetries": 20}}}
  POLICY
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "email"
  endpoint  = "a@example.com"
}
"""

GOOD = """
Parameters: {Protocol: {Type: String}}
Resources:
  ToServer: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: https, Endpoint: "https://shop.example/orders", DeliveryPolicy: {healthyRetryPolicy: {numRetries: 50}}}}
  ToAny: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: !Ref Protocol, Endpoint: !ImportValue Any, DeliveryPolicy: {healthyRetryPolicy: {numRetries: 50}}}}
  ToQueue: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !ImportValue Queue, DeliveryPolicy: {}}}
---
variable "topic" {}

resource "aws_sns_topic" "orders" {
  name            = "orders"
  delivery_policy = jsonencode({ http = { defaultHealthyRetryPolicy = { numRetries = 20 } } })
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "email"
  endpoint  = "a@example.com"
}

# This may be the same topic.
resource "aws_sns_topic_subscription" "server" {
  topic_arn = var.topic
  protocol  = "https"
  endpoint  = "https://shop.example/orders"
}
---
resource "aws_sns_topic" "orders" {
  name            = "orders"
  delivery_policy = jsonencode({ http = { defaultHealthyRetryPolicy = { numRetries = 20 } } })
}

resource "aws_sns_topic_subscription" "all" {
  for_each  = { email = "a@example.com", https = "https://shop.example/orders" }
  topic_arn = aws_sns_topic.orders.arn
  protocol  = each.key
  endpoint  = each.value
}

# Nobody subscribes here.
resource "aws_sns_topic" "bills" {
  name            = "bills"
  delivery_policy = jsonencode({ http = { defaultHealthyRetryPolicy = { numRetries = 20 } } })
}
---
resource "aws_sns_topic" "told" {
  name            = "told"
  delivery_policy = jsonencode({ http = { defaultHealthyRetryPolicy = { numRetries = 20 } } })
}

resource "aws_sns_topic_subscription" "told" {
  topic_arn = aws_sns_topic.told.arn
  protocol  = "email"
  endpoint  = "a@example.com"
}

output "topic" {
  value = aws_sns_topic.told.arn
}
"""
