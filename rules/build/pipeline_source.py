"""A project that gets its source from a pipeline should run in one.

A project with the source CODEPIPELINE gets its files, and leaves its artifacts, in the execution of a pipeline. A rule or a
schedule can't start it: the build is refused, each time.

What to do: run the project in a build action of a pipeline, or set Source.Type (and Artifacts.Type) to what it builds. A
project that is an output or export is not reported.
"""

from awslint_memo import Findings, Resource, codepipeline, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/APIReference/API_ProjectSource.html",
)
def check(project: Resource) -> Findings:
    kinds = [project.get(path) for path in ("Source.Type", "Artifacts.Type")]
    kind = next((value for value in kinds if value.text == "CODEPIPELINE"), None)
    # Of a source and artifacts that exclude each other, build-settings tells.
    if kind is None or any(value.text not in (None, kind.text) for value in kinds):
        return
    starters = codepipeline.starts.direct_starters(project)
    if starters:
        message = f"but only {starters[0].title} starts it, and no pipeline runs it, so each build is refused"
        related = [(starter, "starts it") for starter in starters]
        yield project.finding(kind, message, do="run it in a pipeline, or name another source", related=related)


BAD = """
Resources:
  Nightly: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Nightly.Arn, RoleArn: r}]}}
---
Resources:
  Nightly: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: !ImportValue Source}, Artifacts: {Type: CODEPIPELINE}}}
  Schedule: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: rate(1 day), Target: {Arn: !GetAtt Nightly.Arn, RoleArn: r}}}
---
resource "aws_codebuild_project" "nightly" {
  name = "nightly"

  source {
    type = "CODEPIPELINE"
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_codebuild_project.nightly.arn
  role_arn = "r"
}
"""

GOOD = """
Parameters: {Source: {Type: String}}
Resources:
  Run: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}}}
  Both: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Run.Arn}]}}
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {Stages: [{Name: Build, Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Run}}]}]}}
  Unknown: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: !Ref Source}}}
  OfUnknown: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Unknown.Arn}]}}
  Exported: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}}}
  OfExported: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Exported.Arn}]}}
  Overridden: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}}}
  OfOverridden: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Overridden.Arn, Input: '{"sourceTypeOverride": "GITHUB"}'}]}}
  Apart: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, Location: l}, Artifacts: {Type: CODEPIPELINE}}}
  OfApart: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Apart.Arn, RoleArn: r}]}}
  Hooked: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Triggers: {Webhook: true}}}
  Unstarted: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}}}
Outputs:
  Project: {Value: !Ref Exported}
---
Parameters: {Name: {Type: String}}
Resources:
  Nightly: {Type: AWS::CodeBuild::Project, Properties: {Name: nightly, Source: {Type: CODEPIPELINE}}}
  Rule: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Nightly.Arn}]}}
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {Stages: [{Name: Build, Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Name}}]}]}}
---
resource "aws_codebuild_project" "nightly" {
  name = "nightly"

  source {
    type = "GITHUB"
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_codebuild_project.nightly.arn
  role_arn = "r"
}
"""
