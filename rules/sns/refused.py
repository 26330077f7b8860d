"""A topic or subscription should have settings that SNS takes.

SNS refuses a subscription whose endpoint is not of its protocol, raw delivery for other protocols than SQS, HTTP, HTTPS and
Firehose, a stream of Firehose without SubscriptionRoleArn, anything but SQS on a FIFO topic, and a standard queue as its dead-letter queue. A filter on attributes can't
be nested; only one on the body can. A filter has 5 keys and, on attributes, 150 combinations of values at most. The name of a FIFO topic ends in .fifo, and that of no other one.

What to do: name the endpoint of the protocol, write FilterPolicyScope: MessageBody for a nested filter, and put a queue
between a FIFO topic and other receivers.
"""

from awslint_memo import Findings, Resource, queues, rule, sns_filters, subscriptions


@rule(
    level="error",
    since="0.2",
    resource=("AWS::SNS::Subscription", "AWS::SNS::Topic"),
    memo="メッセージ属性やメッセージフィルタリングを活用すると、受信者が必要なメッセージだけを受け取ることができます。",
    aws="sns/latest/api/API_Subscribe.html",
)
def check(resource: Resource) -> Findings:
    for entry in subscriptions.subscriptions(resource):
        for fault in (*subscriptions.faults(entry), *sns_filters.faults(entry)):
            says = f"{fault.says}, so SNS refuses it"
            yield resource.finding(fault.value, says, of=fault.of, do=fault.do)
        target = entry.redrive_policy.get("deadLetterTargetArn")
        if entry.is_fifo and queues.names_fifo_queue(resource.deployment, target) is False:
            says = "names a standard queue, but the topic is FIFO, so SNS refuses it"
            yield resource.finding(target, says, of=str(target.route), do="name a FIFO queue")


@check.on("AWS::SNS::Topic")
def topic(topic: Resource) -> Findings:
    name, fifo = topic.get("TopicName"), topic.get("FifoTopic", default=False)
    ends = name.ends_with(".fifo")
    if fifo.flag is True and ends is False:
        message = "does not end in .fifo, as that of a FIFO topic does, so SNS refuses it"
        yield topic.finding(name, message, of="TopicName", do="append .fifo")
    elif fifo.flag is False and ends is True:
        message = f"ends in .fifo, but FifoTopic is false{fifo.note}, so SNS refuses it"
        yield topic.finding(name, message, of="TopicName", do="set FifoTopic to true, or choose another name")


BAD = """
Resources:
  Orders: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: lambda, Endpoint: !GetAtt Orders.Arn}}
---
Resources:
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: "arn:aws:lambda:eu-west-1:123456789012:function:orders"}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: https, Endpoint: "http://shop.example/orders"}]}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: lambda, Endpoint: !GetAtt Orders.Arn, RawMessageDelivery: true}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true}}
  Failed: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !ImportValue queue, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, TopicName: !Sub "${AWS::StackName}-orders"}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: orders.fifo}}
---
Resources:
  ToStream: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: firehose, Endpoint: !ImportValue Stream}}
---
Resources:
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {order: {kind: [new]}}}}
---
Resources:
  Keys: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {a: [x], b: [x], c: [x], d: [x], e: [x], f: [x]}}}
---
Resources:
  Many: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {a: ["1", "2", "3", "4", "5", "6"], b: ["1", "2", "3", "4", "5", "6"], c: ["1", "2", "3", "4", "5"]}}}
---
resource "aws_sns_topic_subscription" "mail" {
  topic_arn            = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol             = "email"
  endpoint             = "a@example.com"
  raw_message_delivery = true
}
"""

GOOD = """
Parameters: {Protocol: {Type: String}, Endpoint: {Type: String}, Fifo: {Type: String}}
Resources:
  Orders: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Work, FunctionVersion: "1", Name: live}}
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: !ImportValue Url}}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn, RawMessageDelivery: true}}
  ToLive: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: lambda, Endpoint: !Ref Live}}
  ToNested: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: sqs, Endpoint: !GetAtt Nested.Outputs.Arn}}
  ToUnknown: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: !Ref Protocol, Endpoint: !GetAtt Orders.Arn}}
  ToEndpoint: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: https, Endpoint: !Ref Endpoint}}
  ToStream: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: firehose, Endpoint: !ImportValue Stream, SubscriptionRoleArn: !ImportValue Role}}
  Body: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicyScope: MessageBody, FilterPolicy: {order: {kind: [new]}}}}
  Attributes: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {kind: [new], $or: [{a: [b]}, {c: [d]}]}}}
  Most: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {a: ["1", "2", "3", "4", "5", "6"], b: ["1", "2", "3", "4", "5"], c: ["1", "2", "3", "4", "5"], d: [{exists: true}], e: [{prefix: f}]}}}
  OnBody: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !ImportValue Topic, Protocol: email, Endpoint: a@example.com, FilterPolicyScope: MessageBody, FilterPolicy: {a: {b: [x], c: [x], d: [x], e: [x], f: [x], g: [x]}}}}
  Fifo: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, TopicName: !Sub "${AWS::StackName}.fifo", Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Named: {Type: AWS::SNS::Topic, Properties: {FifoTopic: true, TopicName: !Ref Fifo}}
  Failed: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  ToFifo: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Fifo, Protocol: sqs, Endpoint: !GetAtt Orders.Arn, RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}}}
---
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sns_topic_subscription" "stream" {
  topic_arn             = aws_sns_topic.orders.arn
  protocol              = "firehose"
  endpoint              = aws_kinesis_firehose_delivery_stream.orders.arn
  subscription_role_arn = var.role
}

variable "role" {}

resource "aws_kinesis_firehose_delivery_stream" "orders" {}
"""
