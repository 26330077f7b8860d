"""A build should write images for the containers that the task definition has.

The deploy action for Amazon ECS puts the images of imagedefinitions.json into the containers of the same names. Where the
service's task definition has no container of a name, the action fails at every run.

What to do: write the name of the container in the task definition into the file.
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
    # "The AWS ECS container web does not exist": https://github.com/aws-samples/aws-modern-application-workshop/issues/153
    # (read on 2026-11-30)
    for wrong in codepipeline.artifact_files.wrong_containers(pipeline):
        writes = f"{wrong.maker.label} writes an image for the container {wrong.name}"
        yield pipeline.finding(
            wrong.action.value,
            f"fails, because {writes}, and {wrong.task.title} has {listed(wrong.names)} only",
            of=wrong.action.label,
            do=f"write {listed(wrong.names, last='or')} into the file, or rename the container",
            level=None if wrong.is_sure else "warning",
            related=[(wrong.place, writes), (wrong.task, f"has {listed(wrong.names)} only")],
        )


BAD = """
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/web.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: !GetAtt Web.Name}, InputArtifacts: [{Name: Built}]}]}
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web-app, Image: web}]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task}}
# --- buildspecs/web.yml
version: 0.2
phases:
  build:
    commands:
      - docker build -t "$REGISTRY/web" .
      - printf '[{"name":"web","imageUri":"%s"}]' "$REGISTRY/web" > imagedefinitions.json
      - cat imagedefinitions.json
artifacts: {files: imagedefinitions.json}
---
resource "aws_codebuild_project" "web" {
  name = "web"

  environment {
    environment_variable {
      name  = "CONTAINER"
      value = "web"
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = file("web.yml")
  }
}

resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web-app", image = "web" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn

  lifecycle {
    ignore_changes = [task_definition]
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
      output_artifacts = ["built"]
      configuration    = { ProjectName = aws_codebuild_project.web.name }
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Web"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      input_artifacts = ["built"]
      configuration   = { ServiceName = aws_ecs_service.web.name, FileName = "images.json" }
    }
  }
}
# --- web.yml
version: 0.2
phases:
  build:
    commands:
      - printf '[{"name":"%s","imageUri":"%s"}]' $CONTAINER "$REGISTRY/web" > images.json
"""

GOOD = """
Parameters: {Container: {Type: String}}
Resources:
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {EnvironmentVariables: [{Name: CONTAINER, Value: !Ref Container}, {Name: OTHER, Value: other}]}
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - printf '[{"name":"%s","imageUri":"%s"}]' $CONTAINER web > unknown.json
                - echo "[{\\"name\\":\\"web\\",\\"imageUri\\":\\"web\\"}]" > imagedefinitions.json
                - printf '[{"name":"other","imageUri":"web"}]' > changed.json
                - sed -i s/other/web/ changed.json
                - OTHER=web
                - echo "[{\\"name\\":\\"$OTHER\\",\\"imageUri\\":\\"web\\"}]" > set.json
  Task: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: web, Image: web}, {Name: proxy, Image: proxy}]}}
  Web: {Type: AWS::ECS::Service, Properties: {TaskDefinition: !Ref Task}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Build, Actions: [{Name: Web, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, OutputArtifacts: [{Name: Built}]}]}
        - Name: Prod
          Actions:
            - {Name: A, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: !GetAtt Web.Name}, InputArtifacts: [{Name: Built}]}
            - {Name: B, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: !GetAtt Web.Name, FileName: unknown.json}, InputArtifacts: [{Name: Built}]}
            - {Name: C, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: !GetAtt Web.Name, FileName: changed.json}, InputArtifacts: [{Name: Built}]}
            - {Name: D, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: !GetAtt Web.Name, FileName: set.json}, InputArtifacts: [{Name: Built}]}
            - {Name: E, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: ECS, Version: "1"}, Configuration: {ServiceName: elsewhere, FileName: changed.json}, InputArtifacts: [{Name: Built}]}
---
resource "aws_ecs_task_definition" "web" {
  family                = "web"
  container_definitions = jsonencode([{ name = "web", image = "web" }])
}

resource "aws_ecs_service" "web" {
  name            = "web"
  task_definition = aws_ecs_task_definition.web.arn
}

resource "aws_codepipeline" "release" {
  stage {
    name = "Prod"

    action {
      name            = "Web"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      input_artifacts = ["built"]
      configuration   = { ServiceName = aws_ecs_service.web.name }
    }
  }
}
"""
