"""A change set should be made before it is executed, of a template that its action takes.

CHANGE_SET_EXECUTE executes the change set of the same ChangeSetName and StackName that an action with CHANGE_SET_REPLACE has made,
in an earlier stage or with a lower RunOrder: actions with the same RunOrder run at the same time. TemplatePath and
TemplateConfiguration are ARTIFACT::FILE, with an artifact of InputArtifacts. The action fails otherwise.

What to do: give both actions the same ChangeSetName and the second one a higher RunOrder (Terraform: run_order), and name an
input artifact.
"""

from awslint_memo import Findings, Resource, codepipeline, pipelines, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/action-reference-CloudFormation.html",
)
def check(pipeline: Resource) -> Findings:
    actions = pipelines.actions(pipeline)
    modes = {action.configuration.get("ActionMode").text for action in actions}
    for unmade in codepipeline.change_sets.unmade(pipeline) if "CHANGE_SET_EXECUTE" in modes else ():
        label, maker = unmade.action.label, unmade.made.label
        made = unmade.made.configuration.get("ChangeSetName")
        of, related = f"ChangeSetName in {label}", [(made, f"made by {maker}")]
        if unmade.is_other:
            message = f"but {maker} makes the change set {made.text or 'of another name'}"
            do = f"write {made.text or 'the ChangeSetName of that action'}"
        else:
            message = f"but {maker} does not run before {label}, so the change set is not there"
            do = "give it a later stage, or a higher RunOrder, than the action that makes it"
        yield pipeline.finding(unmade.name, message, of=of, do=do, related=related)
    for action in actions:
        for key, value, artifact in codepipeline.action_types.untaken(action):
            message = f"but the action does not take the artifact {artifact}, so it fails"
            do = "name an input artifact, or add this one to InputArtifacts"
            yield pipeline.finding(value, message, of=f"{key} in {action.label}", do=do)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Templates, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Templates}]}]
        - Name: Storage
          Actions:
            - {Name: Prepare, RunOrder: 1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, InputArtifacts: [{Name: Templates}], Configuration: {ActionMode: CHANGE_SET_REPLACE, StackName: storage, ChangeSetName: pipeline, TemplatePath: "Templates::storage.yaml"}}
            - {Name: Apply, RunOrder: 1, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: storage, ChangeSetName: pipeline}}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Templates, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Templates}]}]
        - Name: Tickets
          Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, InputArtifacts: [{Name: Templates}], Configuration: {ActionMode: CREATE_UPDATE, StackName: tickets, TemplatePath: "Packaged::template.yaml"}}]
---
resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name             = "Templates"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      version          = "1"
      output_artifacts = ["Templates"]
      configuration    = { S3Bucket = "b", S3ObjectKey = "t.zip" }
    }
  }

  stage {
    name = "Jobs"

    action {
      name            = "Prepare"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CloudFormation"
      version         = "1"
      run_order       = 1
      input_artifacts = ["Templates"]
      configuration   = { ActionMode = "CHANGE_SET_REPLACE", StackName = "jobs", ChangeSetName = "pipeline-jobs", TemplatePath = "Templates::jobs.yaml" }
    }

    action {
      name          = "Apply"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "CloudFormation"
      version       = "1"
      run_order     = 2
      configuration = { ActionMode = "CHANGE_SET_EXECUTE", StackName = "jobs", ChangeSetName = "pipeline-job" }
    }
  }
}
"""

GOOD = """
Parameters: {Order: {Type: Number}, Name: {Type: String}, Mode: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Templates, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Templates}]}]
        - Name: Storage
          Actions:
            - {Name: Prepare, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, InputArtifacts: [{Name: Templates}], Configuration: {ActionMode: CHANGE_SET_REPLACE, StackName: storage, ChangeSetName: pipeline, TemplatePath: "Templates::storage.yaml"}}
            - {Name: Apply, RunOrder: 2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: storage, ChangeSetName: pipeline}}
        - Name: Any
          Actions:
            - {Name: Prepare, RunOrder: !Ref Order, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, InputArtifacts: [{Name: Templates}], Configuration: {ActionMode: CHANGE_SET_REPLACE, StackName: any, ChangeSetName: !Ref Name, TemplatePath: !Sub "${Name}::any.yaml"}}
            - {Name: Apply, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: any, ChangeSetName: pipeline}}
        # The first action may be one that executes a change set too.
        - Name: Either
          Actions:
            - {Name: First, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, InputArtifacts: [{Name: Templates}], Configuration: {ActionMode: !Ref Mode, StackName: either, ChangeSetName: first, TemplatePath: "Templates::any.yaml"}}
            - {Name: Second, RunOrder: 2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: either, ChangeSetName: second}}
        # Somebody else makes the change set of this stack.
        - Name: Elsewhere
          Actions: [{Name: Apply, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CHANGE_SET_EXECUTE, StackName: jobs, ChangeSetName: made}}]
---
resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Prepare"

    action {
      name            = "Prepare"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CloudFormation"
      version         = "1"
      input_artifacts = ["Templates"]
      configuration   = { ActionMode = "CHANGE_SET_REPLACE", StackName = "jobs", ChangeSetName = "jobs", TemplatePath = "Templates::jobs.yaml" }
    }
  }

  stage {
    name = "Apply"

    action {
      name          = "Apply"
      category      = "Deploy"
      owner         = "AWS"
      provider      = "CloudFormation"
      version       = "1"
      configuration = { ActionMode = "CHANGE_SET_EXECUTE", StackName = "jobs", ChangeSetName = "jobs" }
    }
  }
}
"""
