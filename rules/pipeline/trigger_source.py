"""A trigger should name a source of its pipeline that has a connection.

A trigger filters the changes of one source action. CodePipeline rejects a pipeline whose trigger names an action that is
no source of it, or a source without a connection to a Git provider (CodeStarSourceConnection), which has no triggers.

What to do: set GitConfiguration.SourceActionName to the name of the source action with the connection.
"""

from awslint_memo import Findings, Resource, pipelines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/APIReference/API_PipelineTriggerDeclaration.html",
    fix="safe",
)
def check(pipeline: Resource) -> Findings:
    actions = pipelines.actions(pipeline)
    if any(action.name is None or action.category is None or action.product is None for action in actions):
        return
    sources = {action.name: action.product for action in actions if action.category == "Source"}
    fitting = [name for name, product in sources.items() if product == "AWS/CodeStarSourceConnection" and name]
    for trigger in pipeline.get("Triggers").items:
        named = trigger.get("GitConfiguration.SourceActionName")
        if named.text is None or named.text in fitting:
            continue
        product = sources.get(named.text)
        what = "no source action has this name" if product is None else f"this source is {product}"
        more = "" if product is None else ", which has no triggers"
        do = f"set it to {fitting[0]}" if fitting else "remove the trigger"
        fix = pipeline.set(str(named.route), fitting[0]) if len(fitting) == 1 else None
        of = "Triggers.GitConfiguration.SourceActionName"
        yield pipeline.finding(named, f"but {what}{more}", of=of, do=do, fix=fix)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Source, Push: [{Tags: {Includes: ["v*"]}}]}}]
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}]
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code, Push: [{Tags: {Includes: ["v*"]}}]}}]
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}]
---
resource "aws_codepipeline" "release" {
  name          = "release"
  pipeline_type = "V2"

  trigger {
    provider_type = "CodeStarSourceConnection"

    git_configuration {
      source_action_name = "Build"
    }
  }

  stage {
    name = "Source"

    action {
      name     = "Code"
      category = "Source"
      owner    = "AWS"
      provider = "CodeStarSourceConnection"
    }

    action {
      name     = "Docs"
      category = "Source"
      owner    = "AWS"
      provider = "CodeStarSourceConnection"
    }
  }

  stage {
    name = "Build"

    action {
      name     = "Build"
      category = "Build"
      owner    = "AWS"
      provider = "CodeBuild"
    }
  }
}
"""

GOOD = """
Parameters: {Source: {Type: String}, Owner: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      PipelineType: V2
      Triggers:
        - {ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code}}
        - {ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: !Ref Source}}
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}]
  AnyAction:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code}}]
      Stages:
        - Name: Source
          Actions:
            - {Name: !Ref Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}
            - {Name: Docs, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}
  AnyOwner:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code}}]
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: !Ref Owner, Provider: CodeStarSourceConnection, Version: "1"}}]}]
  AnyCategory:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code}}]
      Stages: [{Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: !Ref Owner, Owner: AWS, Provider: CodeStarSourceConnection, Version: "1"}}]}]
---
variable "sources" { type = set(string) }

resource "aws_codepipeline" "release" {
  name          = "release"
  pipeline_type = "V2"

  trigger {
    provider_type = "CodeStarSourceConnection"

    git_configuration {
      source_action_name = "web"
    }
  }

  stage {
    name = "Docs"

    action {
      name     = "Docs"
      category = "Source"
      owner    = "AWS"
      provider = "CodeStarSourceConnection"
    }
  }

  dynamic "stage" {
    for_each = var.sources

    content {
      name = stage.value

      action {
        name     = stage.value
        category = "Source"
        owner    = "AWS"
        provider = "CodeStarSourceConnection"
      }
    }
  }
}
"""

FIXED = """
-      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Source, Push: [{Tags: {Includes: ["v*"]}}]}}]
+      Triggers: [{ProviderType: CodeStarSourceConnection, GitConfiguration: {SourceActionName: Code, Push: [{Tags: {Includes: ["v*"]}}]}}]
"""
