"""A build should not publish what failed its tests.

CodeBuild runs the phase post_build also after the phase build has failed. Where that phase ends in tests and post_build uploads or
pushes what was built before, what fails the tests is published too; the build is FAILED all the same.

What to do: run the tests and what publishes in one phase, begin post_build with `test "$CODEBUILD_BUILD_SUCCEEDING" = 1`, or set
on-failure: ABORT in the phase build.
"""

from awslint_memo import Findings, Resource, buildspecs, codebuild, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/view-build-details-phases.html",
)
def check(project: Resource) -> Findings:
    spec = buildspecs.buildspec(project)
    is_after = spec is not None and "post_build" in spec.text
    command = codebuild.publishing.published(spec) if spec is not None and is_after else None
    if spec is not None and command is not None:
        ran = " ".join(command.words[:3]) if command.words[0] == "aws" else " ".join(command.words[:2])
        message = f"runs {ran} in post_build also after the tests in build have failed"
        do = 'begin post_build with test "$CODEBUILD_BUILD_SUCCEEDING" = 1'
        yield project.finding(spec.value, message, of="Source.BuildSpec", do=do)


BAD = """
Resources:
  Agent:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: GITHUB
        BuildSpec: |
          version: 0.2
          phases:
            pre_build:
              commands: [make dist]
            build:
              commands: [go test ./...]
            post_build:
              commands: [aws s3 cp --recursive dist s3://releases/agent/]
---
resource "aws_codebuild_project" "image" {
  name = "image"

  source {
    type      = "GITHUB"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - docker build -t $REPO:$TAG .
            - docker run $REPO:$TAG pytest
        post_build:
          commands:
            - docker push $REPO:$TAG
    YAML
  }
}
"""

GOOD = """
Parameters: {Spec: {Type: String}}
Resources:
  Any: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: !Ref Spec}}}
  # An image of this name is no test.
  Named: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker build -t app:test .']}, post_build: {commands: ['docker push app:test']}}}"}}}
  # Something asks whether the build has succeeded, or CodeBuild stops.
  Asks: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [go test ./...]}, post_build: {commands: ['test \\"$CODEBUILD_BUILD_SUCCEEDING\\" = 1', 'aws s3 cp dist s3://releases/']}}}"}}}
  Aborts: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {on-failure: ABORT, commands: [go test ./...]}, post_build: {commands: ['aws s3 cp dist s3://releases/']}}}"}}}
  # What is built after the tests is not there when they fail.
  Later: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [go test ./..., make dist]}, post_build: {commands: ['aws s3 cp dist s3://releases/']}}}"}}}
  Report: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [pytest]}, post_build: {commands: ['aws s3 cp coverage s3://reports/', 'aws s3 cp s3://releases/notes notes']}}}"}}}
  NoTest: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t a .]}, post_build: {commands: [docker push a]}}}"}}}
  OnePhase: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [pytest, docker push a]}}}"}}}
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, BuildSpec: ci/image.yml}}}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    type      = "GITHUB"
    buildspec = "buildspec.yml"
  }
}
"""
