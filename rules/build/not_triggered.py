"""A build project should be started by a pipeline, a webhook, a rule or a schedule.

A project that nothing starts builds only when somebody starts it by hand, so a change is not built and tested when it is
made.

What to do: run the project in a pipeline, give it a webhook (Triggers.Webhook, aws_codebuild_webhook), or make it the
target of an Events rule or a schedule. A project that is an output or export may be started by another template and is
not reported, nor one that a role of this template may start by the beginning of its name; if another template starts it by
its name, state that in a suppression.
"""

from awslint_memo import Findings, Resource, codepipeline, environments, rule


@rule(
    level="advice",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/build-triggers.html",
)
def check(project: Resource) -> Findings:
    webhook = project.get("Triggers.Webhook", default=False)
    if webhook.flag is False and not codepipeline.starts.may_be_started(project):
        source = project.get("Source.Type")
        if source.text == "CODEPIPELINE":
            message = f"is CODEPIPELINE{source.note}, but no pipeline in this template runs the project"
            yield project.finding(project, message, of="Source.Type", do="add a build action for it to a pipeline")
        else:
            message = "is not started by any pipeline, webhook, rule or schedule in this template"
            trigger = "a webhook" if source.text in (None, *environments.WITH_WEBHOOK) else "an Events rule"
            yield project.finding(project, message, do=f"add {trigger}, or run it in a pipeline")


BAD = """
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}}}
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Triggers: {Webhook: false}}}
  Rule: {Type: AWS::Events::Rule, Properties: {State: DISABLED, Targets: [{Id: b, Arn: !GetAtt Build.Arn}]}}
---
resource "aws_codebuild_project" "web" {
  name = "web"
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Build"

    action {
      name          = "Build"
      category      = "Build"
      owner         = "AWS"
      provider      = "CodeBuild"
      configuration = { ProjectName = "other" }
    }
  }
}
---
# The role of a pipeline starts only what the pipeline names.
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Name: orders-node, Source: {Type: GITHUB}}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: codebuild:StartBuild, Resource: "arn:aws:codebuild:eu-west-1:123456789012:project/orders-*"}]}}]}}
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {RoleArn: !GetAtt Role.Arn, Stages: [{Name: Build, Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: orders-web}}]}]}}
  # A role that may start any build says nothing of this one.
  Admin: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: "*", Resource: "*"}]}}]}}
"""

GOOD = """
Parameters: {Hook: {Type: String}}
Resources:
  Run: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties: {Stages: [{Name: Build, Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Run}}]}]}
  Hooked: {Type: AWS::CodeBuild::Project, Properties: {Triggers: {Webhook: true}}}
  Unknown: {Type: AWS::CodeBuild::Project, Properties: {Triggers: {Webhook: !Ref Hook}}}
  Ruled: {Type: AWS::CodeBuild::Project, Properties: {Name: ruled}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: b, Arn: !GetAtt Ruled.Arn}]}}
  Subscribed: {Type: AWS::CodeBuild::Project}
  Subscriber: {Type: AWS::EventsV2::Subscriber, Properties: {Name: build, EventBusArn: bus, InvokeConfiguration: {RoleArn: r, TargetArn: !GetAtt Subscribed.Arn}}}
  Exported: {Type: AWS::CodeBuild::Project}
Outputs:
  Project: {Value: !Ref Exported, Export: {Name: project}}
---
resource "aws_codebuild_project" "web" {
  name = "web"
}

resource "aws_codebuild_webhook" "web" {
  project_name = aws_codebuild_project.web.name
}
---
resource "aws_codebuild_project" "web" {
  name = "web"
}

resource "aws_scheduler_schedule" "web" {
  target {
    arn = aws_codebuild_project.web.arn
  }
}
---
resource "aws_codebuild_project" "web" {
  name = "web"
}

resource "aws_sfn_state_machine" "release" {
  name     = "release"
  role_arn = "r"
  definition = jsonencode({
    StartAt = "Build"
    States  = { Build = { Type = "Task", Resource = "arn:aws:states:::codebuild:startBuild", Parameters = { ProjectName = "web" }, End = true } }
  })
}
---
variable "name" {
  default = "orders"
}

resource "aws_codebuild_project" "node" {
  name = "${var.name}-node"
}

resource "aws_iam_role" "starter" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "starter" {
  role   = aws_iam_role.starter.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["codebuild:StartBuild"], Resource = "arn:aws:codebuild:*:*:project/${var.name}-*" }] })
}
"""
