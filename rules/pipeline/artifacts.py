"""An action should take artifacts that an action before it makes.

CodePipeline rejects a pipeline in which an action takes an artifact that no action of an earlier stage makes, nor one of
its own stage with a lower RunOrder, and one in which two actions make artifacts of the same name. CodeBuild uploads only
what the buildspec lists under `artifacts`: without that section the action that takes the artifact fails. Of a build that makes
several, each has the name of one of the secondary-artifacts there.

What to do: write the name of an output artifact of an earlier action, and give each output artifact a name of its own.
Let the buildspec of a build whose artifact is taken list its files under `artifacts`.
"""

from awslint_memo import Findings, Resource, codepipeline, listed, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/action-requirements.html",
)
def check(pipeline: Resource) -> Findings:
    for missing in codepipeline.artifacts.missing(pipeline):
        name, label = missing.artifact.name, missing.artifact.action.label
        if missing.maker is None:
            reason = f"but no action before {label} makes an artifact of this name"
        else:
            reason = f"but {missing.maker.label} makes this artifact, and does not run before {label}"
        others = (*missing.before, *(["another one that is made before"] if missing.has_more else []))
        do = f"take {listed(others, last='or')}" if others else "name it in OutputArtifacts of an earlier action"
        yield pipeline.finding(name, reason, of=f"InputArtifacts in {label}", do=do)
    for earlier, artifact in codepipeline.artifacts.repeated(pipeline):
        label, first = artifact.action.label, earlier.action.label
        message = f"but {first} makes an artifact of this name too, so CodePipeline rejects the pipeline"
        related = [(earlier.name, f"made by {first}")]
        yield pipeline.finding(
            artifact.name, message, of=f"OutputArtifacts in {label}", do="give it another name", related=related
        )
    for artifact, taken in codepipeline.artifacts.unmade(pipeline):
        label, taker = artifact.action.label, taken.action.label
        message = f"but the buildspec has no artifacts, so nothing is uploaded and {taker} fails"
        do, related = "add artifacts to the buildspec", [(taken.name, f"taken by {taker}")]
        yield pipeline.finding(
            artifact.name, message, of=f"OutputArtifacts in {label}", do=do, level="warning", related=related
        )
    for artifact, names in codepipeline.artifacts.unlisted(pipeline):
        label = artifact.action.label
        message = f"but the buildspec of {label} has no secondary artifact of this name, so the action fails"
        yield pipeline.finding(artifact.name, message, of="OutputArtifacts", do=f"write {listed(names, 3, 'or')}")


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, InputArtifacts: [{Name: source}]}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - Name: Build
          Actions:
            - {Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, InputArtifacts: [{Name: Source}], OutputArtifacts: [{Name: Built}]}
            - {Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}
            - {Name: Config, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}
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
    }
  }
}
---
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}]}
---
resource "aws_codebuild_project" "build" {
  name = "build"

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ version = 0.2, phases = { build = { commands = ["make"] } } })
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
      name            = "Site"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "S3"
      input_artifacts = ["built"]
    }
  }
}
---
Resources:
  Make: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}, artifacts: {files: [x], secondary-artifacts: {Template: {files: [t]}, Bundle: {files: [b]}}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Code, Namespace: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Code}]}]
        - Name: Build
          Actions: [{Name: Make, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Make}, InputArtifacts: [{Name: Code}], OutputArtifacts: [{Name: Template}, {Name: Binaries}]}]
"""

GOOD = """
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}, artifacts: {files: [site]}}"}}}
  Batch: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}, batch: {build-list: []}}"}}}
  Tests: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, InputArtifacts: [{Name: Source}], OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}]}
  InBatch:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Batch}, OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}]}
  # Of the source that names no artifact, another rule tells.
  Forgotten:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, InputArtifacts: [{Name: Source}]}]}
  Untaken:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Tests}, InputArtifacts: [{Name: Source}], OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Source}]}]}
---
Parameters: {Name: {Type: String}, Order: {Type: Number}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: Source}]}]}
        - Name: Build
          Actions:
            - {Name: Web, RunOrder: 1, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, InputArtifacts: [{Name: Source}], OutputArtifacts: [{Name: Built}]}
            - {Name: Deploy, RunOrder: 2, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}
            - {Name: Any, RunOrder: !Ref Order, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, InputArtifacts: [{Name: Built}]}
  AnyName:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Code, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, OutputArtifacts: [{Name: !Ref Name}]}]}
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, InputArtifacts: [{Name: source}]}]}
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name             = "Code"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      output_artifacts = ["source"]
    }
  }

  stage {
    name = "Build"

    action {
      name            = "Web"
      category        = "Compute"
      owner           = "AWS"
      provider        = "Commands"
      commands        = ["make"]
      input_artifacts = ["source"]

      output_artifacts_for_compute_action {
        name  = "built"
        files = ["site/**"]
      }
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Site"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "S3"
      input_artifacts = ["built"]
    }
  }
}
---
variable "names" { type = set(string) }

resource "aws_codepipeline" "release" {
  dynamic "stage" {
    for_each = var.names

    content {
      name = stage.value
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Site"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "S3"
      input_artifacts = ["built"]
    }
  }
}
---
Parameters: {Name: {Type: String}}
Resources:
  Make: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [make]}}, artifacts: {files: [x], secondary-artifacts: {Template: {files: [t]}, Bundle: {files: [b]}}}}"}}}
  Part: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: !Sub "{version: 0.2, phases: {build: {commands: [make]}}, artifacts: {files: [x], secondary-artifacts: {'${Name}': {files: [t]}}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions: [{Name: Code, Namespace: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: b, S3ObjectKey: t.zip}, OutputArtifacts: [{Name: Code}]}]
        - Name: Build
          Actions:
            - {Name: Make, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Make}, InputArtifacts: [{Name: Code}], OutputArtifacts: [{Name: Template}, {Name: Bundle}]}
            - {Name: One, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Make}, InputArtifacts: [{Name: Code}], OutputArtifacts: [{Name: Whole}]}
            - {Name: Part, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Part}, InputArtifacts: [{Name: Code}], OutputArtifacts: [{Name: Some}, {Name: Other}]}
"""
