"""A build should write images for the containers that the task definition has.

The deploy action for Amazon ECS puts the images of imagedefinitions.json into the containers of the same names. Where the
service's task definition has no container of a name, the action fails at every run. So does the one with CodeDeploy, where
appspec.yaml names a container or a port that taskdef.json does not have; and where this has no place for an image, it deploys
the old one.

What to do: write the name of the container in the task definition into the file. Of appspec.yaml and taskdef.json those are
looked at that lie beside the template, or in a folder that is called as the archive in the source's bucket.
"""

from awslint_memo import Findings, Resource, bundles, codepipeline, listed, rule


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
    for target in bundles.wrong_targets(pipeline):
        message, do = of_image(target) if target.what == "image" else of_container(target)
        related = [(target.action.value, "the action")]
        yield pipeline.finding(target.place, message, do=do, level="warning", related=related)


def of_image(target: bundles.WrongTarget) -> tuple[str, str]:
    """What is wrong, and what to do."""
    message = f"puts an image for <{target.name}> in {target.action.label}, but {target.path} has no such image"
    return f"{message}, so the new one is not deployed", f"write <{target.name}> as the image there"


def of_container(target: bundles.WrongTarget) -> tuple[str, str]:
    """The same of a container, or of its port."""
    message = f"reads {target.path} in {target.action.label}, which names the {target.what} {target.name}"
    message += f", but the task definition beside it has {listed(target.known)} only, so the deployment fails"
    return message, f"write {listed(target.known, last='or')}"


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
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: web.zip}, OutputArtifacts: [{Name: Web}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Web, TaskDefinitionTemplateArtifact: Web}, InputArtifacts: [{Name: Web}]}]}
# --- web/appspec.yaml
version: 0.0
Resources:
  - TargetService: {Type: AWS::ECS::Service, Properties: {TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: {ContainerName: web-app, ContainerPort: 80}}}
# --- web/taskdef.json
{"family": "web", "containerDefinitions": [{"name": "web", "image": "<IMAGE>"}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeCommit, Version: "1"}, Configuration: {RepositoryName: web, BranchName: main}, OutputArtifacts: [{Name: Web}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Web, TaskDefinitionTemplateArtifact: Web}, InputArtifacts: [{Name: Web}]}]}
# --- appspec.yaml
version: 0.0
Resources:
  - TargetService: {Type: AWS::ECS::Service, Properties: {TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: {ContainerName: web, ContainerPort: 80}}}
# --- taskdef.json
{"family": "web", "containerDefinitions": [{"name": "web", "image": "<IMAGE>", "portMappings": [{"containerPort": 8080}]}]}
---
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: web.zip}, OutputArtifacts: [{Name: Web}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Web, TaskDefinitionTemplateArtifact: Web, Image1ArtifactName: Web, Image1ContainerName: IMAGE1_NAME}, InputArtifacts: [{Name: Web}]}]}
# --- web/appspec.yaml
version: 0.0
Resources:
  - TargetService: {Type: AWS::ECS::Service, Properties: {TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: {ContainerName: web, ContainerPort: 80}}}
# --- web/taskdef.json
{"family": "web", "containerDefinitions": [{"name": "web", "image": "<IMAGE>"}]}
"""

GOOD = """
Parameters: {Key: {Type: String}}
Resources:
  Build: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE, BuildSpec: buildspec.yml}}}
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: web.zip}, OutputArtifacts: [{Name: Web}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Web, TaskDefinitionTemplateArtifact: Web, Image1ArtifactName: Web, Image1ContainerName: IMAGE}, InputArtifacts: [{Name: Web}]}]}
  # A build writes the name of the container.
  Written:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Api, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: api.zip}, OutputArtifacts: [{Name: Api}]}]}
        - {Name: Build, Actions: [{Name: Api, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: "1"}, Configuration: {ProjectName: !Ref Build}, InputArtifacts: [{Name: Api}], OutputArtifacts: [{Name: Built}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Built, TaskDefinitionTemplateArtifact: Built}, InputArtifacts: [{Name: Built}]}]}
  Unknown:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Api, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: !Ref Key}, OutputArtifacts: [{Name: Api}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeployToECS, Version: "1"}, Configuration: {ApplicationName: a, DeploymentGroupName: a, AppSpecTemplateArtifact: Api, TaskDefinitionTemplateArtifact: Api}, InputArtifacts: [{Name: Api}]}]}
# --- web/appspec.yaml
version: 0.0
Resources:
  - TargetService: {Type: AWS::ECS::Service, Properties: {TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: {ContainerName: web, ContainerPort: 80}}}
# --- web/taskdef.json
{"family": "web", "containerDefinitions": [{"name": "web", "image": "<IMAGE>", "portMappings": [{"containerPort": 80}]}]}
# --- api/appspec.yaml
version: 0.0
Resources:
  - TargetService: {Type: AWS::ECS::Service, Properties: {TaskDefinition: <TASK_DEFINITION>, LoadBalancerInfo: {ContainerName: CONTAINER, ContainerPort: 80}}}
# --- api/taskdef.json
{"family": "api", "containerDefinitions": [{"name": "api", "image": "<IMAGE>"}]}
# --- buildspec.yml
version: 0.2
phases: {build: {commands: ["sed -i s/CONTAINER/api/ appspec.yaml"]}}
---
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
