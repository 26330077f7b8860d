"""A target of a rule should have a role where EventBridge needs one, and none where it does not.

EventBridge starts state machines, pipelines, builds and tasks, and writes to streams, with the role of the target. Without
RoleArn it may do none of that, and the event is lost after its retries, without an error that anybody sees. Functions,
topics and queues have policies of their own instead.

What to do: set RoleArn (Terraform: role_arn) of the target to a role that events.amazonaws.com may assume.
"""

from awslint_memo import Findings, Resource, each, rule, targets


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/APIReference/API_PutTargets.html",
)
def check(event_rule: Resource) -> Findings:
    for target in each(event_rule, "Targets"):
        what = targets.acts_with_role(event_rule.deployment, target.get("Arn"))
        if what and target.get("RoleArn").is_absent and not targets.is_disabled(event_rule):
            yield event_rule.finding(
                target,
                f"has no RoleArn, so EventBridge may not {what}",
                of=f"Target{targets.names(event_rule, [target])}",
                do="add a role that lets events.amazonaws.com do it",
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
resource "aws_cloudwatch_event_rule" "orders" {}

resource "aws_cloudwatch_event_target" "orders" {
  rule = aws_cloudwatch_event_rule.orders.name
  arn  = aws_kinesis_stream.orders.arn
}

resource "aws_kinesis_stream" "orders" {}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Role: {Type: String}, Target: {Type: String}}
Resources:
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 day)
      Targets: [{Id: a, Arn: !Ref Work, RoleArn: !Ref Role}, {Id: b, Arn: !Ref Target}, {Id: c, Arn: !GetAtt Function.Arn}, {Id: d, Arn: "arn:aws:sns:eu-west-1:123456789012:orders"}]
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
