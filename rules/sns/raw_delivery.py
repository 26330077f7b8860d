"""A subscription should deliver raw messages to a queue whose messages are filtered by their fields.

Without raw delivery SNS puts each message as text into an envelope of its own (Type, Message, TopicArn …). A filter on
a field of the message, {"body": {"kind": ["order"]}}, finds no such field there, and Lambda deletes what it does not
match. A queue that gets messages from elsewhere too is not checked.

What to do: set RawMessageDelivery (Terraform: raw_message_delivery) to true and let the function read the body itself,
or give the subscription a FilterPolicy with FilterPolicyScope: MessageBody and remove the filter.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, filters, queues, rule, senders, subscriptions


@rule(
    level="advice",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="メッセージ属性やメッセージフィルタリングを活用すると、受信者が必要なメッセージだけを受け取ることができます。",
    aws="sns/latest/dg/sns-large-payload-raw-message-delivery.html",
    fix="unsafe",
)
def check(queue: Resource) -> Findings:
    topics = subscriptions.into_queue(queue)
    mapping, field = next(filtering(queue), (None, ""))
    wrapped = [
        subscription
        for subscription in topics
        if subscription.raw_delivery.is_absent or subscription.raw_delivery.flag is False
    ]
    if mapping is None or len(wrapped) < len(topics) or senders.may_get_others(queue):
        return
    for subscription in wrapped:
        related = [(mapping, f"filters on {field} of the body"), (queue, "the queue")]
        where = f"the filter of {mapping.title} finds no {field} in the body"
        if subscription.is_inline:
            message = f"has an inline sqs subscription, which delivers in an envelope, so {where}; "
            message += "make it an AWS::SNS::Subscription with RawMessageDelivery true"
            yield subscription.resource.finding(subscription.place, message, related=related)
        else:
            value = subscription.raw_delivery
            message = f"is false{value.note}, so SNS delivers in an envelope and {where}; set it to true"
            fix = subscription.resource.set(
                "RawMessageDelivery", True, unsafe="changes what the consumers of the queue get"
            )
            yield subscription.resource.finding(value, message, of="RawMessageDelivery", related=related, fix=fix)


def filtering(queue: Resource) -> Iterator[tuple[Resource, str]]:
    """The mappings whose filters surely match no envelope of SNS, and a field for which one of them asks."""
    for consumer in queues.consumers(queue):
        if consumer.source is not None and consumer.kind == "mapping":
            fields = [missing(pattern.fields.get("body")) for pattern in filters.filters(consumer.source)]
            if fields and all(fields):
                yield consumer.source, fields[0]


def missing(body: Value | None) -> str:
    """The first field of a pattern that no envelope has and that must be there; empty where there may be none."""
    fields = {} if body is None else body.fields
    outside = (key for key in fields if key not in subscriptions.ENVELOPE and not key.startswith("$"))
    return next((key for key in outside if not filters.may_match_without(fields[key])), "")


BAD = """
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Orders: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn            = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders.arn
  raw_message_delivery = false
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          kind = ["order"]
        }
      })
    }
  }
}
"""

GOOD = """
Resources:
  Raw: {Type: AWS::SQS::Queue}
  ToRaw: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Raw.Arn, RawMessageDelivery: true}}
  OfRaw: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Raw.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
  Wrapped: {Type: AWS::SQS::Queue}
  ToWrapped: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Wrapped.Arn}}
  OfWrapped: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Wrapped.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"MessageAttributes": {"kind": {"Value": ["order"]}}}}'}]}}}
  Mixed: {Type: AWS::SQS::Queue}
  ToMixed: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Mixed.Arn}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !GetAtt Mixed.Arn}]}}
  OfMixed: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Mixed.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
Parameters: {Pattern: {Type: String}, IsRaw: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Orders.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: !Ref Pattern}]}}}
  Absence: {Type: AWS::SQS::Queue}
  ToAbsence: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Absence.Arn}}
  OfAbsence: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Absence.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"test": [{"exists": false}]}}'}]}}}
  Maybe: {Type: AWS::SQS::Queue}
  ToMaybe: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Maybe.Arn, RawMessageDelivery: !Ref IsRaw}}
  OfMaybe: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Maybe.Arn, FunctionName: f, FilterCriteria: {Filters: [{Pattern: '{"body": {"kind": ["order"]}}'}]}}}
---
resource "aws_sqs_queue" "orders" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn            = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.orders.arn
  raw_message_delivery = true
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = "orders"

  filter_criteria {
    filter {
      pattern = jsonencode({
        body = {
          kind = ["order"]
        }
      })
    }
  }
}
"""

FIXED = """
-  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
+  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn, RawMessageDelivery: true}}
---
-  raw_message_delivery = false
+  raw_message_delivery = true
"""
