"""The policy of a topic should let the services publish that use it.

The policy that a topic has by default lets CloudWatch alarms of its account publish, but neither EventBridge, which then
drops its events without an error that anybody sees, nor S3, whose notification is refused, nor the notification rules of
builds and pipelines. A policy that is written replaces that default: alarms are then delivered only if it names CloudWatch
or the account.

What to do: give the topic a policy that allows the service sns:Publish. A topic without a policy is not reported where an
output or another stack may know it, or where somebody is allowed sns:SetTopicAttributes or sns:AddPermission for it.
"""

from awslint_memo import Findings, Resource, rule, service_calls


@rule(
    level="error",
    since="0.2",
    resource="AWS::SNS::Topic",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="eventbridge/latest/userguide/eb-use-resource-based.html",
    fix="safe",
)
def check(topic: Resource) -> Findings:
    for refusal in service_calls.refusals(topic):
        yield topic.finding(
            refusal.place, refusal.message, do=refusal.do, related=refusal.related, fix=refusal.fix, about=[topic]
        )


BAD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Topic}]}}
  Topic: {Type: AWS::SNS::Topic}
---
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}
  Topic: {Type: AWS::SNS::Topic}
  Policy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Topic], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: !Ref Topic}]}}}
---
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {TopicConfigurations: [{Event: "s3:ObjectCreated:*", Topic: !Ref Topic}]}}}
  Topic: {Type: AWS::SNS::Topic}
  Default: {Type: AWS::SNS::TopicInlinePolicy, Properties: {TopicArn: !Ref Topic, PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sns:Publish", Resource: !Ref Topic, Condition: {StringEquals: {"AWS:SourceOwner": !Ref AWS::AccountId}}}]}}}
---
Resources:
  Builds: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {DetailType: BASIC, Name: builds, Resource: !ImportValue Project, EventTypeIds: [codebuild-project-build-state-failed], Targets: [{TargetType: SNS, TargetAddress: !Ref Topic}]}}
  Topic: {Type: AWS::SNS::Topic}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_sns_topic.orders.arn
}

resource "aws_sns_topic" "orders" {}
---
resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name    = "orders"
  alarm_actions = [aws_sns_topic.orders.arn]
}

resource "aws_sns_topic" "orders" {}

resource "aws_sns_topic_policy" "orders" {
  arn = aws_sns_topic.orders.arn
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "budgets.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.orders.arn
    }]
  })
}
"""

GOOD = """
Parameters: {Publisher: {Type: String}}
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref ByDefault, !Ref ByAccount, !Ref ByOwner, !Ref Known, !Ref Unknown]}}
  ByDefault: {Type: AWS::SNS::Topic}
  ByAccount: {Type: AWS::SNS::Topic}
  ByOwner: {Type: AWS::SNS::Topic}
  Known: {Type: AWS::SNS::Topic}
  Unknown: {Type: AWS::SNS::Topic}
  Paused: {Type: AWS::SNS::Topic}
  OffPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Paused], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: !Ref Paused}]}}}
  Silent: {Type: AWS::CloudWatch::Alarm, Properties: {ActionsEnabled: false, AlarmActions: [!Ref Paused]}}
  AccountPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref ByAccount], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref AWS::AccountId}, Action: "sns:Publish", Resource: !Ref ByAccount}]}}}
  OwnerPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref ByOwner], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: ["sns:Publish", "sns:Subscribe"], Resource: !Ref ByOwner, Condition: {StringEquals: {"AWS:SourceOwner": !Ref AWS::AccountId}}}]}}}
  KnownPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Known], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [cloudwatch.amazonaws.com]}, Action: "sns:Publish", Resource: !Ref Known}]}}}
  UnknownPolicy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Unknown], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: !Ref Publisher}, Action: "sns:Publish", Resource: !Ref Unknown}]}}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Exported}, {Id: b, Arn: !Ref WithRole, RoleArn: !ImportValue Role}]}}
  Exported: {Type: AWS::SNS::Topic}
  WithRole: {Type: AWS::SNS::Topic}
  Paused: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {DetailType: BASIC, Name: builds, Resource: !ImportValue Project, EventTypeIds: [codebuild-project-build-state-failed], Status: DISABLED, Targets: [{TargetType: SNS, TargetAddress: !Ref WithRole}]}}
Outputs:
  Topic: {Value: !Ref Exported, Export: {Name: topic}}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_sns_topic.orders.arn
}

resource "aws_sns_topic" "orders" {}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.orders.arn]

    principals {
      type        = "Service"
      identifiers = ["budgets.amazonaws.com", "events.amazonaws.com"]
    }
  }
}

resource "aws_sns_topic_policy" "orders" {
  arn    = aws_sns_topic.orders.arn
  policy = data.aws_iam_policy_document.orders.json
}
"""

FIXED = """
   Topic: {Type: AWS::SNS::Topic}
+  TopicPolicy:
+    Type: AWS::SNS::TopicPolicy
+    Properties:
+      Topics:
+        - !Ref Topic
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sns:Publish
+            Resource: !Ref Topic
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt Rule.Arn
"""
