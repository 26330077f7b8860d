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
)
def check(pipeline: Resource) -> Findings:
    stages = pipelines.stages(pipeline)
    actions = [action for stage in stages for action in stage.actions]
    released = [one for one in actions if one.releases]
    is_whole = all(one.category is not None for one in actions)
    has_conditions = any(pipelines.guards(stage) or pipelines.releases_on_conditions(stage) for stage in stages)
    if not released or not is_whole or has_conditions or any(pipelines.tests(one) is not False for one in actions):
        return
    builds = [one for one in actions if one.category in ("Build", "Compute")]
    where = " and ".join(one.label for one in released)
    if builds:
        what = f"no test, linter or test report runs in {' and '.join(one.label for one in builds)}"
    elif all(one.product == "AWS/S3" for one in released):
        what = "no earlier action checks the files"
    elif {one.product for one in actions if one.category == "Source"} == {"AWS/ECR"}:
        what = "no earlier action tests the image"
    else:
        what = UNTESTED
    yield pipeline.finding(
        pipeline,
        f"deploys in {where}, but {what}",
        do="add a stage that runs the tests before it",
        level=None if what is UNTESTED else "advice",
        related=[(one.value.get("Name"), f"{one.label} runs no test") for one in builds],
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
    buildspec = <<-EOT
      phases:
        build:
          commands:
            - npm ci
            - npm run build
    EOT
  }
}

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
    name = "Deploy"

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
    buildspec = <<-EOT
      phases:
        build:
          commands:
            - npm ci
            - npm test
    EOT
  }
}

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
    name = "Deploy"

    action {
      name     = "Site"
      category = "Deploy"
      owner    = "AWS"
      provider = "S3"
    }
  }
}
"""
