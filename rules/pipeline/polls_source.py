"""An event should start a pipeline instead of polling.

CodePipeline polls a source every few minutes, so a change waits before it is built and tested, and it stops polling for
pipelines that have not run for 30 days. Polling is the default; if a rule starts the pipeline too, every change runs it
twice. GitHub's first source action polls or needs a personal token.

What to do: set PollForSourceChanges to false, and start the pipeline with an Events rule on the repository or bucket (a
bucket sends events where its notifications to EventBridge are on). For GitHub use a connection
(CodeStarSourceConnection), which starts the pipeline itself. It is advice where somebody has to approve an action of the
pipeline: beside that minutes do not count.
"""

from awslint_memo import Findings, Resource, codepipeline, pipelines, rule


@rule(
    level="warning",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/PollForSourceChanges-defaults.html",
    fix="safe",
)
def check(pipeline: Resource) -> Findings:
    sources = [action for action in pipelines.actions(pipeline) if action.category == "Source"]
    for source in sources:
        polled = source.configuration.get("PollForSourceChanges")
        polls = codepipeline.starts.detection(source) == "polls"
        provider = (source.product or "").rpartition("/")[2]
        says = f"is true{' (default)' if polled.is_absent else polled.note} for {provider} in {source.label}"
        is_github = source.product == "ThirdParty/GitHub"
        # Of several sources, a rule may be the one for another.
        event = codepipeline.starts.event_rule(pipeline, source) if len(sources) == 1 else None
        event = codepipeline.starts.webhook(pipeline, source) if is_github else event
        use, of = "use a connection (CodeStarSourceConnection) instead", "PollForSourceChanges"
        if is_github and not polls:
            provider_value, message = source.value.get("ActionTypeId.Provider"), "reads GitHub with a personal token in"
            yield pipeline.finding(provider_value, f"{message} {source.label}", do=use, level="advice")
        elif polls and event is not None:
            yield pipeline.finding(
                polled,
                f"{says}, but {event.title} starts it on the same changes, so each runs it twice",
                of=of,
                do="set it to false",
                related=[(event, "starts the pipeline too")],
                fix=pipeline.set(f"{source.value.route}.Configuration.{of}", False),
            )
        elif polls:
            remedy = use if is_github else "set it to false and add an Events rule"
            remedy += ", and turn on EventBridge notifications of the bucket" if source.provider == "S3" else ""
            message = f"{says}, so changes start it minutes late"
            yield pipeline.finding(polled, message, of=of, do=remedy, level="advice" if waits(pipeline) else None)


def waits(pipeline: Resource) -> bool:
    """Whether somebody has to approve what the pipeline does, beside which minutes do not count."""
    return any(action.category == "Approval" for action in pipelines.actions(pipeline))


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
  name = "release"

  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "ThirdParty"
      provider      = "GitHub"
      configuration = { PollForSourceChanges = "true" }
    }
  }
}

resource "aws_codepipeline_webhook" "release" {
  name            = "release"
  target_action   = "Code"
  target_pipeline = aws_codepipeline.release.name
}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name          = "Code"
      category      = "Source"
      owner         = "ThirdParty"
      provider      = "GitHub"
      configuration = { Repo = "web" }
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
      name          = "Code"
      category      = "Source"
      owner         = "AWS"
      provider      = "CodeStarSourceConnection"
      configuration = { BranchName = "main" }
    }
  }
}
"""

FIXED = """
-      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: "true"}}]}]
+      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {PollForSourceChanges: "false"}}]}]
---
-      configuration = { PollForSourceChanges = "true" }
+      configuration = { PollForSourceChanges = "false" }
"""
