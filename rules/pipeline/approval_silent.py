"""Somebody should be told that an approval waits for them.

A manual approval stops the pipeline until a person decides, and fails after seven days. Without a notification nobody is
told that it waits, so a release stays where it is until somebody happens to look.

What to do: set NotificationArn of the action to an SNS topic, or make an Events rule or a notification rule on approvals
of the pipeline. A pipeline that is an output or export, which others may watch, is reported only where a notification
rule beside it tells of other events.
"""

from awslint_memo import Findings, Resource, codepipeline, pipelines, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="codepipeline/latest/userguide/approvals.html",
)
def check(pipeline: Resource) -> Findings:
    if pipeline.is_open or codepipeline.starts.may_tell_of_approvals(pipeline.deployment):
        return
    if pipeline.is_exposed() and not is_watched(pipeline):
        return
    for action in pipelines.actions(pipeline):
        told = action.configuration.get("NotificationArn")
        if action.product == "AWS/Manual" and told.is_absent:
            lack = f"has no NotificationArn in {action.label}, so nobody is told that it waits for an approval"
            yield pipeline.finding(told, lack, do="set it to an SNS topic")


def is_watched(pipeline: Resource) -> bool:
    """Whether a notification rule of the same template is surely on events of a pipeline."""
    rules = pipeline.deployment.of_type("AWS::CodeStarNotifications::NotificationRule")
    return any(pipeline.name in {link.resource for link in each.get("Resource").mentions()} for each in rules)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codebuild]}}}
  Builds: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {EventTypeIds: [codebuild-project-build-state-failed]}}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Prod"

    action {
      name          = "Approve"
      category      = "Approval"
      owner         = "AWS"
      provider      = "Manual"
      configuration = { CustomData = "Ready?" }
    }
  }
}
---
# Others may know the pipeline, but this template tells of it, and of failures only.
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
  Failures: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {Resource: !Sub "arn:aws:codepipeline:eu-west-1:123456789012:${Release}", EventTypeIds: [codepipeline-pipeline-pipeline-execution-failed]}}
Outputs:
  Pipeline: {Value: !Ref Release}
"""

GOOD = """
Transform: Notifications
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
---
Parameters: {Topic: {Type: String}, Settings: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Prod
          Actions:
            - {Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {NotificationArn: !Ref Topic}}
            - {Name: Any, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: !Ref Settings}
            - {Name: Own, ActionTypeId: {Category: Approval, Owner: Custom, Provider: Manual, Version: "1"}}
            - {Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.codepipeline]}}}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
Outputs:
  Pipeline: {Value: !Ref Release}
---
Parameters: {Other: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Prod, Actions: [{Name: Approve, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}]
  Failures: {Type: AWS::CodeStarNotifications::NotificationRule, Properties: {Resource: !Ref Other, EventTypeIds: [codepipeline-pipeline-pipeline-execution-failed]}}
Outputs:
  Pipeline: {Value: !Ref Release}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Prod"

    action {
      name     = "Approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
    }
  }
}

resource "aws_codestarnotifications_notification_rule" "release" {
  name           = "release"
  resource       = aws_codepipeline.release.arn
  detail_type    = "BASIC"
  event_type_ids = ["codepipeline-pipeline-manual-approval-needed"]
}
---
variable "source_name" { type = string }

resource "aws_codepipeline" "release" {
  stage {
    name = "Prod"

    action {
      name     = "Approve"
      category = "Approval"
      owner    = "AWS"
      provider = "Manual"
    }
  }
}

resource "aws_cloudwatch_event_rule" "release" {
  event_pattern = jsonencode({ source = [var.source_name] })
}
"""
