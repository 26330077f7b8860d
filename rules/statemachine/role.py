"""The role of a state machine should let it do what its tasks call.

A task that invokes a function, sends to a queue or starts an execution does so with the role of its machine. Where the role
lacks the permission for that function or queue, the machine deploys, and each execution fails at the task. The ARN of a
function in a policy is not that of its aliases and versions: a task that calls these needs theirs, or `:*` behind that ARN. The same is
true of a table and its indexes: to query one takes the ARN of the index, or `/index/*` behind that of the table.

A machine with a log needs logs:CreateLogDelivery, and one that waits for another machine, for tasks of ECS, builds of CodeBuild or jobs
of AWS Batch or MediaConvert (.sync) the rule of EventBridge by which Step Functions learns of their end: without events:PutRule, events:PutTargets and events:DescribeRule it is
refused. A distributed map starts its own machine, reads its items from S3 and may write its results there, and tasks of ECS are passed
their roles.

Where a task names what is not of the template by a parameter (LetterQueueUrl), and the role is given the action only for what other
tasks of the machine name (ReviewQueueArn, of ReviewQueueUrl), it is a warning: a deployment may give both the same queue.

What to do: allow the role the action that the message names, for what the task calls (SAM: LambdaInvokePolicy and the like
under Policies).
"""

from awslint_memo import Findings, Resource, listed, machine_permissions, machine_roles, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="step-functions/latest/dg/procedure-create-iam-role.html",
)
def check(machine: Resource) -> Findings:
    # What one statement of a policy mends is one finding.
    by_action: dict[str, list[machine_roles.Lack]] = {}
    for lack in machine_roles.lacks(machine):
        by_action.setdefault(lack.action, []).append(lack)
    for first, *others in by_action.values():
        lacks = [first, *others]
        tasks = listed([lack.state.name for lack in lacks], 4)
        targets = listed(list(dict.fromkeys(lack.title for lack in lacks)), 4)
        yield machine.finding(
            first.value,
            f"fails at the {'tasks' if others else 'task'} {tasks}, because {first.role.title} does not allow "
            f"{first.action} for {targets}",
            do=f"allow it in a policy of {first.role.title}",
            related=[(first.role, "the role"), *((lack.value, f"the task {lack.state.name}") for lack in others)],
        )
    for other in machine_roles.elsewhere(machine):
        allowed = listed(list(dict.fromkeys(other.allowed)), 3)
        yield machine.finding(
            other.value,
            f"fails at the task {other.state.name} with {other.named}, because {other.role.title} allows "
            f"{other.action} for {allowed} only",
            do=f"allow it for that too in a policy of {other.role.title}",
            level="warning",
            related=[(other.role, "the role")],
        )
    for missing in machine_permissions.missing(machine):
        yield machine.finding(
            missing.value,
            f"{missing.does}, but {missing.role.title} does not allow {missing.action}, so {missing.so}",
            do=f"allow it in a policy of {missing.role.title}",
            level=None if missing.is_sure else "warning",
            related=[(missing.role, "the role")],
        )


BAD = """
Resources:
  Claims: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ItemReader: {Resource: "arn:aws:states:::s3:getObject", Parameters: {Bucket: !Ref Claims, Key: claims.json}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Resources:
  Claims: {Type: AWS::S3::Bucket}
  Other: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}, {Effect: Allow, Action: "s3:ListBucket", Resource: !GetAtt Other.Arn}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ItemReader: {Resource: "arn:aws:states:::s3:listObjectsV2", Arguments: {Bucket: !Ref Claims}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Resources:
  Claims: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}, {Effect: Allow, Action: "s3:GetObject", Resource: "*"}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ResultWriter: {Resource: "arn:aws:states:::s3:putObject", Parameters: {Bucket: !Ref Claims, Prefix: results}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::ecs:runTask", Parameters: {TaskDefinition: work, LaunchType: FARGATE}, End: true}}}}}
---
Parameters: {LetterQueueUrl: {Type: String}, ReviewQueueUrl: {Type: String}, ReviewQueueArn: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref ReviewQueueArn}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref ReviewQueueUrl}, End: true}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Count: {Type: AWS::Serverless::Function}
  Other: {Type: AWS::Serverless::Function}
  Work:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${Count}", End: true}}}
      DefinitionSubstitutions: {Count: !GetAtt Count.Arn}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Other}}]
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Other.Arn}]}}]}}
  Orders: {Type: AWS::SQS::Queue}
  Other: {Type: AWS::SQS::Queue}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "${Orders}"}, "End": true}}}, "End": true}}}'}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Orders.Arn}]}}]}}
  Orders: {Type: AWS::DynamoDB::Table}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Parallel, Branches: [{StartAt: B, States: {B: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:putItem", Arguments: {TableName: "${Table}"}, End: true}}}], End: true}}}, DefinitionSubstitutions: {Table: !Ref Orders}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })

  inline_policy {
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "states:DescribeExecution", Resource = "*" }] })
  }
}

resource "aws_sfn_state_machine" "child" {
  name       = "child"
  role_arn   = "arn:aws:iam::123456789012:role/child"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}

resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = aws_iam_role.work.arn

  definition = jsonencode({
    StartAt = "Start"
    States = {
      Start = {
        Type       = "Task"
        Resource   = "arn:aws:states:::states:startExecution"
        Parameters = { StateMachineArn = aws_sfn_state_machine.child.arn }
        End        = true
      }
    }
  })
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: []}}}
  Take: {Type: AWS::Lambda::Function}
  Tell: {Type: AWS::Lambda::Function}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${Take}", Next: B}, B: {Type: Task, Resource: "${Tell}", End: true}}}, DefinitionSubstitutions: {Take: !GetAtt Take.Arn, Tell: !GetAtt Tell.Arn}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Log: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 30}}
  Work:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
      Logging: {Level: ERROR, Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Log.Arn}}]}
      Policies: [{Version: "2012-10-17", Statement: [{Effect: Allow, Action: "logs:PutLogEvents", Resource: "*"}]}]
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:*", Resource: "*"}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync:2", Parameters: {StateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:other"}, End: true}}}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: !Ref Other}]}}]}}
  Other: {Type: AWS::StepFunctions::StateMachine}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}}}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "ecs:RunTask", Resource: "*"}]}}]}}
  Execution: {Type: AWS::IAM::Role}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ExecutionRoleArn: !GetAtt Execution.Arn}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, DefinitionSubstitutions: {Task: !Ref Task}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::ecs:runTask", Parameters: {TaskDefinition: "${Task}", Cluster: c}, End: true}}}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["ecs:RunTask", "iam:PassRole"], Resource = "*" }] })
}

resource "aws_sfn_state_machine" "work" {
  role_arn = aws_iam_role.work.arn
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::ecs:runTask.sync", Parameters = { Cluster = "c", TaskDefinition = "t" }, End = true }
    }
  })
}
---
# The task calls the alias.
resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = aws_lambda_function.count.arn }] })
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_lambda_function" "count" {
  function_name = "count"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.count.function_name
  function_version = "1"
}

resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = aws_iam_role.work.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = aws_lambda_alias.live.arn, End = true } } })
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:*", Resource: [!GetAtt Count.Arn, !Sub "${Other.Arn}:*"]}]}}]}}
  Count: {Type: AWS::Lambda::Function}
  Other: {Type: AWS::Lambda::Function}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: "${Count}", Qualifier: live}, End: true}}}, DefinitionSubstitutions: {Count: !Ref Count}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "lambda:*", Resource: "arn:aws:lambda:*:*:function:count"}]}}]}}
  Count: {Type: AWS::Lambda::Function, Properties: {FunctionName: count}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:lambda:eu-west-1:123456789012:function:count:2", End: true}}}}}
---
Resources:
  Claims: {Type: AWS::DynamoDB::Table}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: [!GetAtt Claims.Arn, !Sub "${Claims.Arn}/index/by-state"]}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, DefinitionSubstitutions: {Claims: !Ref Claims}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}", IndexName: by-owner}, End: true}}}}}
---
resource "aws_dynamodb_table" "claims" {
  name = "claims"
}

resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:*:*:table/claims" }] })
}

resource "aws_sfn_state_machine" "work" {
  role_arn = aws_iam_role.work.arn
  definition = jsonencode({
    QueryLanguage = "JSONata"
    StartAt       = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::aws-sdk:dynamodb:scan", Arguments = { TableName = aws_dynamodb_table.claims.name, IndexName = "by-owner" }, End = true }
    }
  })
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["codebuild:StartBuild", "codebuild:StopBuild", "codebuild:BatchGetBuilds"], Resource: "*"}]}}]}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::codebuild:startBuild.sync", Parameters: {ProjectName: claims}, End: true}}}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["batch:SubmitJob", "batch:DescribeJobs", "batch:TerminateJob"], Resource = "*" }] })
}

resource "aws_sfn_state_machine" "work" {
  role_arn = aws_iam_role.work.arn
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::batch:submitJob.sync", Parameters = { JobName = "a", JobQueue = "q", JobDefinition = "d" }, End = true }
    }
  })
}
"""

GOOD = """
Parameters: {Index: {Type: String}}
Resources:
  Claims: {Type: AWS::DynamoDB::Table, Properties: {TableName: claims}}
  Other: {Type: AWS::DynamoDB::Table}
  All: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: !Sub "${Claims.Arn}/index/*"}]}}]}}
  Whole: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: "arn:aws:dynamodb:*:*:table/cl*"}]}}]}}
  Named: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: !Sub "arn:aws:dynamodb:*:*:table/${Claims}/index/by-owner"}]}}]}}
  Plain: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "dynamodb:Query", Resource: !GetAtt Claims.Arn}]}}]}}
  A: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt All.Arn, DefinitionSubstitutions: {Claims: !Ref Claims}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}", IndexName: by-owner}, End: true}}}}}
  B: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Whole.Arn, DefinitionSubstitutions: {Claims: !Ref Claims}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}", IndexName: by-owner}, End: true}}}}}
  C: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Named.Arn, DefinitionSubstitutions: {Claims: !Ref Claims}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}", IndexName: by-owner}, End: true}}}}}
  D: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Plain.Arn, DefinitionSubstitutions: {Claims: !Ref Claims, Index: !Ref Index}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}", IndexName: "${Index}"}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Parameters: {TableName: "${Claims}"}, Next: C}, C: {Type: Task, QueryLanguage: JSONata, Resource: "arn:aws:states:::aws-sdk:dynamodb:query", Arguments: {TableName: "${Claims}", IndexName: "{% $index %}"}, End: true}}}}}
---
Resources:
  Claims: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}, {Effect: Allow, Action: ["s3:GetObject", "s3:PutObject"], Resource: !Sub "${Claims.Arn}/*"}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ItemReader: {Resource: "arn:aws:states:::s3:getObject", Parameters: {Bucket: !Ref Claims, Key: claims.json}}, ResultWriter: {Resource: "arn:aws:states:::s3:putObject", Parameters: {Bucket: !Ref Claims, Prefix: results}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Resources:
  Claims: {Type: AWS::S3::Bucket}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}, {Effect: Allow, Action: "s3:List*", Resource: !GetAtt Claims.Arn}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ItemReader: {Resource: "arn:aws:states:::s3:listObjectsV2", Arguments: {Bucket: !Ref Claims}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Parameters: {Bucket: {Type: String}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: "*"}, {Effect: Allow, Action: "s3:GetObject", Resource: !Sub "arn:aws:s3:::${Bucket}/*"}]}}]
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition:
        StartAt: A
        States:
          A: {Type: Map, ItemReader: {Resource: "arn:aws:states:::s3:getObject", Parameters: {Bucket: !Ref Bucket, Key: claims.json}}, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED, ExecutionType: STANDARD}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}
---
Parameters: {LetterQueueUrl: {Type: String}, LetterQueueArn: {Type: String}, ReviewQueueArn: {Type: String}, ReviewQueueUrl: {Type: String}, Queues: {Type: String}, Prefix: {Type: String}, Policy: {Type: String}}
Resources:
  Both: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: [!Ref ReviewQueueArn, !Ref LetterQueueArn]}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref Queues}]}}]}}
  Part: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref ReviewQueueArn}, {Effect: Allow, Action: "sqs:*", Resource: !Sub "arn:aws:sqs:*:*:${Prefix}-*"}]}}]}}
  More: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy], Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref ReviewQueueArn}]}}]}}
  Other: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sns:Publish", Resource: !Ref ReviewQueueArn}]}}]}}
  # Nothing shows that two queues are meant.
  Reviews: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !Ref ReviewQueueArn}]}}]}}
  Alone: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Reviews.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, End: true}}}}}
  A: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Both.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref ReviewQueueUrl}, End: true}}}}}
  B: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Given.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref ReviewQueueUrl}, End: true}}}}}
  C: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Part.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref ReviewQueueUrl}, End: true}}}}}
  D: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt More.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref LetterQueueUrl}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref ReviewQueueUrl}, End: true}}}}}
  E: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Other.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: !Ref Queues}, End: true}}}}}
---
Parameters: {Policy: {Type: String}}
Resources:
  Logs: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["logs:CreateLogDelivery", "events:*", "states:StartExecution"], Resource: "*"}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Plain: {Type: AWS::IAM::Role}
  Own: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: !Sub "arn:aws:states:${AWS::Region}:${AWS::AccountId}:stateMachine:own"}]}}]}}
  A: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Logs.Arn, LoggingConfiguration: {Level: ALL}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync", Parameters: {StateMachineArn: "arn:aws:states:eu-west-1:123456789012:stateMachine:other"}, End: true}}}}}
  B: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Given.Arn, LoggingConfiguration: {Level: ALL}, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::ecs:runTask.sync", Parameters: {TaskDefinition: t}, End: true}}}}}
  C: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Plain.Arn, LoggingConfiguration: {Level: "OFF"}, Definition: {StartAt: A, States: {A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: INLINE}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}}}}}
  D: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineName: own, RoleArn: !GetAtt Own.Arn, Definition: {StartAt: A, States: {A: {Type: Map, ItemProcessor: {ProcessorConfig: {Mode: DISTRIBUTED}, StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}}}}}
---
resource "aws_iam_role" "put" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id"
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn

  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.put.arn }
      Action    = "dynamodb:PutItem"
      Resource  = aws_dynamodb_table.orders.arn
    }]
  })
}

resource "aws_sfn_state_machine" "put" {
  name     = "put"
  role_arn = aws_iam_role.put.arn

  definition = jsonencode({
    StartAt = "Put"
    States = {
      Put = {
        Type       = "Task"
        Resource   = "arn:aws:states:::dynamodb:putItem"
        Parameters = { TableName = aws_dynamodb_table.orders.arn }
        End        = true
      }
    }
  })
}
---
Transform: AWS::Serverless-2016-10-31
Parameters: {Policy: {Type: String}, Queue: {Type: String}}
Resources:
  Count: {Type: AWS::Serverless::Function}
  Orders: {Type: AWS::SQS::Queue}
  Allowed:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${Count}", End: true}}}
      DefinitionSubstitutions: {Count: !GetAtt Count.Arn}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Count}}]
  # This template allows all versions and aliases of the function.
  AllowedAlias:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: "${Count}"}, Next: B}, B: {Type: Task, Resource: "${Named}", End: true}}}
      DefinitionSubstitutions: {Count: !Ref Aliased.Alias, Named: !Sub "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:named:live"}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Aliased}}, {LambdaInvokePolicy: {FunctionName: named}}]
  Aliased: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Named: {Type: AWS::Serverless::Function, Properties: {FunctionName: named}}
  Unknown:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${Count}", End: true}}}
      DefinitionSubstitutions: {Count: !GetAtt Count.Arn}
      Policies: [!Ref Policy]
  Elsewhere:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: "${Queue}"}, Next: B}, B: {Type: Pass, Resource: "${Count}", End: true}}}
      DefinitionSubstitutions: {Queue: !Ref Queue, Count: !GetAtt Count.Arn}
      Policies: [{SQSSendMessagePolicy: {QueueName: !GetAtt Orders.QueueName}}]
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "logs:*", Resource: "*"}]}}]}}
  Orders: {Type: AWS::SQS::Queue}
  Policy: {Type: AWS::SQS::QueuePolicy, Properties: {Queues: [!Ref Orders], PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "sqs:SendMessage", Resource: "*"}]}}}
  Table: {Type: AWS::DynamoDB::Table, Properties: {ResourcePolicy: {PolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !GetAtt Role.Arn}, Action: "dynamodb:PutItem", Resource: "*"}]}}}}
  Count: {Type: AWS::Lambda::Function}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Count, Action: "lambda:InvokeFunction", Principal: !GetAtt Role.Arn}}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: "${Queue}"}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::dynamodb:putItem", Parameters: {TableName: "${Table}"}, Next: C}, C: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Parameters: {FunctionName: "${Count}"}, Next: D}, D: {Type: Task, Resource: "arn:aws:states:::glue:startJobRun", Parameters: {JobName: a}, End: true}}}, DefinitionSubstitutions: {Queue: !Ref Orders, Table: !Ref Table, Count: !Ref Count}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "lambda:InvokeFunction", Resource = "${aws_lambda_function.count.arn}:*" }] })
}

resource "aws_lambda_function" "count" {
  function_name = "count"
}

resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = aws_iam_role.work.arn
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = aws_lambda_function.count.arn, End = true } } })
}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: ["codebuild:StartBuild", "batch:SubmitJob", "glue:StartJobRun"], Resource: "*"}, {Effect: Allow, Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"], Resource: !Sub "arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventForCodeBuildStartBuildRule"}]}}]}}
  # Step Functions asks Glue itself, and nobody waits for the job of AWS Batch.
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::codebuild:startBuild.sync", Parameters: {ProjectName: claims}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::batch:submitJob", Parameters: {JobName: a, JobQueue: q, JobDefinition: d}, End: true}}}}}
  Other: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "glue:*", Resource: "*"}]}}]}}
  Glue: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: !GetAtt Other.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::glue:startJobRun.sync", Parameters: {JobName: a}, End: true}}}}}
---
resource "aws_iam_role" "work" {
  assume_role_policy = jsonencode({ Statement = [] })
}

resource "aws_iam_role_policy" "work" {
  role   = aws_iam_role.work.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["batch:SubmitJob", "events:PutTargets", "events:PutRule", "events:DescribeRule"], Resource = "*" }] })
}

resource "aws_sfn_state_machine" "work" {
  role_arn = aws_iam_role.work.arn
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::batch:submitJob.sync", Parameters = { JobName = "a", JobQueue = "q", JobDefinition = "d" }, End = true }
    }
  })
}
"""
