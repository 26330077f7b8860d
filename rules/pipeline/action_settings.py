"""An action should have the artifacts and the configuration that its type needs.

Each type of action takes and makes a certain number of artifacts: a source makes one, a build with CodeBuild takes one to
five, a deployment to ECS takes one, an approval none. CodePipeline rejects a pipeline with an action that has others. And
each type needs certain keys in its configuration, as a build needs ProjectName: without them the pipeline is rejected, or
the action fails. An action of CodeBuild runs the batch of its buildspec with BatchEnabled alone, else one plain build.

What to do: add what the message names to the action, or remove the artifacts that are too many.
"""

from awslint_memo import Findings, Resource, codepipeline, listed, pipelines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/reference-action-artifacts.html",
)
def check(pipeline: Resource) -> Findings:
    for action in pipelines.actions(pipeline):
        type_ = action.value.get("ActionTypeId.Provider")
        related = [(type_, "the type of the action")]
        for name, value, count, fewest, most in codepipeline.action_types.miscounted(action):
            number = f"{fewest} to {most}" if fewest < most else f"exactly {most}" if most else "none"
            has, verb = f"{count or 'no'} artifact{'' if count == 1 else 's'}", "takes" if name[0] == "I" else "makes"
            message = f"has {has}, but {type_.text} {verb} {number}, so CodePipeline rejects it"
            do = f"leave {most}" if count > most > 0 else f"name {number}" if most else "remove them"
            yield pipeline.finding(value, message, of=f"{name} in {action.label}", do=do, related=related)
        if missing := [f'"{key}"' for key in codepipeline.action_types.missing_keys(action)]:
            message = f"has no {listed(missing, last='or')}, which an action of {type_.text} needs"
            where = pipeline.in_file_words("Stages.Actions.Configuration").rpartition(".")[2]
            of, do = f"{where} in {action.label}", f"add {listed(missing)}"
            yield pipeline.finding(action.value.get("Name"), message, of=of, do=do, related=related)
        enabled, spec = action.configuration.get("BatchEnabled"), action.buildspec
        if spec is not None and "batch" in spec.data and (enabled.is_absent or enabled.flag is False):
            message = "is not true, so the batch of its buildspec is not used, and one plain build runs"
            of, beside = f"BatchEnabled in {action.label}", [(spec.place("batch"), "the batch")]
            place, do = action.value.get("Name"), "set it to true, or remove the batch"
            yield pipeline.finding(place, message, of=of, do=do, related=beside, level="advice")


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, InputArtifacts: [{Name: Source}]}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Prod, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ClusterName: c, ServiceName: s}, InputArtifacts: [{Name: Source}, {Name: Built}]}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: web}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Prod, Actions: [{Name: Web, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web}, InputArtifacts: [{Name: Built}]}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: web}, InputArtifacts: [{Name: Source}, {Name: Other}]}]}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Prod"

    action {
      name            = "Stack"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CloudFormation"
      input_artifacts = ["source"]
      configuration   = { ActionMode = "CREATE_UPDATE", StackName = "shop", TemplatePath = "source::shop.yaml" }
    }
  }
}
---
Resources:
  Suites: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, batch: {build-list: [{identifier: one}, {identifier: two}]}, phases: {build: {commands: [make test]}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Test, Actions: [{Name: Suites, ActionTypeId: {Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Suites}, InputArtifacts: [{Name: Source}]}]}
"""

GOOD = """
Parameters: {Batch: {Type: String}}
Resources:
  Suites: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, batch: {build-list: [{identifier: one}, {identifier: two}]}, phases: {build: {commands: [make test]}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Test, Actions: [{Name: Suites, ActionTypeId: {Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Suites, BatchEnabled: "true"}, InputArtifacts: [{Name: Source}]}, {Name: Any, ActionTypeId: {Category: Test, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Suites, BatchEnabled: !Ref Batch}, InputArtifacts: [{Name: Source}]}]}
---
Parameters: {Provider: {Type: String}, Mode: {Type: String}, Artifacts: {Type: CommaDelimitedList}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: web, PrimarySource: Source}, InputArtifacts: [{Name: Source}, {Name: Other}]}]}
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}}]}
        - Name: Prod
          Actions:
            - {Name: Change, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: shop, ChangeSetName: next}}
            - {Name: AnyMode, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: !Ref Mode, StackName: shop}}
            - {Name: Any, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: !Ref Provider, Version: "1"}}
            - {Name: Own, ActionTypeId: {Category: Build, Owner: Custom, Provider: CodeBuild, Version: "1"}}
            - {Name: AnyArtifacts, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ClusterName: c, ServiceName: !Ref Provider}, InputArtifacts: !Ref Artifacts}
            - {Name: AnyConfiguration, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: !Ref Mode, InputArtifacts: [{Name: Source}]}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Build"

    action {
      name            = "Web"
      category        = "Build"
      owner           = "AWS"
      provider        = "CodeBuild"
      input_artifacts = ["source"]
      configuration   = { ProjectName = "web" }
    }
  }
}
"""
