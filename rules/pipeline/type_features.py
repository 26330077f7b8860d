"""A pipeline of type V1 should use nothing that only V2 has.

Triggers, variables, the execution modes QUEUED and PARALLEL, and conditions of stages belong to V2. A pipeline that is
written with V1 and has one of them becomes V2 all the same, with V2's price for each minute of its actions.

What to do: set PipelineType to V2, or remove what only V2 has. A pipeline without PipelineType is not reported.
"""

from collections.abc import Iterator

from awslint_memo import Findings, Resource, Value, listed, pipelines, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/pipeline-types-planning.html",
    fix="safe",
)
def check(pipeline: Resource) -> Findings:
    kind = pipeline.get("PipelineType")
    features = dict(used(pipeline)) if kind.text == "V1" else {}
    if features:
        names = listed([pipeline.property_names.get(name, name) for name in features])
        message = f"but {names} {'is' if len(features) == 1 else 'are'} V2's, so CodePipeline makes it V2"
        related = [(value, "only V2 has this") for value in features.values()]
        fix = pipeline.set("PipelineType", "V2")
        yield pipeline.finding(kind, message, do="set it to V2", related=related, fix=fix)


def used(pipeline: Resource) -> Iterator[tuple[str, Value]]:
    for name in ("Triggers", "Variables"):
        if any(item.fields for item in pipeline.get(name).items):
            yield name, pipeline.get(name)
    mode = pipeline.get("ExecutionMode")
    if mode.is_one_of("QUEUED", "PARALLEL"):
        yield f"ExecutionMode {mode.text}", mode
    for stage in pipelines.stages(pipeline):
        for name in ("BeforeEntry", "OnFailure", "OnSuccess"):
            if stage.value.get(name).fields:
                yield name, stage.value.get(name)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V1
      Variables: [{Name: version, DefaultValue: "1"}]
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code}}]
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}]
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: QUEUED, Stages: []}}
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: PARALLEL, Stages: []}}
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, Stages: [{Name: Prod, BeforeEntry: {Conditions: [{Result: FAIL}]}}]}}
---
Resources:
  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, Stages: [{Name: Prod, OnSuccess: {Conditions: [{Result: FAIL}]}}]}}
---
resource "aws_codepipeline" "release" {
  name          = "release"
  pipeline_type = "V1"

  stage {
    name = "Prod"

    on_failure {
      result = "RETRY"
    }
  }
}
"""

GOOD = """
Parameters: {Type: {Type: String}, Mode: {Type: String}}
Resources:
  Plain: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: SUPERSEDED, Triggers: [], Stages: [{Name: Source}]}}
  Newer: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V2, ExecutionMode: QUEUED}}
  Unsaid: {Type: AWS::CodePipeline::Pipeline, Properties: {ExecutionMode: QUEUED}}
  AnyType: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: !Ref Type, ExecutionMode: QUEUED}}
  AnyMode: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: !Ref Mode}}
---
resource "aws_codepipeline" "release" {
  name           = "release"
  execution_mode = "QUEUED"
}
"""

FIXED = """
-      PipelineType: V1
+      PipelineType: V2
---
-  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: QUEUED, Stages: []}}
+  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V2, ExecutionMode: QUEUED, Stages: []}}
---
-  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, ExecutionMode: PARALLEL, Stages: []}}
+  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V2, ExecutionMode: PARALLEL, Stages: []}}
---
-  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, Stages: [{Name: Prod, BeforeEntry: {Conditions: [{Result: FAIL}]}}]}}
+  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V2, Stages: [{Name: Prod, BeforeEntry: {Conditions: [{Result: FAIL}]}}]}}
---
-  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V1, Stages: [{Name: Prod, OnSuccess: {Conditions: [{Result: FAIL}]}}]}}
+  Release: {Type: AWS::CodePipeline::Pipeline, Properties: {PipelineType: V2, Stages: [{Name: Prod, OnSuccess: {Conditions: [{Result: FAIL}]}}]}}
---
-  pipeline_type = "V1"
+  pipeline_type = "V2"
"""
