"""A target of a rule should have a role where EventBridge needs one, and none where it does not.

EventBridge starts state machines, pipelines, builds and jobs, writes to streams and calls API destinations with the role of the
target. It refuses such a target without RoleArn when it is deployed. Functions, topics and queues have policies of their own instead, or a
role. To a log group EventBridge delivers by a policy of CloudWatch Logs only; AWS says that no role is to be given there.

What to do: set RoleArn (Terraform: role_arn) of the target to a role that events.amazonaws.com may assume; remove that of
a log group.
"""

from awslint_memo import Findings, Resource, each, rule, targets


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/APIReference/API_PutTargets.html",
    fix="safe",
)
def check(event_rule: Resource) -> Findings:
    for target in each(event_rule, "Targets"):
        what = targets.acts_with_role(event_rule.deployment, target.get("Arn"))
        if what and target.get("RoleArn").is_absent and not targets.is_disabled(event_rule):
            ids, to = targets.names(event_rule, [target])
            yield event_rule.finding(
                target,
                f"{to}has no RoleArn, which EventBridge needs to {what}, so it is refused",
                of=f"Target{ids}",
                do="add a role that lets events.amazonaws.com do it",
            )
        role = target.get("RoleArn")
        if not role.is_absent and targets.is_log_group(event_rule.deployment, target.get("Arn")):
            yield event_rule.finding(
                role,
                "is given for a log group, to which EventBridge delivers without a role, so delivery may fail",
                of=str(role.route),
                do="remove it",
                level="warning",
                fix=event_rule.unset(str(role.route)),
            )


BAD = """
Resources:
  Pushed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codecommit]}, Targets: [{Id: a, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}]}}
  Release: {Type: AWS::CodePipeline::Pipeline}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Work}]}}
  Work: {Type: AWS::StepFunctions::StateMachine}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Logs.Arn, RoleArn: "arn:aws:iam::123456789012:role/a"}]}}
  Logs: {Type: AWS::Logs::LogGroup}
---
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_kinesis_stream.orders.arn
}

resource "aws_kinesis_stream" "orders" {}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Jobs}]}}
  Jobs: {Type: AWS::Batch::JobQueue}
---
Resources:
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Tickets.Arn}]}}
  Tickets: {Type: AWS::Events::ApiDestination, Properties: {ConnectionArn: !ImportValue Connection, HttpMethod: POST, InvocationEndpoint: "https://example.com"}}
---
resource "aws_cloudwatch_event_rule" "failed" {}

resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = aws_cloudwatch_event_api_destination.tickets.arn
}

resource "aws_cloudwatch_event_api_destination" "tickets" {
  name                = "tickets"
  connection_arn      = "arn:aws:events:eu-west-1:123456789012:connection/tickets/1"
  http_method         = "POST"
  invocation_endpoint = "https://example.com"
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Role: {Type: String}, Target: {Type: String}}
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: a, Arn: !Ref Work, RoleArn: !Ref Role}, {Id: b, Arn: !Ref Target}, {Id: c, Arn: !GetAtt Function.Arn}, {Id: d, Arn: "arn:aws:sns:eu-west-1:123456789012:orders", RoleArn: !Ref Role}, {Id: e, Arn: !Sub "arn:aws:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/events/a"}, {Id: f, Arn: !Sub "arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/a"}]
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Work}]}}
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Events: {A: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  Function: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Function, Principal: events.amazonaws.com}}
---
variable "role" {}

resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule     = aws_cloudwatch_event_rule.orders.name
  arn      = aws_codebuild_project.orders.arn
  role_arn = var.role
}

resource "aws_codebuild_project" "orders" {}
"""

FIXED = """
-  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Logs.Arn, RoleArn: "arn:aws:iam::123456789012:role/a"}]}}
+  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Logs.Arn}]}}
"""
