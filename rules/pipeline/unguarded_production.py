"""A pipeline should have an approval or a test stage before production.

A stage that deploys to production as soon as the build is done releases every change unchecked. With an approval a
person checks the change, with a test stage a program does.

What to do: put an approval action or a test stage before the production stage, or give the stage entry conditions. A
stage is one of production by its name; the names are `production` in the configuration.
"""

from collections.abc import Sequence

from awslint_memo import Findings, Resource, naming, pipelines, rule


@rule(
    level="advice",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/approvals.html",
)
def check(pipeline: Resource) -> Findings:
    stages = pipelines.stages(pipeline)
    for number, stage in enumerate(stages):
        if not naming.is_production(pipeline.deployment, stage.value.get("Name")) or pipelines.guards(stage):
            continue
        if any(is_guard(before) for before in stages[:number]):
            continue
        held = [one.get("StageName").text for one in pipeline.get("DisableInboundStageTransitions").items]
        released = [one for one in stage.actions if one.releases and not is_guarded(one, stage.actions)]
        if released and not {None, stage.name} & set(held):
            what = " and ".join(one.label for one in released)
            yield pipeline.finding(
                stage.value.get("Name"),
                f"deploys to production in {what} without an approval or a test stage before it",
                do="add an approval action before it",
                related=[(one.value.get("Name"), "deploys to production") for one in released],
            )


def is_guard(stage: pipelines.Stage) -> bool:
    """Whether a stage holds changes back, or may do so."""
    names_test = any(pipelines.is_named_test(stage, one) for one in stage.actions if one.category != "Source")
    holds = any(one.category in (None, "Approval", "Invoke") for one in stage.actions)
    tested = any(pipelines.tests(one) for one in stage.actions)
    return names_test or holds or tested or pipelines.guards(stage) or pipelines.releases_on_conditions(stage)


def is_guarded(action: pipelines.Action, actions: Sequence[pipelines.Action]) -> bool:
    """Whether an approval or a test of the same stage surely or possibly runs first: those of one order run at once."""
    mine = order(action)
    guards = [one for one in actions if one.category in (None, "Approval", "Invoke") or pipelines.tests(one)]
    return any(mine is None or (order(one) or 0) < mine for one in guards)


def order(action: pipelines.Action) -> float | None:
    position = action.value.get("RunOrder")
    return 1 if position.is_absent else position.number


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}
        - Name: Prod
          Actions:
            - {Name: Ok, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}
            - {Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Build"

    action {
      name     = "Web"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
      configuration = {
        ProjectName = "web"
      }
    }
  }

  stage {
    name = "production"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Approved:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Prod
          Actions:
            - {Name: Ok, RunOrder: 1, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}
            - {Name: Web, RunOrder: 2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}
  Unknown: {Type: AWS::CodePipeline::Pipeline, Properties: {Stages: [{Name: !Ref Name, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}]}}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Test"

    action {
      name     = "Web"
      category = "Test"
      owner    = "AWS"
      provider = "CodeBuild"
      configuration = {
        ProjectName = "web"
      }
    }
  }

  stage {
    name = "production"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
"""
