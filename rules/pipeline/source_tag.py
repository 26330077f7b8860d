"""A pipeline should take a tag from ECR that somebody pushes.

A source action for ECR takes the image with one tag, latest where ImageTag names no other. Where the builds that push to the
repository push other tags only, there is no such image: the source fails, and a push starts no release.

What to do: set ImageTag to a tag that the build pushes, or let the build push this tag too (to a repository with mutable
tags). Pushes by hand or by scripts are not seen, and a repository that an output or another stack may know is not judged.
"""

from awslint_memo import Findings, Resource, codebuild, listed, pipelines, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codepipeline/latest/userguide/action-reference-ECR.html",
)
def check(pipeline: Resource) -> Findings:
    for action in pipelines.actions(pipeline):
        named, tag = action.configuration.get("RepositoryName"), action.configuration.get("ImageTag")
        is_source = action.category == "Source" and action.provider == "ECR"
        repository = pipeline.deployment.find(named, "AWS::ECR::Repository") if is_source else None
        # Who is told of the repository may push to it too.
        if repository is None or repository.is_exposed():
            continue
        pushed = codebuild.pushes.of_repository(repository)
        taken = codebuild.pushes.SOURCE_TAG if tag.is_absent else tag.text
        if not pushed or taken is None or codebuild.pushes.may_have(pushed, taken):
            continue
        project = pushed[0].project
        tags = listed(list(dict.fromkeys(one.tag for one in pushed)))
        note = " (default)" if tag.is_absent else tag.note
        message = f"is {taken}{note}, but {project.title} pushes {tags} only, so the source fails"
        fixed = next((one.tag for one in pushed if one.pattern == one.tag), None)
        do = "let a build push this tag too" if fixed is None else f"name {fixed}, or let a build push this tag too"
        yield pipeline.finding(
            tag,
            message,
            of=f"ImageTag in {action.label}",
            do=do,
            related=[(project.get("Source.BuildSpec"), f"pushes {tags}"), (repository, "the repository")],
        )


BAD = """
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: web}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:c-$COMMIT']}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages: [{Name: Source, Actions: [{Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Images}, OutputArtifacts: [{Name: Image}]}]}]
---
resource "aws_ecr_repository" "images" {
  name = "web"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "REPO"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "GITHUB"
    buildspec = "{version: 0.2, phases: {build: {commands: ['docker push $REPO:latest']}}}"
  }
}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name             = "Image"
      category         = "Source"
      owner            = "AWS"
      provider         = "ECR"
      version          = "1"
      output_artifacts = ["Image"]
      configuration    = { RepositoryName = aws_ecr_repository.images.name, ImageTag = "stable" }
    }
  }
}
"""

GOOD = """
Parameters: {Tag: {Type: String}, Other: {Type: String}}
Resources:
  Images: {Type: AWS::ECR::Repository, Properties: {RepositoryName: web}}
  Build: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Images.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:c-$COMMIT', 'docker push $REPO:latest']}}}"}}}
  # The tag of this build may be any.
  Variable: {Type: AWS::ECR::Repository, Properties: {RepositoryName: variable}}
  OfVariable: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Variable.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:$TAG']}}}"}}}
  # Another build may push the tag.
  Shared: {Type: AWS::ECR::Repository, Properties: {RepositoryName: shared}}
  OfShared: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Shared.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:c-$COMMIT']}}}"}}}
  Promotes: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Shared.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['./promote.sh latest']}}}"}}}
  Scripted: {Type: AWS::ECR::Repository, Properties: {RepositoryName: scripted}}
  OfScripted: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Scripted.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:c-$COMMIT', 'make push-latest']}}}"}}}
  Unbuilt: {Type: AWS::ECR::Repository, Properties: {RepositoryName: unbuilt}}
  # A workflow elsewhere may push to it.
  Told: {Type: AWS::ECR::Repository, Properties: {RepositoryName: told}}
  OfTold: {Type: AWS::CodeBuild::Project, Properties: {Environment: {EnvironmentVariables: [{Name: REPO, Value: !GetAtt Told.RepositoryUri}]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: ['docker push $REPO:c-$COMMIT']}}}"}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: Image, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Images}, OutputArtifacts: [{Name: Image}]}
            - {Name: Variable, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Variable}, OutputArtifacts: [{Name: A}]}
            - {Name: Shared, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Shared}, OutputArtifacts: [{Name: B}]}
            - {Name: Scripted, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Scripted}, OutputArtifacts: [{Name: C}]}
            - {Name: Unbuilt, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Unbuilt}, OutputArtifacts: [{Name: D}]}
            - {Name: Told, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Told}, OutputArtifacts: [{Name: G}]}
            - {Name: AnyTag, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Images, ImageTag: !Ref Tag}, OutputArtifacts: [{Name: E}]}
            - {Name: Elsewhere, ActionTypeId: {Category: Source, Owner: AWS, Provider: ECR, Version: "1"}, Configuration: {RepositoryName: !Ref Other}, OutputArtifacts: [{Name: F}]}
Outputs: {Told: {Value: !Ref Told}}
---
resource "aws_ecr_repository" "images" {
  name = "web"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"

    environment_variable {
      name  = "REPO"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "GITHUB"
    buildspec = "{version: 0.2, phases: {build: {commands: ['docker push $REPO:stable']}}}"
  }
}

resource "aws_codepipeline" "release" {
  name = "release"

  stage {
    name = "Source"

    action {
      name             = "Image"
      category         = "Source"
      owner            = "AWS"
      provider         = "ECR"
      version          = "1"
      output_artifacts = ["Image"]
      configuration    = { RepositoryName = aws_ecr_repository.images.name, ImageTag = "stable" }
    }
  }
}
"""
