"""A subscription should have an endpoint that exists.

SNS sends a subscription by mail or HTTP nothing until somebody confirms it. The domains example.com, example.net and example.org,
and all that end in .example, .invalid or .test, belong to nobody, and an address with YOUR_KEY or CHANGEME in it waits for somebody to fill it in: it is never confirmed, and what the
topic is for, such as alarms, reaches nobody. As the default of a parameter or variable it is advice, since who deploys it may
give another one.

What to do: write the address of a person or a team, or let who deploys it give one, without a default.
"""

from awslint_memo import Findings, Resource, Value, placeholders, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::SNS::Subscription",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="sns/latest/dg/SendMessageToHttp.confirm.html",
)
def check(subscription: Resource) -> Findings:
    yield from of_nobody(subscription, subscription.get("Endpoint"))


@check.on("AWS::SNS::Topic")
def topic(topic: Resource) -> Findings:
    for subscription in topic.get("Subscription").items:
        yield from of_nobody(topic, subscription.get("Endpoint"))


def of_nobody(holder: Resource, endpoint: Value) -> Findings:
    if placeholders.is_placeholder(endpoint.text or ""):
        message = "which is a placeholder, so nobody confirms the subscription and nobody is notified"
        yield holder.finding(
            endpoint,
            message,
            do="write an address that somebody reads",
            level="advice" if endpoint.origin.defaults else None,
        )


BAD = """
Resources:
  Alerts: {Type: AWS::SNS::Topic}
  Team: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Alerts, Protocol: email, Endpoint: team@example.com}}
---
Parameters: {Address: {Type: String, Default: "https://alerts.example.org/hook"}}
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: https, Endpoint: !Ref Address}]}}
---
resource "aws_sns_topic" "alerts" {
  name = "alerts"
}

resource "aws_sns_topic_subscription" "ops" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "ops@example.com"
}
---
resource "aws_sns_topic_subscription" "pager" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:alerts"
  protocol  = "https"
  endpoint  = "https://events.pagerduty.com/integration/YOUR_INTEGRATION_KEY/enqueue"
}
"""

GOOD = """
Parameters: {Address: {Type: String}}
Resources:
  Alerts: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: email, Endpoint: !Ref Address}]}}
  Team: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Alerts, Protocol: email, Endpoint: team@anexample.com}}
  Hook: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Alerts, Protocol: https, Endpoint: "https://example.com.shop.io/hook"}}
---
resource "aws_sns_topic_subscription" "ops" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:alerts"
  protocol  = "email"
  endpoint  = "ops@tests.shop.io"
}

resource "aws_sns_topic_subscription" "team" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:alerts"
  protocol  = "https"
  endpoint  = "https://hooks.shop.io/your_team/replace_all"
}
"""
