"""The key of an encrypted queue or topic should let the services use it that send there.

A service that sends to an encrypted queue or topic makes a data key, for which the policy of the KMS key must allow it
kms:GenerateDataKey and kms:Decrypt. AWS's own keys (alias/aws/sns, alias/aws/sqs) admit no service, and nobody can change
their policy. Alarms, events and notifications are then lost, without an error that anybody sees. For a topic
EventBridge tells KMS neither the rule nor the account for which it asks, so a statement with aws:SourceArn or
aws:SourceAccount never admits it; for a queue that is not known.

What to do: encrypt with a customer key whose policy allows the service both actions; a queue may have SqsManagedSseEnabled
instead, which needs no key.
"""

from awslint_memo import Findings, Resource, rule, service_calls


@rule(
    level="error",
    since="0.2",
    resource=("AWS::SNS::Topic", "AWS::SQS::Queue"),
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="sns/latest/dg/sns-key-management.html",
)
def check(target: Resource) -> Findings:
    for lockout in service_calls.lockouts(target):
        yield target.finding(
            target.get("KmsMasterKeyId"),
            f"which does not let {lockout.words} use it, so {lockout.loss}",
            shown=lockout.key,
            do=lockout.do,
            related=lockout.related,
        )


BAD = """
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Topic]}}
  Topic: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/aws/sns}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Sub "arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/sqs"}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Orders}]}}
  Orders: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Alias}}
  Policy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sns:Publish", Resource: "*"}]}}}
  Alias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/orders, TargetKeyId: !Ref Key}}
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "kms:*", Resource: "*"}
          - {Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: "*", Condition: {ArnEquals: {"aws:SourceArn": !GetAtt Rule.Arn}}}
---
resource "aws_kms_key" "orders" {}

resource "aws_sns_topic" "orders" {
  kms_master_key_id = aws_kms_key.orders.id
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name    = "orders"
  alarm_actions = [aws_sns_topic.orders.arn]
}
---
resource "aws_sns_topic" "orders" {
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name    = "orders"
  alarm_actions = [aws_sns_topic.orders.arn]
}
"""

GOOD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Key}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}
  Key: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "kms:*", Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}}]}}}
---
Parameters: {Key: {Type: String}}
Resources:
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: [!Ref Plain, !Ref Unknown, !Ref Elsewhere, !Ref Known]}}
  Plain: {Type: AWS::SNS::Topic}
  Unknown: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Key}}
  Elsewhere: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/shared}}
  Known: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: !Ref Own}}
  Own: {Type: AWS::KMS::Key, Properties: {KeyPolicy: {Statement: [{Effect: Allow, Principal: {Service: [cloudwatch.amazonaws.com]}, Action: ["kms:GenerateDataKey*", "kms:Decrypt"], Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}}]}}}
  OnlyPrograms: {Type: AWS::SNS::Topic, Properties: {KmsMasterKeyId: alias/aws/sns}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref OnlyPrograms, RoleArn: !ImportValue Role}, {Id: b, Arn: !GetAtt Managed.Arn}]}}
  Managed: {Type: AWS::SQS::Queue, Properties: {SqsManagedSseEnabled: true}}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Managed], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: "sqs:SendMessage", Resource: "*"}]}}}
---
variable "key_policy" {}

resource "aws_kms_key" "orders" {
  policy = var.key_policy
}

resource "aws_kms_key" "others" {}

resource "aws_kms_key_policy" "others" {
  key_id = aws_kms_key.others.id
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "cloudwatch.amazonaws.com" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_sns_topic" "orders" {
  kms_master_key_id = aws_kms_key.orders.id
}

resource "aws_sns_topic" "others" {
  kms_master_key_id = aws_kms_key.others.arn
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name    = "orders"
  alarm_actions = [aws_sns_topic.orders.arn, aws_sns_topic.others.arn]
}
"""
