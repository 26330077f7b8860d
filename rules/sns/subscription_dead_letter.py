"""A subscription should have a dead-letter queue for messages that SNS can't deliver.

When an endpoint does not exist, rejects a message or lacks a permission, SNS retries for a while and then drops the
message. With a dead-letter queue the message is kept and can be sent again. Email and SMS subscriptions are not checked,
nor are those of a topic to which alarms alone publish: the state of an alarm can be read again. Nor are
those of a topic to which lifecycle hooks alone publish: a hook waits for minutes, so that a message which is kept is stale.

What to do: set RedrivePolicy (Terraform: redrive_policy) of the subscription to a queue that SNS may send to.
"""

from awslint_memo import Findings, Fix, Reference, Resource, added_queues, notices, rule, staleness, subscriptions

WITH_DEAD_LETTERS = ("sqs", "lambda", "http", "https")


@rule(
    level="advice",
    resource=("AWS::SNS::Subscription", "AWS::SNS::Topic"),
    memo="デッドレターキューの利用",
    aws="sns/latest/dg/sns-dead-letter-queues.html",
    fix="unsafe",
)
def check(resource: Resource) -> Findings:
    for subscription in subscriptions.subscriptions(resource):
        protocol = subscription.protocol.text
        if protocol not in WITH_DEAD_LETTERS or not subscription.redrive_policy.is_absent:
            continue
        if notices.hears_alarms_alone(subscription.topic) or staleness.are_passing(subscription.resource):
            continue
        place, deciding = subscription.place, [subscription.protocol]
        if subscription.is_inline:
            message = f"has an inline {protocol} subscription, which can have no dead-letter queue"
            yield resource.finding(place, message, do=INLINE, decided_by=deciding)
        else:
            message = f"has no RedrivePolicy, so SNS drops messages that it can't deliver (Protocol {protocol})"
            kind = "FIFO dead-letter queue" if subscription.is_fifo else "dead-letter queue"
            remedy = f"add a RedrivePolicy with a {kind}"
            yield resource.finding(place, message, do=remedy, decided_by=deciding, fix=fix(subscription))


INLINE = "make it an AWS::SNS::Subscription with a RedrivePolicy"


def fix(subscription: subscriptions.Subscription) -> Fix | None:
    """A dead-letter queue of the topic's kind. SAM calls the topic of an event otherwise."""
    if subscription.is_fifo is None:
        return None
    named = subscription.resource.same("Topic" if subscription.resource.part else "TopicArn")
    target = subscription.resource.set("RedrivePolicy", {"deadLetterTargetArn": Reference("Arn")})
    return target + added_queues.added_open_queue(
        subscription.resource, "sns.amazonaws.com", named, is_fifo=subscription.is_fifo
    )


BAD = """
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !ImportValue Function}, {Protocol: email, Endpoint: a@example.com}]}}
---
variable "topic" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = var.topic
  protocol  = "https"
  endpoint  = "https://example.com/"
}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !ImportValue Orders}}
---
resource "aws_sns_topic" "orders" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "https"
  endpoint  = "https://example.com/orders"
}
---
# A rule publishes beside the alarm.
Resources:
  Notices: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: https, Endpoint: "https://pager.example/alarms"}]}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Notices]}}
  Orders: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [orders]}, Targets: [{Id: a, Arn: !Ref Notices}]}}
---
# What is put out may be told by others.
Resources:
  Hooks: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: lambda, Endpoint: !ImportValue Drain}]}}
  Terminating: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !ImportValue group, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", NotificationTargetARN: !Ref Hooks}}
Outputs:
  Hooks: {Value: !Ref Hooks, Export: {Name: hooks}}
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
Resources:
  Notices: {Type: AWS::SNS::Topic}
  ToPager: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Notices, Protocol: https, Endpoint: "https://pager.example/alarms"}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Latency, Statistic: Average, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanThreshold, AlarmActions: [!Ref Notices], OKActions: [!Ref Notices]}}
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
---
Resources:
  Hooks: {Type: AWS::SNS::Topic}
  ToDrain: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Hooks, Protocol: lambda, Endpoint: !ImportValue Drain}}
  Terminating: {Type: AWS::AutoScaling::LifecycleHook, Properties: {AutoScalingGroupName: !ImportValue group, LifecycleTransition: "autoscaling:EC2_INSTANCE_TERMINATING", NotificationTargetARN: !Ref Hooks}}
---
resource "aws_sns_topic" "hooks" {}

resource "aws_sns_topic_subscription" "drain" {
  topic_arn = aws_sns_topic.hooks.arn
  protocol  = "https"
  endpoint  = "https://drain.example/hooks"
}

resource "aws_autoscaling_lifecycle_hook" "terminating" {
  name                    = "terminating"
  autoscaling_group_name  = "web"
  lifecycle_transition    = "autoscaling:EC2_INSTANCE_TERMINATING"
  notification_target_arn = aws_sns_topic.hooks.arn
  role_arn                = aws_iam_role.notifying.arn
}

resource "aws_iam_role" "notifying" {
  name               = "notifying"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "autoscaling.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "notifying" {
  role   = aws_iam_role.notifying.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.hooks.arn }] })
}
"""

FIXED = """
-  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !ImportValue Orders}}
+  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !ImportValue Orders, RedrivePolicy: {deadLetterTargetArn: !GetAtt ToOrdersDeadLetters.Arn}}}
+  ToOrdersDeadLetters:
+    Type: AWS::SQS::Queue
+    Properties:
+      MessageRetentionPeriod: 1209600
+  ToOrdersDeadLettersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref ToOrdersDeadLetters
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: sns.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt ToOrdersDeadLetters.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !Ref Topic
---
   endpoint  = "https://example.com/orders"
+  redrive_policy = jsonencode({
+    deadLetterTargetArn = aws_sqs_queue.orders_dead_letters.arn
+  })
 }
+
+resource "aws_sqs_queue" "orders_dead_letters" {
+  message_retention_seconds = 1209600
+}
+
+resource "aws_sqs_queue_policy" "orders_dead_letters_policy" {
+  queue_url = aws_sqs_queue.orders_dead_letters.id
+  policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Effect = "Allow"
+      Principal = {
+        Service = "sns.amazonaws.com"
+      }
+      Action   = "sqs:SendMessage"
+      Resource = aws_sqs_queue.orders_dead_letters.arn
+      Condition = {
+        ArnEquals = {
+          "aws:SourceArn" = aws_sns_topic.orders.arn
+        }
+      }
+    }]
+  })
+}
"""
