"""An event should start a pipeline instead of polling.

CodePipeline polls a source every few minutes, so a change waits before it is built and tested, and it stops polling for
pipelines that have not run for 30 days. Polling is the default; if a rule starts the pipeline too, every change runs it
twice. GitHub's first source action polls or needs a personal token.

What to do: set PollForSourceChanges to false, and start the pipeline with an Events rule on the repository or bucket. For
GitHub use a connection (CodeStarSourceConnection), which starts the pipeline itself.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, pipelines, rule, starts


@rule(
    "pipeline-polls-source",
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/PollForSourceChanges-defaults.html",
)
def check(pipeline: Resource) -> Iterator[Finding]:
    sources = [one for one in pipelines.actions(pipeline) if one.category == "Source"]
    for source in sources:
        setting = source.configuration.get("PollForSourceChanges")
        polls = starts.detection(source) == "polls" and source.product in starts.POLLING
        provider = (source.product or "").rpartition("/")[2]
        is_polled = f"is true{' (default)' if setting.is_absent else setting.note} for {provider} in {source.label}"
        event = starts.event_rule(pipeline, source) if polls and len(sources) == 1 else None
        if source.product == "ThirdParty/GitHub":
            use = "use a connection (CodeStarSourceConnection) instead"
            if polls:
                message = f"{is_polled}, so changes start it minutes late; {use}"
                yield pipeline.finding(setting, message, of="PollForSourceChanges")
            else:
                message = f"reads GitHub with a personal token in {source.label}; {use}"
                yield pipeline.finding(source.value.get("ActionTypeId.Provider"), message, level="advice")
        elif polls and event is not None:
            yield pipeline.finding(
                setting,
                f"{is_polled}, but {event.title} starts it on the same changes, so each runs it twice; set it to false",
                of="PollForSourceChanges",
                related=[(event, "starts the pipeline too")],
            )
        elif polls:
            message = f"{is_polled}, so changes start it minutes late; set it to false and add an Events rule"
            yield pipeline.finding(setting, message, of="PollForSourceChanges")


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main}}]}]
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: "true"}}]}]
  Rule: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.s3]}, Targets: [{Id: p, Arn: !Sub "arn:aws:codepipeline:${AWS::Region}:${AWS::AccountId}:${Release}"}]}}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name     = "Code"
      category = "Source"
      owner    = "ThirdParty"
      provider = "GitHub"
      configuration = {
        Repo = "web"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Polls: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {PollForSourceChanges: "false"}}
            - {Name: Unknown, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: !Ref Polls}}
            - {Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: web}}
            - {Name: Site, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {BucketName: web}}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name     = "Code"
      category = "Source"
      owner    = "AWS"
      provider = "CodeStarSourceConnection"
      configuration = {
        BranchName = "main"
      }
    }
  }
}
"""
