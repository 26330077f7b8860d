"""A build should hand on the files that the actions behind it read.

CodeBuild uploads only the files that its buildspec lists under `artifacts`. A deploy action reads a file of a certain
name in its artifact: imagedefinitions.json for Amazon ECS, unless FileName says otherwise, and imageDetail.json for CodeDeployToECS
in the artifact of an image, which a source of ECR writes by itself. Where the build lists no such
file, the action fails at every run.

What to do: list the file under `artifacts` in the buildspec, or name the one that is listed there in the action's
configuration. A buildspec of which the template holds the path counts if the file lies beside the template; where
nothing lies, the source may be another repository.
"""

from awslint_memo import Findings, Resource, codepipeline, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/file-reference.html",
)
def check(pipeline: Resource) -> Findings:
    for lacking in codepipeline.artifact_files.lacking(pipeline):
        label, maker, file = lacking.action.label, lacking.maker.label, lacking.file
        has = f"hands on {listed(lacking.files)} only"
        do = f"list {file} under artifacts of the buildspec, or name the file that is there"
        is_usual = lacking.value.is_absent
        read = f"{file} (default of {lacking.name})" if is_usual else file
        place = lacking.action.value if is_usual else lacking.value
        message = f"lets {label} read {read}, but {maker} {has}, so the action fails"
        related = [(lacking.place, f"{maker} {has}")]
        yield pipeline.finding(place, message, do=do, related=related)


BAD = """
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/web.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: web}, InputArtifacts: [{Name: Built}]}]}
# --- buildspecs/web.yml
version: 0.2
phases:
  build:
    commands:
      - make images.json
artifacts:
  files:
    - images.json
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [sam build]}}, artifacts: {files: [out/**/*], base-directory: .aws-sam, secondary-artifacts: {Stack: {files: ['*.yaml']}}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: App, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Site}, {Name: Stack}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CREATE_UPDATE, TemplatePath: Stack::packaged.yml}, InputArtifacts: [{Name: Stack}]}]}
---
resource "aws_codebuild_project" "build" {
  name = "build"

  source {
    type      = "CODEPIPELINE"
    buildspec = file("${path.module}/buildspecs/web.yml")
  }
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Build"

    action {
      name             = "Web"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      configuration    = { ProjectName = aws_codebuild_project.build.name }
      output_artifacts = ["built"]
    }
  }

  stage {
    name = "Prod"

    action {
      name     = "Deploy"
      category = "Deploy"
      owner    = "AWS"
      provider = "CodeDeployToECS"

      configuration = {
        AppSpecTemplateArtifact        = "built"
        TaskDefinitionTemplateArtifact = "built"
      }

      input_artifacts = ["built"]
    }
  }
}
# --- buildspecs/web.yml
version: 0.2
phases:
  build:
    commands:
      - make
artifacts:
  files:
    - deploy/appspec.yaml
    - deploy/task.json
  discard-paths: yes
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}, artifacts: {files: [imagedefinitions.json, taskdef.json, appspec.yaml]}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {AppSpecTemplateArtifact: Built, TaskDefinitionTemplateArtifact: Built, Image1ArtifactName: Built, Image1ContainerName: IMAGE}, InputArtifacts: [{Name: Built}]}]}
"""

GOOD = """
Parameters: {File: {Type: String}}
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/web.yml}}}
  # It may be in another repository.
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: other/web.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Build
          Actions:
            - {Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}
            - {Name: Other, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Elsewhere}, OutputArtifacts: [{Name: Other}]}
        - Name: Prod
          Actions:
            - {Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: web, FileName: images.json}, InputArtifacts: [{Name: Built}]}
            - {Name: AnyFile, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: web, FileName: !Ref File}, InputArtifacts: [{Name: Built}]}
            - {Name: Other, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: web}, InputArtifacts: [{Name: Other}]}
            # Nobody says which folders of an absolute path are kept.
            - {Name: Placed, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: web}, InputArtifacts: [{Name: Built}]}
            - {Name: Stack, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}, Configuration: {ActionMode: CREATE_UPDATE, TemplatePath: "Built::cdk.out/Shop.template.json"}, InputArtifacts: [{Name: Built}]}
# --- buildspecs/web.yml
version: 0.2
phases:
  build:
    commands:
      - make images.json
artifacts:
  files:
    - ./images.json
    - cdk.out/**/*
    - /tmp/out/imagedefinitions.json
---
variable "files" { type = list(string) }

resource "aws_codebuild_project" "build" {
  name = "build"

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ version = 0.2, phases = { build = { commands = ["make"] } }, artifacts = { files = var.files } })
  }
}

resource "aws_codebuild_project" "variable" {
  name = "variable"

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ version = 0.2, phases = { build = { commands = ["make"] } }, artifacts = { files = ["$DEFINITIONS"] } })
  }
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Build"

    action {
      name             = "Web"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      configuration    = { ProjectName = aws_codebuild_project.build.name }
      output_artifacts = ["built"]
    }

    action {
      name             = "Other"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      configuration    = { ProjectName = aws_codebuild_project.variable.name }
      output_artifacts = ["other"]
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Web"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      configuration   = { ServiceName = "web" }
      input_artifacts = ["built"]
    }

    action {
      name            = "Other"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      configuration   = { ServiceName = "other" }
      input_artifacts = ["other"]
    }
  }
}
"""
