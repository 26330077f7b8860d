"""A target of a rule or schedule should have a dead-letter queue for events that can't be delivered.

If a target does not exist, lacks a permission or is throttled for too long, EventBridge drops the event after its
retries. With a dead-letter queue it keeps the event and the reason. A function's own dead-letter queue holds only events
that reached the function. Log groups and event buses as targets are not checked, nor topics that only tell people by mail or
chat, nor is a schedule that runs each day or more often, or is named after what goes over all that is there (a cleanup):
its next run does what a lost one would have done. Nor is one that by its name starts, stops or reports something, which
is missed where it did not happen. Nor is a rule for what is over within minutes, such as the warning that a Spot Instance is
interrupted, or the action of a lifecycle hook: when somebody reads the queue, the event says nothing any more.

What to do: set DeadLetterConfig (Terraform: dead_letter_config) of the target to a standard queue whose policy lets
EventBridge send to it; to the queue of a schedule, the schedule's role must be allowed to send.
"""

from collections.abc import Sequence

from awslint_memo import Findings, Fix, Reference, Resource, Value, added_queues, each, events, roles, rule, staleness


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="eventbridge/latest/userguide/eb-rule-dlq.html",
    fix="unsafe",
)
def check(event_rule: Resource) -> Findings:
    lacking = [target for target in each(event_rule, "Targets") if drops(event_rule, target)]
    if lacking:
        first, *others = lacking
        ids, to = events.names(event_rule, lacking)
        # SAM's event has one target only.
        subject = f"Targets{ids}" if others else "" if event_rule.part else f"Target{ids}"
        yield event_rule.finding(
            first,
            f"{to}{'have' if others else 'has'} no {config(event_rule)}, so events that EventBridge can't deliver are "
            "lost after its retries",
            of=subject,
            do="add one with a queue",
            related=[(other, "has no dead-letter queue either") for other in others],
            fix=fix(event_rule, lacking),
        )


@check.on("AWS::Scheduler::Schedule")
def schedule(schedule: Resource) -> Findings:
    target, role = schedule.get("Target"), schedule.follow("Target.RoleArn", roles.ROLE)
    if drops(schedule, target):
        yield schedule.finding(
            target,
            f"has no {config(schedule)}, so an invocation that EventBridge Scheduler can't deliver is lost after its "
            "retries",
            of="" if schedule.part else "Target",
            do="add one with a queue",
            fix=added_queues.queue_of_schedule(schedule, role),
        )


def config(sender: Resource) -> str:
    return "dead_letter_config" if sender.language == "terraform" else "DeadLetterConfig"


def drops(sender: Resource, target: Value) -> bool:
    """Whether a target surely loses events, and surely is neither a log group, an event bus nor a topic for people."""
    to = sender.deployment.find(target.get("Arn"))
    # What a parameter or variable switches off may be switched on.
    is_off = events.is_disabled(sender) and sender.get("State").is_literal
    if is_off or staleness.is_dispensable(sender, to):
        return False
    return target.get("DeadLetterConfig").is_absent and events.needs_dead_letters(sender.deployment, target.get("Arn"))


def fix(event_rule: Resource, lacking: Sequence[Value]) -> Fix | None:
    """One queue for all targets of a rule: that of another target, or a new one."""
    paths = [f"{target.route}.DeadLetterConfig" for target in lacking]
    for target in each(event_rule, "Targets"):
        arn = added_queues.kept_queue(event_rule, target)
        if arn is not None:
            doubt = f"sends to the queue of {target.route}"
            return Fix.of_all(event_rule.set(path, {"Arn": arn}, unsafe=doubt) for path in paths)
    named = Fix.of_all(event_rule.set(path, {"Arn": Reference("Arn")}) for path in paths)
    added = added_queues.added_open_queue(event_rule, "events.amazonaws.com", event_rule.own_reference("Arn"))
    return added if named is None else named + added


BAD = """
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn}, {Id: b, Arn: "arn:aws:sns:eu-west-1:123456789012:b"}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !ImportValue Failed}}}
---
Resources:
  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), Target: {Arn: !GetAtt Work.Arn}}}
  Work: {Type: AWS::Lambda::Function}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_lambda_function.orders.arn
}

resource "aws_lambda_function" "orders" {}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_lambda_function.orders.arn
}

resource "aws_cloudwatch_event_target" "kept" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_lambda_function.orders.arn

  dead_letter_config {
    arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_sqs_queue" "failed" {}

resource "aws_lambda_function" "orders" {}
---
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: scheduler.amazonaws.com}, Action: "sts:AssumeRole"}]}
  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}}}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !ImportValue Failed}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Orders: {Type: EventBridgeRule, Properties: {Pattern: {source: [orders]}}}}}}
---
# The change of a state may be told later too.
Resources:
  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ec2], detail-type: [EC2 Spot Instance Interruption Warning, EC2 Instance State-change Notification]}, Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !ImportValue Failed}}}
---
Parameters: {Queue: {Type: String}}
Resources:
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn}, {Id: queue, Arn: !Ref Queue, DeadLetterConfig: {Arn: !ImportValue Failed}}]}}
  Work: {Type: AWS::Lambda::Function, Properties: {DeadLetterConfig: {TargetArn: !ImportValue Failed}}}
"""

GOOD = """
Resources:
  Interrupted: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ec2], detail-type: [EC2 Spot Instance Interruption Warning, EC2 Instance Rebalance Recommendation]}, Targets: [{Id: a, Arn: !GetAtt Drain.Arn}]}}
  Terminated: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.autoscaling], detail-type: [EC2 Instance-terminate Lifecycle Action]}, Targets: [{Id: a, Arn: !GetAtt Drain.Arn}]}}
  Drain: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13}}
---
resource "aws_cloudwatch_event_rule" "interrupted" {
  event_pattern = jsonencode({
    source      = ["aws.ec2"]
    detail-type = ["EC2 Spot Instance Interruption Warning"]
  })
}

resource "aws_cloudwatch_event_target" "interrupted" {
  rule = aws_cloudwatch_event_rule.interrupted.name
  arn  = aws_lambda_function.drain.arn
}

resource "aws_lambda_function" "drain" {
  function_name = "drain"
  role          = "r"
}
---
Resources:
  Often: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(5 minutes), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  WeeklyCleanup: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  StopInstances: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt CostReport.Arn, RoleArn: r}}}
  Warm: {Type: AWS::Events::Rule, Properties: {Description: Keeps the function warm, ScheduleExpression: rate(7 days), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline]}, Targets: [{Id: a, Arn: !Ref Notices}]}}
  Notices: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: email, Endpoint: a@example.com}]}}
  CostReport: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13}}
  Daily: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(10 2 ? * MON-FRI *), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  EachDay: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: cron(10 2 */1 * ? *), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Weekdays: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: "cron(0/5 6-16 ? * MON-SAT *)", Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Scheduled: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt Work.Arn, RoleArn: r}}}
  Work: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13}}
---
resource "aws_cloudwatch_event_rule" "often" {
  schedule_expression = "rate(15 minutes)"
}

resource "aws_cloudwatch_event_target" "often" {
  rule = aws_cloudwatch_event_rule.often.name
  arn  = aws_lambda_function.work.arn
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "r"
}
---
Parameters: {Target: {Type: String}, Config: {Type: String}}
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Targets:
        - {Id: work, Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}
        - {Id: logs, Arn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/events/orders"}
        - {Id: group, Arn: !GetAtt Logs.Arn}
        - {Id: bus, Arn: !GetAtt Bus.Arn}
        - {Id: elsewhere, Arn: "arn:aws:events:eu-west-1:123456789012:event-bus/other"}
        - {Id: unknown, Arn: !Ref Target}
        - {Id: imported, Arn: !ImportValue Logs}
  Work: {Type: AWS::Lambda::Function}
  Failed: {Type: AWS::SQS::Queue}
  Logs: {Type: AWS::Logs::LogGroup}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !Ref Config}}}}
  ToBus: {Type: AWS::Scheduler::Schedule, Properties: {Target: {Arn: "arn:aws:scheduler:::aws-sdk:sqs:purgeQueue", DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}}}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_lambda_function.orders.arn

  dead_letter_config {
    arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_cloudwatch_event_target" "logs" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_cloudwatch_log_group.orders.arn
}

resource "aws_cloudwatch_log_group" "orders" {}

resource "aws_lambda_function" "orders" {}

resource "aws_sqs_queue" "failed" {}
"""

FIXED = """
-  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn}, {Id: b, Arn: "arn:aws:sns:eu-west-1:123456789012:b"}]}}
+  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !GetAtt RuleDeadLetters.Arn}}, {Id: b, Arn: "arn:aws:sns:eu-west-1:123456789012:b", DeadLetterConfig: {Arn: !GetAtt RuleDeadLetters.Arn}}]}}
+  RuleDeadLetters:
+    Type: AWS::SQS::Queue
+    Properties:
+      MessageRetentionPeriod: 1209600
+  RuleDeadLettersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref RuleDeadLetters
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt RuleDeadLetters.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt Rule.Arn
---
 resource "aws_cloudwatch_event_rule" "orders" {}
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
+        Service = "events.amazonaws.com"
+      }
+      Action   = "sqs:SendMessage"
+      Resource = aws_sqs_queue.orders_dead_letters.arn
+      Condition = {
+        ArnEquals = {
+          "aws:SourceArn" = aws_cloudwatch_event_rule.orders.arn
+        }
+      }
+    }]
+  })
+}
   arn  = aws_lambda_function.orders.arn
+
+  dead_letter_config {
+    arn = aws_sqs_queue.orders_dead_letters.arn
+  }
---
   arn  = aws_lambda_function.orders.arn
+
+  dead_letter_config {
+    arn = aws_sqs_queue.failed.arn
+  }
---
-  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}}}
+  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn, DeadLetterConfig: {Arn: !GetAtt WeeklyDeadLetters.Arn}}}}
+  WeeklyDeadLetters:
+    Type: AWS::SQS::Queue
+    Properties:
+      MessageRetentionPeriod: 1209600
+  WeeklyDeadLettersPolicy:
+    Type: AWS::IAM::Policy
+    Properties:
+      PolicyName: dead-letters
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Action: sqs:SendMessage
+            Resource: !GetAtt WeeklyDeadLetters.Arn
+      Roles:
+        - !Ref Role
---
-  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Orders: {Type: EventBridgeRule, Properties: {Pattern: {source: [orders]}}}}}}
+  Work: {Type: AWS::Serverless::Function, Properties: {Events: {Orders: {Type: EventBridgeRule, Properties: {Pattern: {source: [orders]}, DeadLetterConfig: {Arn: !GetAtt WorkOrdersDeadLetters.Arn}}}}}}
+  WorkOrdersDeadLetters:
+    Type: AWS::SQS::Queue
+    Properties:
+      MessageRetentionPeriod: 1209600
+  WorkOrdersDeadLettersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref WorkOrdersDeadLetters
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt WorkOrdersDeadLetters.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt WorkOrders.Arn
---
-  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ec2], detail-type: [EC2 Spot Instance Interruption Warning, EC2 Instance State-change Notification]}, Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
+  Stopped: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ec2], detail-type: [EC2 Spot Instance Interruption Warning, EC2 Instance State-change Notification]}, Targets: [{Id: a, Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !GetAtt StoppedDeadLetters.Arn}}]}}
+  StoppedDeadLetters:
+    Type: AWS::SQS::Queue
+    Properties:
+      MessageRetentionPeriod: 1209600
+  StoppedDeadLettersPolicy:
+    Type: AWS::SQS::QueuePolicy
+    Properties:
+      Queues:
+        - !Ref StoppedDeadLetters
+      PolicyDocument:
+        Version: "2012-10-17"
+        Statement:
+          - Effect: Allow
+            Principal:
+              Service: events.amazonaws.com
+            Action: sqs:SendMessage
+            Resource: !GetAtt StoppedDeadLetters.Arn
+            Condition:
+              ArnEquals:
+                aws:SourceArn: !GetAtt Stopped.Arn
---
-  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn}, {Id: queue, Arn: !Ref Queue, DeadLetterConfig: {Arn: !ImportValue Failed}}]}}
+  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: work, Arn: !GetAtt Work.Arn, DeadLetterConfig: {Arn: !ImportValue Failed}}, {Id: queue, Arn: !Ref Queue, DeadLetterConfig: {Arn: !ImportValue Failed}}]}}
"""
