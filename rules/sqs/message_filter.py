"""Subscribers should get only the messages that they need.

A topic without filters sends every message to every subscriber; each copy is delivered, billed and received, even if
it is then ignored. AWS evaluates a filter before delivery. It rejects a filter that is not a JSON object.

What to do: give each subscription a FilterPolicy (Terraform: filter_policy) on attributes or body, and each event
source mapping that needs a part only a FilterCriteria (Terraform: filter_criteria).
"""

from awslint_memo import Findings, Resource, Value, each, rule, subscriptions

FILTERS = {
    "AWS::Lambda::EventSourceMapping": "FilterCriteria.Filters.Pattern",
    "AWS::Pipes::Pipe": "SourceParameters.FilterCriteria.Filters.Pattern",
    "AWS::SNS::Subscription": "FilterPolicy",
}


@rule(
    level="advice",
    resource=("AWS::Lambda::EventSourceMapping", "AWS::Pipes::Pipe", "AWS::SNS::Subscription"),
    memo="メッセージ属性やメッセージフィルタリングを活用すると、受信者が必要なメッセージだけを受け取ることができます。",
    aws="sns/latest/dg/sns-message-filtering.html",
)
def check(resource: Resource) -> Findings:
    for pattern in each(resource, FILTERS[resource.type]):
        if not_json(pattern):
            yield resource.finding(
                pattern,
                "has a filter that is not a JSON object, so AWS rejects it",
                do='write it like {"key": ["value"]}',
                level="error",
            )


@check.on("AWS::SNS::Topic")
def topic(topic: Resource) -> Findings:
    copies = [copy for copy in subscriptions.subscribers(topic) if copy.protocol.text in ("sqs", "lambda")]
    if len(copies) > 1 and not topic.is_open and all(copy.filter_policy.is_absent for copy in copies):
        policy = copies[0].resource.property_names.get("FilterPolicy", "FilterPolicy")
        yield topic.finding(
            topic,
            f"sends every message to all of its {len(copies)} queues and functions",
            do=f"add a {policy} to the subscriptions that need only some messages",
            related=[(copy.place, f"gets every message (Protocol {copy.protocol.text})") for copy in copies],
        )


def not_json(pattern: Value) -> bool:
    text = pattern.text
    if text is None or text == "":
        return False
    from json import loads  # Few templates have such a text.

    try:
        return not isinstance(loads(text), dict)
    except ValueError:
        return True


BAD = """
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Bill: {Type: AWS::Lambda::Function}
  ToBill: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !GetAtt Bill.Arn}}
---
Resources:
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: f, FilterCriteria: {Filters: [{Pattern: "{body: [a]}"}]}}}
---
resource "aws_sns_topic_subscription" "orders" {
  topic_arn     = "arn:aws:sns:eu-west-1:123456789012:all"
  protocol      = "sqs"
  endpoint      = "q"
  filter_policy = "{kind: order}"
}
"""

GOOD = """
Parameters: {Policy: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: email, Endpoint: a@example.com}, {Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  ToBill: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: f, FilterPolicy: {kind: [order]}}}
  ToOther: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: f, FilterPolicy: !Ref Policy}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
resource "aws_sns_topic" "all" {}

resource "aws_sns_topic_subscription" "a" {
  topic_arn = aws_sns_topic.all.arn
  protocol  = "sqs"
  endpoint  = "q"
  filter_policy = jsonencode({
    kind = ["order"]
  })
}

resource "aws_sns_topic_subscription" "b" {
  topic_arn = aws_sns_topic.all.arn
  protocol  = "lambda"
  endpoint  = "f"
}
"""
