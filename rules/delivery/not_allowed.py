"""The policy of a queue should let the services send that use it.

EventBridge, SNS and S3 send to a queue with principals of their own. Unless a policy of the queue lets them, EventBridge
and SNS drop what they have, without an error that anybody sees, and S3 refuses the notification when it is deployed. A
queue has no policy by default, and a dead-letter queue needs one too.

What to do: give the queue a policy that allows the service sqs:SendMessage, with the rule, topic or bucket as
aws:SourceArn. A queue without a policy is not reported where an output or another stack may know it (by more than its ARN: a policy
names its queue by the URL), or where somebody is allowed sqs:SetQueueAttributes or sqs:AddPermission for it: a program may then give it a policy. So may one of a nested stack
that was not read, if it is given a part of the queue's name or what is not known.
"""

from awslint_memo import Findings, Resource, rule, service_calls


@rule(
    level="error",
    since="0.2",
    resource="AWS::SQS::Queue",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="eventbridge/latest/userguide/eb-use-resource-based.html",
    fix="safe",
)
def check(queue: Resource) -> Findings:
    for refusal in service_calls.refusals(queue):
        yield queue.finding(
            refusal.place, refusal.message, do=refusal.do, related=refusal.related, fix=refusal.fix, about=[queue]
        )


BAD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
  Programs: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/programs.yaml", Parameters: {Size: small}}}
---
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}]}}
  Failed: {Type: AWS::SQS::Queue}
  Topic: {Type: AWS::SNS::Topic}
  Work: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: https, Endpoint: "https://example.com/", RedrivePolicy: {deadLetterTargetArn: !GetAtt Failed.Arn}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: sns.amazonaws.com}, Action: "sqs:*", Resource: "*"}]}}}
---
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {NotificationConfiguration: {QueueConfigurations: [{Event: "s3:ObjectCreated:*", Queue: !GetAtt Orders.Arn}]}}}
  Orders: {Type: AWS::SQS::Queue}
  Others: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: s3.amazonaws.com}, Action: "sqs:SendMessage", Resource: !GetAtt Others.Arn}]}}}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_sqs_queue.orders.arn
}

resource "aws_sqs_queue" "orders" {}
---
resource "aws_sns_topic" "orders" {}

resource "aws_sns_topic" "others" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders.arn
}

resource "aws_sqs_queue" "orders" {}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.others.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.orders.json
}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Orders: {Type: AWS::SQS::Queue}
Outputs:
  OrdersArn: {Value: !GetAtt Orders.Arn}
---
resource "aws_sns_topic" "orders" {}

resource "aws_sns_topic_subscription" "orders" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders.arn
}

resource "aws_sqs_queue" "orders" {}

# A queue has no other ARN than its own: not its URL, and none with something behind it.
resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = [aws_sqs_queue.orders.url, "${aws_sqs_queue.orders.arn}:orders"]
    }]
  })
}
---
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: !Ref Orders}]}}}
"""

GOOD = """
Parameters: {Policy: {Type: String}, Topic: {Type: String}}
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}, {Id: b, Arn: !GetAtt Role.Arn, RoleArn: !ImportValue Role}]}}
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Role.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Role: {Type: AWS::SQS::Queue}
  ToOrders: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Allowed:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - {Effect: Allow, Principal: {Service: [events.amazonaws.com]}, Action: "SQS:Send*", Resource: !GetAtt Orders.Arn, Condition: {ArnLike: {"aws:SourceArn": !GetAtt Rule.Arn}}}
          - {Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: "sqs:SendMessage", Resource: !GetAtt Orders.Arn, Condition: {ArnEquals: {"aws:SourceArn": !Ref Topic}}}
          - {Effect: Deny, Principal: "*", Action: "sqs:*", Resource: "*", Condition: {Bool: {"aws:SecureTransport": "false"}}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToKnown: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Known.Arn}}
  Known: {Type: AWS::SQS::Queue}
  Anybody: {Type: AWS::SQS::QueueInlinePolicy, Properties: {Queue: !Ref Known, PolicyDocument: {Statement: [{Effect: Allow, Principal: "*", Action: "sqs:SendMessage", Resource: "*", Condition: {StringEquals: {"aws:SourceAccount": !Ref AWS::AccountId}}}]}}}
  ToUnknown: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Unknown.Arn}}
  Unknown: {Type: AWS::SQS::Queue}
  Given: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Unknown], PolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: sns.amazonaws.com}, Action: !Ref Policy, Resource: "*"}]}}}
  Account: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt OfAccount.Arn}}
  OfAccount: {Type: AWS::SQS::Queue}
  ForAccount: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref OfAccount], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Sub "arn:aws:iam::${AWS::AccountId}:root"}, Action: "sqs:*", Resource: "*"}]}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToExported: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Exported.Arn}}
  Exported: {Type: AWS::SQS::Queue}
Outputs:
  Queue: {Value: !Ref Exported, Export: {Name: orders}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  ToGiven: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Given.Arn}}
  Given: {Type: AWS::SQS::Queue}
  Programs: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/programs.yaml", Parameters: {Queue: !GetAtt Given.Arn}}}
---
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Subscription: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
  Opens: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*QueueAttributes", Resource: !Sub "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:orders"}]}}}
  ToShop: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt OfShop.Arn}}
  OfShop: {Type: AWS::SQS::Queue, Properties: {QueueName: shop-orders}}
  Programs: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/programs.yaml", Parameters: {Prefix: shop}}}
---
Parameters: {Name: {Type: String}}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Subscription: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Orders.Arn}}
  Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
  Programs: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: "https://example.com/programs.yaml", Parameters: {Name: !Ref Name}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Function: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: SNS, Properties: {Topic: !Ref Topic, SqsSubscription: true}}, B: {Type: Schedule, Properties: {Schedule: rate(1 day), DeadLetterConfig: {Type: SQS}}}}}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Orders.Arn}]}}
  Orders: {Type: AWS::SQS::Queue}
  Connector: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Rule}, Destination: {Id: Orders}, Permissions: [Write]}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt Others.Arn, RoleArn: !ImportValue Role}}}
  Others: {Type: AWS::SQS::Queue}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_sqs_queue.orders.arn
}

resource "aws_sqs_queue" "orders" {
  name = "orders"

  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:*:*:orders"
    }]
  })
}
---
variable "policy" {}

resource "aws_s3_bucket" "orders" {}

resource "aws_s3_bucket_notification" "orders" {
  bucket = aws_s3_bucket.orders.id

  queue {
    queue_arn = aws_sqs_queue.orders.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_sqs_queue" "orders" {}

data "aws_iam_policy_document" "orders" {
  source_policy_documents = [var.policy]

  statement {
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = ["*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.orders.json
}
"""

FIXED = """
   Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
+  OrdersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref Orders
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt Orders.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt Rule.Arn
---
   Failed: {Type: AWS::SQS::Queue}
+  FailedPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref Failed
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt Failed.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt Rule.Arn
+          - Effect: Allow
+            Principal:
+              Service: sns.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt Failed.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !Ref Topic
---
 resource "aws_sqs_queue" "orders" {}
+
+resource "aws_sqs_queue_policy" "orders_policy" {
+  queue_url = aws_sqs_queue.orders.id
+  policy = jsonencode({
+    Version = "2012-10-17"
+    Statement = [{
+      Effect = "Allow"
+      Principal = {
+        Service = "events.amazonaws.com"
+      }
+      Action   = "sqs:SendMessage"
+      Resource = aws_sqs_queue.orders.arn
+      Condition = {
+        ArnEquals = {
+          "aws:SourceArn" = aws_cloudwatch_event_rule.orders.arn
+        }
+      }
+    }]
+  })
+}
---
   Orders: {Type: AWS::SQS::Queue}
+  OrdersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref Orders
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: sns.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt Orders.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !Ref Topic
 Outputs:
"""
