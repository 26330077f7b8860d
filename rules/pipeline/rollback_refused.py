"""A stage should roll back only where CodePipeline can do so.

CodePipeline rolls a stage back to an execution that was successful there. It does not do so in a pipeline with the
execution mode PARALLEL, nor in a stage with sources, so a pipeline that asks for it is rejected.

What to do: set ExecutionMode to SUPERSEDED or QUEUED, or remove the rollback (OnFailure.Result, Result of a condition).
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, pipelines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/stage-rollback.html",
)
def check(pipeline: Resource) -> Findings:
    is_parallel = pipeline.get("ExecutionMode").text == "PARALLEL"
    for stage in pipelines.stages(pipeline):
        sources = [action.label for action in stage.actions if action.category == "Source"]
        for of, result in results(stage.value):
            if result.text != "ROLLBACK":
                continue
            if sources:
                message = f"but a stage with a source ({sources[0]}) can't roll back"
                yield pipeline.finding(result, message, of=of, do="remove it")
            elif is_parallel:
                related = [(pipeline.get("ExecutionMode"), "PARALLEL")]
                message = "but a pipeline with ExecutionMode PARALLEL can't roll back"
                yield pipeline.finding(result, message, of=of, do="set ExecutionMode to QUEUED", related=related)


def results(stage: Value) -> Iterator[tuple[str, Value]]:
    yield "Stages.OnFailure.Result", stage.get("OnFailure.Result")
    for part in ("OnFailure", "OnSuccess"):
        for condition in stage.get(f"{part}.Conditions").items:
            yield f"Stages.{part}.Conditions.Result", condition.get("Result")


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: PARALLEL
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}
        - {Name: Prod, OnFailure: {Result: ROLLBACK}, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: QUEUED
      Stages:
        - Name: Source
          OnFailure: {Result: ROLLBACK}
          Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: PARALLEL
      Stages:
        - {Name: Prod, OnSuccess: {Conditions: [{Result: ROLLBACK}]}, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
---
resource "aws_codepipeline" "release" {
  name           = "release"
  pipeline_type  = "V2"
  execution_mode = "PARALLEL"

  stage {
    name = "Prod"

    on_failure {
      condition {
        result = "ROLLBACK"
      }
    }

    action {
      name     = "Web"
      category = "Deploy"
      owner    = "AWS"
      provider = "ECS"
    }
  }
}
"""

GOOD = """
Parameters: {Mode: {Type: String}, Result: {Type: String}}
Resources:
  Queued:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: QUEUED
      Stages:
        - {Name: Source, OnFailure: {Result: FAIL}, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}
        - {Name: Prod, OnFailure: {Result: ROLLBACK}, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
  AnyMode:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: !Ref Mode
      Stages:
        - {Name: Prod, OnFailure: {Result: ROLLBACK}, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
  AnyResult:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      ExecutionMode: PARALLEL
      Stages:
        - {Name: Prod, OnFailure: {Result: !Ref Result}, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}}]}
---
resource "aws_codepipeline" "release" {
  name          = "release"
  pipeline_type = "V2"

  stage {
    name = "Prod"

    on_failure {
      result = "ROLLBACK"
    }

    action {
      name     = "Web"
      category = "Deploy"
      owner    = "AWS"
      provider = "ECS"
    }
  }
}
"""
