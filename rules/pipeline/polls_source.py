"""A pipeline should be told of a change instead of looking for it.

A source that is polled is asked every few minutes, so a change waits before it is built and tested, and CodePipeline
stops asking for pipelines that have not run for long. Polling is what happens where nothing is said, and where a rule
starts the pipeline too, every change runs it twice. GitHub's first source action polls or needs a token of a person.

What to do: set PollForSourceChanges to false, and start the pipeline with an Events rule on the repository or bucket. For
GitHub use a connection (CodeStarSourceConnection), which tells the pipeline by itself.
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
        how = "by default" if setting.is_absent else "as PollForSourceChanges says"
        event = starts.event_rule(pipeline) if len(sources) == 1 else None
        if source.product == "ThirdParty/GitHub":
            what = (
                f"polls GitHub in {source.label} ({how})" if polls else f"reads GitHub with a token in {source.label}"
            )
            message = f"{what}; use a connection (CodeStarSourceConnection), which tells it of a change at once"
            place = setting if polls else source.value.get("ActionTypeId.Provider")
            yield pipeline.finding(place, message, level=None if polls else "advice")
        elif polls and event is not None:
            yield pipeline.finding(
                setting,
                f"polls in {source.label} ({how}) although {event.title} starts it, so every change runs it twice; "
                "set PollForSourceChanges to false",
                related=[(event, "starts it too")],
            )
        elif polls:
            provider = (source.product or "").rpartition("/")[2]
            yield pipeline.finding(
                setting,
                f"polls {provider} in {source.label} ({how}), so a change waits to be found; "
                "set PollForSourceChanges to false and start it with an Events rule",
            )


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
