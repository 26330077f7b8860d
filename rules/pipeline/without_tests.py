"""A pipeline should test what it deploys.

Without a test, an error in a change is found by the users. Tests that run in the pipeline for every change make
frequent releases safe.

What to do: add a CodeBuild action of the category Test (or Build) that runs the tests and linters before the deploying
stage, or add those commands to the buildspec. For a site that needs no build, a check of its links is enough.
"""

from awslint_memo import Findings, Resource, pipelines, rule

UNTESTED = "no earlier action builds or tests it"


@rule(
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/integrations-action-type.html",
    widened={"0.2": "buildspecs that lie in files beside the template"},
)
def check(pipeline: Resource) -> Findings:
    stages = pipelines.stages(pipeline)
    actions = [action for stage in stages for action in stage.actions]
    released = [action for action in actions if action.releases]
    is_whole = all(action.category is not None for action in actions)
    has_conditions = any(pipelines.guards(stage) or pipelines.releases_on_conditions(stage) for stage in stages)
    if (
        not released
        or not is_whole
        or has_conditions
        or any(pipelines.tests(action) is not False for action in actions)
    ):
        return
    builds = [action for action in actions if action.category in ("Build", "Compute")]
    where = " and ".join(action.label for action in released)
    if builds:
        what = f"no test, linter or test report runs in {' and '.join(action.label for action in builds)}"
    elif all(action.product == "AWS/S3" for action in released):
        what = "no earlier action checks the files"
    elif {action.product for action in actions if action.category == "Source"} == {"AWS/ECR"}:
        what = "no earlier action tests the image"
    elif {action.product for action in actions if action.category == "Source"} == {"AWS/S3"}:
        what = "no earlier action tests what another build puts into the bucket"
    else:
        what = UNTESTED
    yield pipeline.finding(
        pipeline,
        f"deploys in {where}, but {what}",
        do="add a stage that runs the tests before it",
        since=max(action.since for action in actions),
        level=None if what is UNTESTED else "advice",
        related=[(action.value.get("Name"), f"{action.label} runs no test") for action in builds],
    )


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}
        - {Name: Deploy, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}}]}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ phases = { build = { commands = ["npm ci", "npm run build"] } } })
  }
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Release"

    action {
      name          = "Web"
      category      = "Build"
      owner         = "AWS"
      provider      = "CodeBuild"
      configuration = { ProjectName = "web" }
    }

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
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}}]}
        - {Name: Deploy, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
# --- ci/release.yml
version: 0.2
phases:
  build:
    commands:
      - docker build .
"""

GOOD = """
Parameters: {Project: {Type: String}}
Resources:
  Unknown:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Project}}]}
        - {Name: Deploy, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}}]}
  BuildsOnly:
    Type: AWS::CodePipeline::Pipeline
    Properties: {Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}}]}]}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ phases = { build = { commands = ["npm ci", "npm test"] } } })
  }
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Release"

    action {
      name          = "Web"
      category      = "Build"
      owner         = "AWS"
      provider      = "CodeBuild"
      configuration = { ProjectName = "web" }
    }

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
---
variable "checks" { type = set(string) }

resource "aws_codepipeline" "release" {
  dynamic "stage" {
    for_each = var.checks

    content {
      name = stage.value

      action {
        name     = "Run"
        category = "Build"
        owner    = "AWS"
        provider = "CodeBuild"
      }
    }
  }

  stage {
    name = "Release"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
"""
