"""A filter on attributes should be for messages that have attributes.

A FilterPolicy is applied on the attributes of messages unless FilterPolicyScope is MessageBody. The messages of alarms,
of EventBridge's rules and of buckets have no attributes: NewStateValue, detail-type, Records and the rest stand in their body.
With such a filter the subscriber gets none of them. Where a topic has a name, by which others may publish to it too, and its
policy admits services alone, it is advice.

What to do: set FilterPolicyScope (Terraform: filter_policy_scope) to MessageBody.
"""

from awslint_memo import Findings, Resource, rule, sns_filters, subscriptions


@rule(
    level="warning",
    since="0.2",
    resource="AWS::SNS::Subscription",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="sns/latest/dg/sns-message-filtering-scope.html",
    fix="safe",
)
def check(subscription: Resource) -> Findings:
    for entry in subscriptions.subscriptions(subscription):
        found = sns_filters.unfiltered_sender(entry)
        if found is not None:
            sender, is_sure = found
            is_known = sns_filters.is_in_body(sender, entry.filter_policy)
            do = "set FilterPolicyScope to MessageBody"
            yield subscription.finding(
                entry.filter_policy,
                f"filters on attributes, which the messages of {sender.title} do not have, so none is delivered",
                do=do if is_known else f"{do}, and ask for what the body has",
                level=None if is_sure else "advice",
                related=[(sender, "publishes to the topic")],
                fix=subscription.set("FilterPolicyScope", "MessageBody") if is_known else None,
            )


BAD = """
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: alarms}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {OKActions: [!Ref Topic]}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {NewStateValue: [OK]}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {severity: [high]}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Placed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: topic, Arn: !Ref Topic}]}}
  Work: {Type: AWS::SQS::Queue}
  Allowed: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Work], PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*", Condition: {ArnEquals: {"aws:SourceArn": !Ref Topic}}}]}}}
  Web: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Work.Arn, FilterPolicy: {channel: [web]}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Scans: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !Ref Topic}]}}}
  Work: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: lambda, Endpoint: !ImportValue work, FilterPolicy: {kind: [scan]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: uploads}}
  Scans: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !Ref Topic}]}}}
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Uploads: {Type: SNS, Properties: {Topic: !Ref Topic, FilterPolicy: {eventName: [{prefix: "ObjectCreated:"}]}}}}}}
---
resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name    = "errors"
  alarm_actions = [aws_sns_topic.alarms.arn]
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn     = aws_sns_topic.alarms.arn
  protocol      = "email"
  endpoint      = "a@example.com"
  filter_policy = jsonencode({ AlarmName = [{ prefix = "prod-" }] })
}
---
Parameters: {Stage: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: !Sub "returns-${Stage}"}}
  Admitted: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Topic], PolicyDocument: {Statement: [{Effect: Deny, Principal: "*", Action: "sns:Publish", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}, {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: "*"}]}}}
  Returned: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: topic, Arn: !Ref Topic}]}}
  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {reason: [damaged]}}}
"""

GOOD = """
Parameters: {Scope: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic, !Ref Shared]}}
  Body: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicyScope: MessageBody, FilterPolicy: {NewStateValue: [OK]}}}
  Unknown: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicyScope: !Ref Scope, FilterPolicy: {NewStateValue: [OK]}}}
  All: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com}}
  Shared: {Type: AWS::SNS::Topic}
  Placed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: topic, Arn: !Ref Shared}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {Environment: {Variables: {TOPIC: !Ref Shared}}}}
  High: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Shared, Protocol: email, Endpoint: a@example.com, FilterPolicy: {severity: [high]}}}
  Orders: {Type: AWS::SNS::Topic}
  Paid: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Orders, Protocol: email, Endpoint: a@example.com, FilterPolicy: {kind: [paid]}}}
  Files: {Type: AWS::SNS::Topic, Properties: {TopicName: files}}
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !Ref Files}]}}}
  Records: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Files, Protocol: email, Endpoint: a@example.com, FilterPolicyScope: MessageBody, FilterPolicy: {Records: {eventName: [{prefix: "ObjectCreated:"}]}}}}
  Returns: {Type: AWS::SNS::Topic, Properties: {TopicName: returns}}
  Admitted: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Returns], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com, AWS: "111122223333"}, Action: "sns:Publish", Resource: "*"}]}}}
  Returned: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: topic, Arn: !Ref Returns}]}}
  Damaged: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Returns, Protocol: email, Endpoint: a@example.com, FilterPolicy: {reason: [damaged]}}}
  Told: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Files, Protocol: email, Endpoint: a@example.com, FilterPolicy: {kind: [paid], eventName: [paid]}}}
---
variable "scope" {}

resource "aws_sns_topic" "alarms" {
  name = "alarms"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name    = "errors"
  alarm_actions = [aws_sns_topic.alarms.arn]
}

resource "aws_sns_topic_subscription" "body" {
  topic_arn           = aws_sns_topic.alarms.arn
  protocol            = "email"
  endpoint            = "a@example.com"
  filter_policy       = jsonencode({ AlarmName = [{ prefix = "prod-" }] })
  filter_policy_scope = "MessageBody"
}

resource "aws_sns_topic_subscription" "unknown" {
  topic_arn           = aws_sns_topic.alarms.arn
  protocol            = "email"
  endpoint            = "a@example.com"
  filter_policy       = jsonencode({ AlarmName = [{ prefix = "prod-" }] })
  filter_policy_scope = var.scope
}
"""

FIXED = """
-  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {NewStateValue: [OK]}}}
+  Mail: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: a@example.com, FilterPolicy: {NewStateValue: [OK]}, FilterPolicyScope: MessageBody}}
---
-  topic_arn     = aws_sns_topic.alarms.arn
-  protocol      = "email"
-  endpoint      = "a@example.com"
-  filter_policy = jsonencode({ AlarmName = [{ prefix = "prod-" }] })
+  topic_arn           = aws_sns_topic.alarms.arn
+  protocol            = "email"
+  endpoint            = "a@example.com"
+  filter_policy       = jsonencode({ AlarmName = [{ prefix = "prod-" }] })
+  filter_policy_scope = "MessageBody"
"""
