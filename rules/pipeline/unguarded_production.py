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
    widened={"0.2": "buildspecs that lie in files beside the template"},
)
def check(pipeline: Resource) -> Findings:
    stages = pipelines.stages(pipeline)
    for number, stage in enumerate(stages):
        if not naming.is_production(pipeline.deployment, stage.value.get("Name")) or pipelines.guards(stage):
            continue
        if any(is_guard(before) for before in stages[:number]):
            continue
        held = [transition.get("StageName").text for transition in pipeline.get("DisableInboundStageTransitions").items]
        released = [action for action in stage.actions if action.releases and not is_guarded(action, stage.actions)]
        if released and not {None, stage.name} & set(held):
            what = " and ".join(action.label for action in released)
            yield pipeline.finding(
                stage.value.get("Name"),
                f"deploys to production in {what} without an approval or a test stage before it",
                do="add an approval action before it",
                since=max(action.since for action in released),
                related=[(action.value.get("Name"), "deploys to production") for action in released],
            )


def is_guard(stage: pipelines.Stage) -> bool:
    """Whether a stage holds changes back, or may do so."""
    names_test = any(pipelines.is_named_test(stage, action) for action in stage.actions if action.category != "Source")
    holds = any(action.category in (None, "Approval", "Invoke") for action in stage.actions)
    tested = any(pipelines.tests(action) for action in stage.actions)
    return names_test or holds or tested or pipelines.guards(stage) or pipelines.releases_on_conditions(stage)


def is_guarded(action: pipelines.Action, actions: Sequence[pipelines.Action]) -> bool:
    """Whether an approval or a test of the same stage surely or possibly runs first: those of one order run at once."""
    mine = order(action)
    guards = [guard for guard in actions if guard.category in (None, "Approval", "Invoke") or pipelines.tests(guard)]
    return any(mine is None or (order(guard) or 0) < mine for guard in guards)


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
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: ci/release.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}
        - {Name: Production, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}}]}
# --- ci/release.yml
version: 0.2
phases:
  build:
    commands:
      - kubectl apply -f web.yml
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
      category = "Test"
      owner    = "AWS"
      provider = "CodeBuild"
    }
  }

  stage {
    name = "production"

    action {
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
"""
