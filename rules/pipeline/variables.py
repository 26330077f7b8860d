"""A variable that an action reads should be one of the pipeline or of another action.

#{Source.CommitId} is a variable of the action with the Namespace Source, and #{variables.Stage} one of the pipeline's
Variables. What names neither is not resolved: the pipeline is rejected, or its execution fails. A build makes the variables that its
buildspec lists as exported-variables.

What to do: give the action that makes the variable the Namespace that is read (Terraform: namespace), or declare the
variable in Variables; list what a build makes under env, exported-variables, of its buildspec.
"""

from awslint_memo import Findings, Resource, codepipeline, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codepipeline/latest/userguide/reference-variables.html",
)
def check(pipeline: Resource) -> Findings:
    for read in codepipeline.variables.unresolved(pipeline):
        what = f"reads #{{{read.namespace}.{read.name}}}"
        if read.namespace == codepipeline.variables.OF_PIPELINE:
            message, known = f"{what}, but the pipeline has no variable {read.name}", read.known
            do = f"read {listed(known, last='or')}" if known else f"declare {read.name} in Variables"
        else:
            message, known = f"{what}, but no action has the Namespace {read.namespace}", read.known
            do = f"read {listed(known, last='or')}, or give the action that makes it this Namespace"
            do = do if known else "give the action that makes it this Namespace"
        yield pipeline.finding(read.value, message, of=f"Configuration in {read.label}", do=do)
    for read in codepipeline.variables.unexported(pipeline):
        message = f"reads #{{{read.namespace}.{read.name}}}, but the build does not export it, so the action fails"
        do = f"add {read.name} to exported-variables in the buildspec"
        yield pipeline.finding(read.value, message, of=f"Configuration in {read.label}", do=do)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, Namespace: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "#{Source.CommitId}"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Variables: [{Name: Stage}]
      Stages:
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "for #{variables.stage}"}}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "#{variables.Stage}"}}]}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Ask"

    action {
      name          = "Ask"
      category      = "Approval"
      owner         = "AWS"
      provider      = "Manual"
      configuration = { CustomData = "release #{Source.CommitId}" }
    }
  }
}
---
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, env: {exported-variables: [IMAGE_TAG]}, phases: {build: {commands: [make image]}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Code, Namespace: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Code}]}]
        - Name: Build
          Actions: [{Name: Image, Namespace: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Image}, InputArtifacts: [{Name: Code}]}]
        - Name: Approve
          Actions: [{Name: Owner, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "Release #{Build.IMAGE_DIGEST}?"}}]
"""

GOOD = """
Parameters: {Namespace: {Type: String}, Text: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Variables: [{Name: Stage}]
      Stages:
        - {Name: Source, Actions: [{Name: Code, Namespace: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "#{Source.CommitId} #{variables.Stage} #{codepipeline.PipelineExecutionId} # {not}", ExternalEntityLink: !Ref Text}}]}
  AnyNamespace:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Variables: [{Name: !Ref Text}]
      Stages:
        - {Name: Source, Actions: [{Name: Code, Namespace: !Ref Namespace, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Ask, Actions: [{Name: Ask, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "#{Source.CommitId} #{variables.Stage}"}}]}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name      = "Code"
      namespace = "Source"
      category  = "Source"
      owner     = "AWS"
      provider  = "CodeCommit"
    }
  }

  stage {
    name = "Ask"

    action {
      name          = "Ask"
      category      = "Approval"
      owner         = "AWS"
      provider      = "Manual"
      configuration = { CustomData = "release #{Source.CommitId}" }
    }
  }
}
---
Parameters: {Name: {Type: String}}
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, env: {exported-variables: [IMAGE_TAG]}, phases: {build: {commands: [make image]}}}"}}}
  Part: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: !Sub "{version: 0.2, env: {exported-variables: ['${Name}']}, phases: {build: {commands: [make image]}}}"}}}
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: ci/image.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Code, Namespace: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Code}]}]
        - Name: Build
          Actions:
            - {Name: Image, Namespace: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Image}, InputArtifacts: [{Name: Code}]}
            - {Name: Part, Namespace: Part, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Part}, InputArtifacts: [{Name: Code}]}
            - {Name: Elsewhere, Namespace: Elsewhere, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Elsewhere}, InputArtifacts: [{Name: Code}]}
        - Name: Approve
          Actions: [{Name: Owner, ActionTypeId: {Category: Approval, Owner: AWS, Provider: Manual, Version: "1"}, Configuration: {CustomData: "#{Build.IMAGE_TAG} #{Part.IMAGE} #{Elsewhere.IMAGE}"}}]
"""
