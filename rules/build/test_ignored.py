"""A build should fail where its tests do.

A command that ends in || true always succeeds, so that a build goes on, and a pipeline with it, whatever the tests found.

What to do: remove || true. Reports of tests are uploaded from a phase that has failed too.
"""

from awslint_memo import Findings, Resource, buildspecs, codebuild, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/build-spec-ref.html",
)
def check(project: Resource) -> Findings:
    spec = buildspecs.buildspec(project)
    test = codebuild.publishing.ignored_test(spec) if spec is not None and "||" in spec.text else None
    if spec is not None and test is not None:
        message = f"ignores a failure of {test}, so the build succeeds whatever the tests find"
        yield project.finding(spec.value, message, of="Source.BuildSpec", do="remove || true")


BAD = """
Resources:
  Tests: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: ['pytest -q --junitxml=reports/unit.xml || true']}}}"}}}
---
resource "aws_codebuild_project" "tests" {
  name = "tests"

  source {
    type      = "CODEPIPELINE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - npm ci
            - npm test || exit 0
    YAML
  }
}
"""

GOOD = """
Parameters: {Spec: {Type: String}}
Resources:
  Any: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: !Ref Spec}}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [pytest -q]}}}"}}}
  # What is no test may fail, and a test whose failure is told otherwise.
  Cleans: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker rm -f test || true', 'mkdir test || true', 'npm audit || true', 'docker pull $REPO:latest || true']}}}"}}}
  Told: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: ['pytest -q || FAILED=1', 'npm test || exit 1']}}}"}}}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  source {
    type      = "GITHUB"
    buildspec = "buildspec.yml"
  }
}
"""
