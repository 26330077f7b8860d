"""The role of a target or pipe should let EventBridge send to it, and read the pipe's source.

With a target that has a role, rules and schedules send by that role alone. Where the role lacks the permission, such as
lambda:InvokeFunction or states:StartExecution, each event is lost after its retries, without an error that anybody sees. A
pipe reads its source with its role too, and does not run without the permission.

What to do: allow the role the action that the message names, for the target or source.
"""

from collections.abc import Iterable

from awslint_memo import Findings, Resource, role_uses, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="eventbridge/latest/userguide/eb-events-iam-roles.html",
)
def check(sender: Resource) -> Findings:
    yield from told(sender, role_uses.unable(sender))


@check.on("AWS::Pipes::Pipe")
def pipe(pipe: Resource) -> Findings:
    yield from told(pipe, role_uses.unable_pipe(pipe))


def told(sender: Resource, lacks: Iterable[role_uses.Lack]) -> Findings:
    for lack in lacks:
        verb = "reads" if str(lack.value.route) == "Source" else "gets to"
        yield sender.finding(
            lack.value,
            f"never {verb} {lack.target.title}, because {lack.role.title} does not allow {lack.action} for it",
            do=f"allow it in a policy of {lack.role.title}",
            related=[(lack.role, "the role")],
        )


BAD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeAsync", Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:*", Resource: !Ref Other}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine}
  Other: {Type: AWS::StepFunctions::StateMachine}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Work, RoleArn: !GetAtt Role.Arn}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["sqs:ReceiveMessage", "sqs:GetQueueAttributes", "sqs:SendMessage"], Resource: "*"}]}}]}}
  Orders: {Type: AWS::SQS::Queue}
  Copies: {Type: AWS::SQS::Queue}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role.Arn, Source: !GetAtt Orders.Arn, Target: !GetAtt Copies.Arn}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Orders: {Type: AWS::SQS::Queue}
  Copies: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::Lambda::Function}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role.Arn, Source: !GetAtt Orders.Arn, Enrichment: !GetAtt Work.Arn, Target: !GetAtt Copies.Arn}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_sqs_queue" "work" {}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  target {
    arn      = aws_sqs_queue.work.arn
    role_arn = aws_iam_role.work.arn
  }
}
"""

GOOD = """
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Work: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Action: "lambda:InvokeFunction", Principal: !GetAtt Role.Arn}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}]}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["lambda:Invoke*", "states:StartExecution"], Resource: "*"}]}}]}}
  Managed: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Role2: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"]}}
  Open: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: [!Sub "${Work.Arn}:*"]}]}}]}}
  Work: {Type: AWS::Lambda::Function}
  Machine: {Type: AWS::StepFunctions::StateMachine}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn}}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Machine, RoleArn: !GetAtt Role.Arn}, {Id: b, Arn: !Ref Machine, RoleArn: !GetAtt Managed.Arn}, {Id: c, Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Open.Arn}, {Id: d, Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role2.Arn}, {Id: e, Arn: !ImportValue Work, RoleArn: !GetAtt Role2.Arn}]}}
  Machinery: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role2.Arn, Source: !ImportValue Orders, Enrichment: !GetAtt Work.Arn, Target: !Ref Machine}}
  Orders: {Type: AWS::SQS::Queue}
  Stopped: {Type: AWS::Pipes::Pipe, Properties: {DesiredState: STOPPED, RoleArn: !GetAtt Open.Arn, Source: !GetAtt Orders.Arn, Target: !GetAtt Orders.Arn}}
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Machine, RoleArn: !GetAtt Open.Arn}]}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role = aws_iam_role.work.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "states:StartExecution", Resource = aws_sfn_state_machine.work.arn }]
  })
}

resource "aws_sfn_state_machine" "work" {}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  target {
    arn      = aws_sfn_state_machine.work.arn
    role_arn = aws_iam_role.work.arn
  }
}
"""
