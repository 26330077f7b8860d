"""A build should provision resources or deploy an application, not both.

Infrastructure and application change at different times. A build that does both provisions with every release, needs the
permissions for both, and stops between the two when one of them fails.

What to do: move the provisioning commands (terraform apply, cdk deploy, aws cloudformation deploy) and the deploying
commands (kubectl apply, helm upgrade, aws ecs update-service and the like) to separate projects, each run by its own
pipeline.
"""

from awslint_memo import Findings, Resource, buildspecs, rule


@rule(
    level="warning",
    resource="AWS::CodeBuild::Project",
    memo="デプロイとプロビジョニングは別のパイプラインとすることが推奨です",
    aws="codebuild/latest/userguide/build-spec-ref.html",
    widened={"0.2": "buildspecs that lie in files beside the template"},
    core=True,
)
def check(project: Resource) -> Findings:
    buildspec = buildspecs.buildspec(project)
    if buildspec is None:
        return
    purposes = dict.fromkeys(command.purpose for command in buildspec.commands)
    provisioning, deploying = (
        [purpose.title for purpose in purposes if purpose is not None and purpose.side == side]
        for side in ("provisioning", "deploying")
    )
    if provisioning and deploying:
        yield project.finding(
            buildspec.value,
            f"provisions with {' and '.join(provisioning)} and deploys with {' and '.join(deploying)} in one build",
            of="Source.BuildSpec",
            do="move each to its own project and pipeline",
            since=buildspec.since,
        )


BAD = """
Resources:
  Release:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: CODEPIPELINE
        BuildSpec: !Sub |
          version: 0.2
          phases:
            build:
              commands:
                - terraform -chdir=infra apply -auto-approve
                - aws --region ${AWS::Region} ecs update-service --force-new-deployment --service web
---
resource "aws_codebuild_project" "release" {
  name = "release"

  source {
    type = "CODEPIPELINE"
    buildspec = jsonencode({
      phases = {
        build = {
          commands = ["npx cdk deploy", "aws s3 sync dist s3://site"]
        }
      }
    })
  }
}
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: ci/release.yml}}}
# --- ci/release.yml
version: 0.2
phases:
  build:
    commands:
      - terraform apply -auto-approve
      - kubectl apply -f web.yml
"""

GOOD = """
Parameters:
  Commands: {Type: String}
Resources:
  File:
    Type: AWS::CodeBuild::Project
    Properties:
      Source: {Type: CODEPIPELINE, BuildSpec: infra/buildspec.yml}
  Unknown:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: CODEPIPELINE
        BuildSpec: !Ref Commands
  Plan:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          phases:
            build:
              commands:
                - terraform plan   # terraform apply comes after approval
                - echo "next is terraform apply"
                - kubectl apply -f k8s
---
resource "aws_codebuild_project" "release" {
  name = "release"

  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
}
"""
