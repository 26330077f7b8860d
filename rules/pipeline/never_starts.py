"""A change of the source should start the pipeline.

A source that is not polled needs an Events rule, a webhook or a trigger to start the pipeline, and for images in ECR
always an Events rule. Without one the pipeline runs when it is created, and then only when somebody starts it.

What to do: add an Events rule on the repository or bucket with the pipeline as its target (GitHub's first source action:
a webhook; a connection: DetectChanges or Triggers). A pipeline that is an output or export may be started by another
template and is not reported. If a person starts it, suppress this finding.
"""

from awslint_memo import Findings, Resource, Value, codepipeline, pipelines, rule


@rule(
    level="advice",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/change-detection-methods.html",
)
def check(pipeline: Resource) -> Findings:
    actions = pipelines.actions(pipeline)
    sources = [action for action in actions if action.category == "Source"]
    is_unclear = any(action.category is None for action in actions) or not sources
    if (
        is_unclear
        or any(codepipeline.starts.detection(action) != "waits" for action in sources)
        or codepipeline.starts.may_be_started(pipeline)
    ):
        return
    reasons = [(action, reason(action)) for action in sources]
    what = " and ".join(f"{action.label} {why}" for action, why in reasons)
    remedy = "an Events rule" if any(action.product == "AWS/ECR" for action in sources) else "one"
    yield pipeline.finding(
        pipeline,
        f"is not started by changes: {what}, and no Events rule, webhook or trigger starts it",
        do=f"add {remedy}",
        related=[(place(action), why) for action, why in reasons],
    )


def reason(source: pipelines.Action) -> str:
    if source.product == "AWS/ECR":
        return "does not poll for new images"
    return f"has {setting(source)} false"


def setting(source: pipelines.Action) -> str:
    return "DetectChanges" if source.provider == "CodeStarSourceConnection" else "PollForSourceChanges"


def place(source: pipelines.Action) -> Value:
    is_image = source.product == "AWS/ECR"
    return source.value.get("ActionTypeId.Provider") if is_image else source.configuration.get(setting(source))


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {PollForSourceChanges: false}}]}]
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
  Other: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: other}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr]}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}"}]}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: !Sub release-${Stage}
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: false}}]}]
  # An ARN that is not known as a text, but surely is that of another pipeline.
  Other: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: !Sub "other-${Stage}"}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: p, RoleArn: !ImportValue Starts, Arn: !Sub "arn:${AWS::Partition}:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}"}]}}
---
variable "topic" {}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeStarSourceConnection"
      configuration = { DetectChanges = "false" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "failed" {
  event_pattern = jsonencode({ source = ["aws.codepipeline"] })
}

resource "aws_cloudwatch_event_target" "failed" {
  rule = aws_cloudwatch_event_rule.failed.name
  arn  = var.topic
}
---
# The role may start both, but the only rule that has it starts the other one.
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: code, S3ObjectKey: web.zip, PollForSourceChanges: false}}]}]
  Other: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: other}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: p, RoleArn: !GetAtt Starts.Arn, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}"}]}}
  Starts:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: start, PolicyDocument: {Statement: [{Effect: Allow, Action: codepipeline:StartPipelineExecution, Resource: [!Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}", !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"]}]}}]
---
resource "aws_codepipeline" "web" {
  name = "web"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeCommit"
      configuration = { RepositoryName = "web", BranchName = "main", PollForSourceChanges = "false" }
    }
  }
}

resource "aws_codepipeline" "jobs" {
  name = "jobs"
}

resource "aws_iam_role" "starts" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["events.amazonaws.com", "scheduler.amazonaws.com"] } }] })
}

resource "aws_iam_role_policy" "starts" {
  role   = aws_iam_role.starts.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "codepipeline:StartPipelineExecution", Resource = [aws_codepipeline.web.arn, aws_codepipeline.jobs.arn] }] })
}

resource "aws_scheduler_schedule" "jobs" {
  schedule_expression = "rate(1 hour)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_codepipeline.jobs.arn
    role_arn = aws_iam_role.starts.arn
  }
}
"""

GOOD = """
# A program gets the role, with which it may make schedules for the pipeline.
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: code, S3ObjectKey: web.zip, PollForSourceChanges: false}}]}]
  Other: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: other}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: p, RoleArn: !GetAtt Starts.Arn, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}"}]}}
  Plans: {Type: AWS::Lambda::Function, Properties: {Role: !ImportValue Role, Environment: {Variables: {SCHEDULE_ROLE: !GetAtt Starts.Arn}}}}
  Starts:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [events.amazonaws.com, scheduler.amazonaws.com]}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: start, PolicyDocument: {Statement: [{Effect: Allow, Action: codepipeline:StartPipelineExecution, Resource: [!Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}", !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"]}]}}]
---
Parameters: {Polls: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.ecr]}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}]}}
  Unknown:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: !Ref Polls}}]}]
  Subscribed:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
  Subscriber: {Type: AWS::EventsV2::Subscriber, Properties: {Name: images, EventBusArn: bus, InvokeConfiguration: {RoleArn: r, TargetArn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Subscribed}"}}}
  Exported:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}]}]
Outputs:
  Pipeline: {Value: !Ref Exported}
---
resource "aws_codepipeline" "release" {
  name = "release"

  trigger {
    provider_type = "CodeStarSourceConnection"
  }

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeStarSourceConnection"
      configuration = { DetectChanges = "false" }
    }
  }
}
---
resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "ThirdParty"
      provider      = "GitHub"
      configuration = { PollForSourceChanges = "false" }
    }
  }
}

resource "aws_codepipeline_webhook" "release" {
  target_action   = "Code"
  target_pipeline = aws_codepipeline.release.name
}
---
variable "target" {}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "S3"
      configuration = { PollForSourceChanges = "false" }
    }
  }
}

resource "aws_cloudwatch_event_rule" "change" {
  event_pattern = jsonencode({ source = ["aws.s3"] })
}

resource "aws_cloudwatch_event_target" "change" {
  rule     = aws_cloudwatch_event_rule.change.name
  arn      = var.target
  role_arn = "arn:aws:iam::123456789012:role/start"
}
---
# What may start it: rules elsewhere that take the role, and a function here.
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: release
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: code, S3ObjectKey: web.zip, PollForSourceChanges: false}}]}]
  Starts:
    Type: AWS::IAM::Role
    Properties:
      RoleName: starts
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: start, PolicyDocument: {Statement: [{Effect: Allow, Action: codepipeline:StartPipelineExecution, Resource: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:release"}]}}]
  Jobs:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: jobs
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: code, S3ObjectKey: jobs.zip, PollForSourceChanges: false}}]}]
  Other: {Type: AWS::CodePipeline::Pipeline, Properties: {Name: other}}
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: p, RoleArn: !GetAtt Both.Arn, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Other}"}]}}
  Both:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: [events.amazonaws.com, lambda.amazonaws.com]}, Action: sts:AssumeRole}]}
      Policies: [{PolicyName: start, PolicyDocument: {Statement: [{Effect: Allow, Action: codepipeline:StartPipelineExecution, Resource: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Jobs}"}]}}]
---
Parameters: {Prefix: {Type: String}}
Resources:
  App:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Name: !Sub "${Prefix}-app"
      Stages:
        - Name: Source
          Actions:
            - Name: Code
              ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}
              Configuration: {S3Bucket: sources, S3ObjectKey: app.zip, PollForSourceChanges: false}
  # The build chooses which pipeline it starts.
  Choose:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: NO_SOURCE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - if [ -n "$NAME" ]; then aws codepipeline start-pipeline-execution --name ${NAME}; fi
"""
