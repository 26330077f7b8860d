"""A build that uses Docker should run in privileged mode.

The Docker daemon of a build runs only in privileged mode. Without it, docker build and docker run end with "Cannot
connect to the Docker daemon", so every build fails. On Lambda compute (LINUX_LAMBDA_CONTAINER, ARM_LAMBDA_CONTAINER) there is
no Docker in any mode.

What to do: set Environment.PrivilegedMode to true (Terraform: privileged_mode), with LINUX_CONTAINER or ARM_CONTAINER as Type.
Or build the image without a daemon (kaniko, buildah) or with a Docker server (DockerServer). Commands of scripts in the source
are not seen.
"""

from awslint_memo import Findings, Resource, codebuild, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/sample-docker.html",
    fix="safe",
    yields_to=("build-settings",),
)
def check(project: Resource) -> Findings:
    kind = project.get("Environment.Type")
    if codebuild.environments.is_on_lambda(project):
        command = codebuild.docker.docker_command(project)
        if command is not None:
            related = [(project.get("Source.BuildSpec"), f"runs {command}")]
            message = f"but the build runs {command}, and Lambda compute has no Docker, so it fails"
            yield project.finding(kind, message, do="write a type of servers with PrivilegedMode", related=related)
        return
    privileged = project.get("Environment.PrivilegedMode", default=False)
    if privileged.flag is not False or kind.text not in codebuild.docker.PRIVILEGED_TYPES:
        return
    command = codebuild.docker.docker_command(project)
    if command is not None:
        fix = project.set("Environment.PrivilegedMode", True)
        message = f"but the build runs {command}, which needs Docker's daemon and fails"
        related = [(project.get("Source.BuildSpec"), f"runs {command}")]
        modes = project.get("Cache.Modes").items
        layers = next((mode for mode in modes if mode.text == "LOCAL_DOCKER_LAYER_CACHE"), None)
        if layers is not None:
            message += ", and no layer is cached"
            related.append((layers, "needs it too"))
        yield project.finding(privileged, message, do="set it to true", related=related, fix=fix, about=[privileged])


BAD = """
Resources:
  Image:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", ComputeType: BUILD_GENERAL1_SMALL}
      Source:
        Type: CODEPIPELINE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - docker build -t web .
                - docker push web
---
Resources:
  Functions:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: ARM_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: false}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [sam build --use-container]}}}"}
---
resource "aws_codebuild_project" "image" {
  name = "image"

  environment {
    type         = "LINUX_CONTAINER"
    image        = "aws/codebuild/standard:7.0"
    compute_type = "BUILD_GENERAL1_SMALL"
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - docker-compose build
    EOT
  }
}
---
Resources:
  Image:
    Type: AWS::CodeBuild::Project
    Properties:
      Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}
      Environment: {Type: LINUX_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: false}
      Source: {Type: CODEPIPELINE, BuildSpec: buildspecs/image.yml}
# --- buildspecs/image.yml
version: 0.2
phases:
  build:
    commands:
      - docker build -t web .
---
Resources:
  Image:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_LAMBDA_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
"""

GOOD = """
Parameters: {Privileged: {Type: String}, Type: {Type: String}}
Resources:
  Privileged:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i, PrivilegedMode: true}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  Unknown:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i, PrivilegedMode: !Ref Privileged}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  Files:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i}
      FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}]
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  AnyType:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: !Ref Type, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  OnLambda:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_LAMBDA_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker login r, sam build]}}}"}
  WithServer:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i, DockerServer: {ComputeType: BUILD_GENERAL1_SMALL}}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  Elsewhere:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i, EnvironmentVariables: [{Name: DOCKER_HOST, Value: "tcp://docker:2376"}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  Exported:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, env: {variables: {DOCKER_HOST: d}}, phases: {build: {commands: [docker build .]}}}"}
  Context:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker context use far, docker build .]}}}"}
  WithoutDaemon:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker login r, docker tag a b, buildah build ., make image, sam build]}}}"}
  OldImage:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/docker:17.09.0"}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build .]}}}"}
  File:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: i}
      Source: {Type: CODEPIPELINE, BuildSpec: buildspec.yml}
---
resource "aws_codebuild_project" "image" {
  name = "image"

  environment {
    type            = "LINUX_CONTAINER"
    image           = "aws/codebuild/standard:7.0"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - docker build .
    EOT
  }
}
"""

FIXED = """
-      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", ComputeType: BUILD_GENERAL1_SMALL}
+      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: true}
---
-      Environment: {Type: ARM_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: false}
+      Environment: {Type: ARM_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: true}
---
-    type         = "LINUX_CONTAINER"
-    image        = "aws/codebuild/standard:7.0"
-    compute_type = "BUILD_GENERAL1_SMALL"
+    type            = "LINUX_CONTAINER"
+    image           = "aws/codebuild/standard:7.0"
+    compute_type    = "BUILD_GENERAL1_SMALL"
+    privileged_mode = true
---
-      Environment: {Type: LINUX_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: false}
+      Environment: {Type: LINUX_CONTAINER, Image: i, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: true}
"""
