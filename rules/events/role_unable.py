"""The role of a target or pipe should let EventBridge send to it, and read the pipe's source.

With a target that has a role, rules and schedules send by that role alone. Where the role lacks the permission, such as
lambda:InvokeFunction or states:StartExecution, each event is lost after its retries, without an error that anybody sees. The ARN of
a function in a policy is not that of its alias or version: where that is the target, the role needs its ARN. A pipe reads its source with its role too, and does not run without the permission. A schedule sends what it can't deliver to its
dead-letter queue with that role as well.

To start tasks of ECS the role must be allowed ecs:RunTask for their definition, and iam:PassRole for the execution role and the task
role in it. A condition on iam:PassedToService must let them be passed to ecs-tasks.amazonaws.com. A definition that is not of the template is taken to have one where it runs on Fargate.

What to do: allow the role the action that the message names, for the target or source.
"""

from collections.abc import Iterable

from awslint_memo import Findings, Resource, listed, passed_roles, role_uses, rule


@rule(
    level="error",
    since="0.2",
    resource=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="eventbridge/latest/userguide/eb-events-iam-roles.html",
)
def check(sender: Resource) -> Findings:
    yield from told(sender, role_uses.unable(sender))
    yield from started(sender)


@check.on("AWS::Pipes::Pipe")
def pipe(pipe: Resource) -> Findings:
    yield from told(pipe, role_uses.unable_pipe(pipe))
    yield from started(pipe)
    role = role_uses.unenriched(pipe)
    if role is not None:
        actions = listed(list(role_uses.ENRICHES), last="or")
        yield pipe.finding(
            pipe.get("Enrichment"),
            f"never gets to its enrichment, because {role.title} does not allow {actions} for anything",
            do=f"allow what it needs in a policy of {role.title}",
            # A function elsewhere may let the role call it by a policy of its own.
            level="warning",
            related=[(role, "the role")],
        )


def told(sender: Resource, lacks: Iterable[role_uses.Lack]) -> Findings:
    for lack in lacks:
        verb = "reads" if str(lack.value.route) == "Source" else "gets to"
        yield sender.finding(
            lack.value,
            f"never {verb} {lack.title}, because {lack.role.title} does not allow {lack.action} for it",
            do=f"allow it in a policy of {lack.role.title}",
            related=[(lack.role, "the role")],
        )


def started(sender: Resource) -> Findings:
    for lack in passed_roles.unstarted(sender):
        passed = "their roles" if lack.passed is None else lack.passed.title
        so = "" if lack.action == passed_roles.RUNS else f" for {passed} to {passed_roles.PASSED_TO}"
        yield sender.finding(
            lack.value,
            f"never starts its tasks, because {lack.role.title} does not allow {lack.action}{so}",
            do=f"allow it in a policy of {lack.role.title}",
            level=None if lack.is_sure else "warning",
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
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: !ImportValue Work}]}}]}}
  Failed: {Type: AWS::SQS::Queue}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Work, RoleArn: !GetAtt Role.Arn, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: !Ref Task}, {Effect: Allow, Action: "iam:PassRole", Resource: !GetAtt Execution.Arn}]}}]}}
  Execution: {Type: AWS::IAM::Role}
  Program: {Type: AWS::IAM::Role}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Execution.Arn, TaskRoleArn: !GetAtt Program.Arn}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !GetAtt Role.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}]}}]}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Cluster, RoleArn: !GetAtt Role.Arn, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !ImportValue Task}}]}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"]}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role.Arn, Source: !ImportValue Orders, Target: !ImportValue Cluster, TargetParameters: {EcsTaskParameters: {TaskDefinitionArn: !ImportValue Task}}}}
---
resource "aws_iam_role" "execution" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "ecs:RunTask", Resource = "*" }] })
}

resource "aws_ecs_task_definition" "work" {
  family                = "work"
  execution_role_arn    = aws_iam_role.execution.arn
  container_definitions = jsonencode([{ name = "work", image = "work" }])
}

resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = "arn:aws:ecs:eu-west-1:123456789012:cluster/work"
  role_arn = aws_iam_role.work.arn

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.work.arn
  }
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "events:PutEvents", Resource: "*"}]}}]}}
  Tickets: {Type: AWS::Events::ApiDestination, Properties: {ConnectionArn: !ImportValue Connection, HttpMethod: POST, InvocationEndpoint: "https://example.com"}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Tickets.Arn, RoleArn: !GetAtt Role.Arn}]}}
---
variable "enrichment" {}

resource "aws_iam_role" "pipe" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "pipe" {
  role   = aws_iam_role.pipe.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sqs:*", "events:PutEvents"], Resource = "*" }] })
}

resource "aws_sqs_queue" "orders" {}

resource "aws_pipes_pipe" "orders" {
  role_arn   = aws_iam_role.pipe.arn
  source     = aws_sqs_queue.orders.arn
  enrichment = var.enrichment
  target     = "arn:aws:events:eu-west-1:123456789012:event-bus/orders"
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !Sub "arn:aws:lambda:*:*:function:${Work}"}]}}]}}
  Work: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref Work, FunctionVersion: "1"}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref Live, RoleArn: !GetAtt Role.Arn}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.work.arn }] })
}

resource "aws_lambda_function" "work" {
  function_name = "work"
  publish       = true
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"

  target {
    arn      = aws_lambda_function.work.qualified_arn
    role_arn = aws_iam_role.work.arn
  }
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}, {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringEquals: {"iam:PassedToService": [ecs.amazonaws.com, events.amazonaws.com]}}}]}}]}}
  Program: {Type: AWS::IAM::Role}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Program.Arn, ContainerDefinitions: [{Name: a, Image: a}]}}
  Nightly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !GetAtt Role.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}}}
---
resource "aws_iam_role" "nightly" {
  inline_policy {
    name = "run"
    policy = jsonencode({
      Statement = [
        { Effect = "Allow", Action = "ecs:RunTask", Resource = "*" },
        { Effect = "Allow", Action = "iam:PassRole", Resource = "*", Condition = { StringLike = { "iam:PassedToService" = "ecs.*" } } },
      ]
    })
  }
}

resource "aws_iam_role" "program" {}

resource "aws_ecs_task_definition" "nightly" {
  family                = "nightly"
  task_role_arn         = aws_iam_role.program.arn
  container_definitions = jsonencode([{ name = "a", image = "a" }])
}

resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = "arn:aws:ecs:eu-west-1:123456789012:cluster/main"
  role_arn = aws_iam_role.nightly.arn

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.nightly.arn
  }
}
"""

GOOD = """
Parameters: {Service: {Type: String}}
Resources:
  Program: {Type: AWS::IAM::Role}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {TaskRoleArn: !GetAtt Program.Arn, ContainerDefinitions: [{Name: a, Image: a}]}}
  Both: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}, {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringLike: {"iam:PassedToService": [ecs.amazonaws.com, "ecs-tasks.*"]}}}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}, {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringEquals: {"iam:PassedToService": !Ref Service}}}]}}]}}
  Other: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}, {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringNotEquals: {"iam:PassedToService": lambda.amazonaws.com}}}]}}]}}
  Hourly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 hour), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !GetAtt Both.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}}}
  Daily: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !GetAtt Given.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}}}
  Weekly: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(7 days), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Cluster, RoleArn: !GetAtt Other.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}}}
---
Parameters: {Policy: {Type: String}, Arn: {Type: String}}
Resources:
  Begins: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !Sub "${Work.Arn}*"}]}}]}}
  OfAlias: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: [!GetAtt Work.Arn, !Ref Live]}]}}]}}
  OfVersions: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !Sub "${Work.Arn}:*"}]}}]}}
  Named: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: [!Sub "arn:aws:lambda:*:*:function:${Work}:live"]}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: [!GetAtt Work.Arn, !Ref Arn]}]}}]}}
  Whole: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AWSLambdaRole"], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Work.Arn}]}}]}}
  Attached: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Work.Arn}]}}]}}
  Other: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", NotResource: !GetAtt Work.Arn}]}}]}}
  Plain: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:InvokeFunction", Resource: !GetAtt Work.Arn}, {Effect: Allow, Action: "sqs:*", Resource: "*"}]}}]}}
  Work: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {Name: live, FunctionName: !Ref Work, FunctionVersion: "1"}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live, RoleArn: !GetAtt Begins.Arn}, {Id: b, Arn: !Ref Live, RoleArn: !GetAtt OfAlias.Arn}, {Id: c, Arn: !Ref Live, RoleArn: !GetAtt OfVersions.Arn}, {Id: d, Arn: !Ref Live, RoleArn: !GetAtt Named.Arn}, {Id: e, Arn: !Ref Live, RoleArn: !GetAtt Given.Arn}]}}
  More: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Live, RoleArn: !GetAtt Whole.Arn}, {Id: b, Arn: !Ref Live, RoleArn: !GetAtt Attached.Arn}, {Id: c, Arn: !Ref Live, RoleArn: !GetAtt Other.Arn}, {Id: d, Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Plain.Arn}]}}
---
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
  Enriched: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Role2.Arn, Source: !ImportValue Orders, Enrichment: !ImportValue Work, Target: !ImportValue Machine}}
  Given: {Type: AWS::Pipes::Pipe, Properties: {RoleArn: !GetAtt Managed.Arn, Source: !ImportValue Orders, Enrichment: !ImportValue Work, Target: !ImportValue Machine}}
  Calling: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "events:InvokeApiDestination", Resource: !Sub "arn:aws:events:*:*:api-destination/tickets/*"}]}}]}}
  Tickets: {Type: AWS::Events::ApiDestination, Properties: {Name: tickets, ConnectionArn: !ImportValue Connection, HttpMethod: POST, InvocationEndpoint: "https://example.com"}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !GetAtt Tickets.Arn, RoleArn: !GetAtt Calling.Arn}]}}
  Stopped: {Type: AWS::Pipes::Pipe, Properties: {DesiredState: STOPPED, RoleArn: !GetAtt Open.Arn, Source: !GetAtt Orders.Arn, Target: !GetAtt Orders.Arn}}
  Paused: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !Ref Machine, RoleArn: !GetAtt Open.Arn}]}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Events: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceEventsRole"]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Passing: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: !Sub "arn:aws:ecs:*:*:task-definition/work:*"}, {Effect: Allow, Action: "iam:PassRole", Resource: "*", Condition: {StringLike: {"iam:PassedToService": ecs-tasks.amazonaws.com}}}]}}]}}
  Starting: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:*", Resource: "*"}]}}]}}
  Execution: {Type: AWS::IAM::Role}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {Family: work, ExecutionRoleArn: !GetAtt Execution.Arn}}
  Plain: {Type: AWS::ECS::TaskDefinition, Properties: {Family: plain, TaskRoleArn: !Ref Execution}}
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Cluster, RoleArn: !GetAtt Events.Arn, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Task}}, {Id: b, Arn: !ImportValue Cluster, RoleArn: !GetAtt Given.Arn, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !ImportValue Task}}, {Id: c, Arn: !ImportValue Cluster, RoleArn: !GetAtt Passing.Arn, EcsParameters: {TaskDefinitionArn: !Ref Task}}, {Id: d, Arn: !ImportValue Cluster, RoleArn: !GetAtt Starting.Arn, EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Plain}}, {Id: e, Arn: !ImportValue Cluster, RoleArn: !GetAtt Starting.Arn, EcsParameters: {LaunchType: EC2, TaskDefinitionArn: !ImportValue Task}}]}}
  Failed: {Type: AWS::SQS::Queue}
  Letters: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Failed], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Starting.Arn}, Action: "sqs:SendMessage", Resource: "*"}]}}}
  Daily: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !ImportValue Work, RoleArn: !GetAtt Starting.Arn, DeadLetterConfig: {Arn: !GetAtt Failed.Arn}}}}
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
