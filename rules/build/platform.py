"""An image should be built for the processors on which it runs.

`docker build` makes an image for the processors of the build, unless it is told others. An image for x86 processors does
not start in a function or task for Arm processors, nor the other way around: "exec format error".

What to do: build the image in an environment with the same processors (Environment.Type ARM_CONTAINER; Terraform: type),
or with docker build --platform. Where a Dockerfile says FROM --platform, which is not seen, this does not apply.
"""

from awslint_memo import Findings, Resource, Value, codebuild, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="異なるプラットフォームやデバイスでアプリケーションを実行する場合、各環境に適合するためには異なるビルドが必要になることがあります",
    aws="lambda/latest/dg/foundation-arch.html",
)
def check(function: Resource) -> Findings:
    for architecture in function.get("Architectures", default="x86_64").items if are_built(function) else ():
        yield from judged(function, architecture, function.get("Code.ImageUri"))


@check.on("AWS::ECS::TaskDefinition")
def task(task: Resource) -> Findings:
    for container in task.get("ContainerDefinitions").items if are_built(task) else ():
        yield from judged(task, task.get("RuntimePlatform.CpuArchitecture"), container.get("Image"))


def are_built(user: Resource) -> bool:
    """Whether images are built here at all."""
    return bool(user.deployment.of_type("AWS::CodeBuild::Project"))


def judged(user: Resource, architecture: Value, image: Value) -> Findings:
    is_known = architecture.is_one_of("arm64", "x86_64", "ARM64", "X86_64")
    built = codebuild.docker.built_for(image, user) if is_known else None
    if built is None:
        return
    project, made = built
    if made != str(architecture.text).lower():
        # Of two kinds of processors, it is built for the other one.
        kind, platform = ("ARM_CONTAINER", "linux/arm64") if made == "x86_64" else ("LINUX_CONTAINER", "linux/amd64")
        yield user.finding(
            architecture,
            f"but {project.title} builds its image for {made}, so it does not start",
            do=f"build it in an environment of type {kind} or with --platform {platform}",
            related=[(project.get("Environment.Type"), f"builds for {made}")],
        )


BAD = """
Resources:
  Images: {Type: AWS::ECR::Repository}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Images.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t $REPOSITORY ., docker push $REPOSITORY]}}}"}
  Orders:
    Type: AWS::Lambda::Function
    Properties: {PackageType: Image, Architectures: [arm64], Code: {ImageUri: !Sub "${Images.RepositoryUri}:latest"}}
---
resource "aws_ecr_repository" "images" {
  name = "images"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type            = "ARM_CONTAINER"
    image           = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
    privileged_mode = true

    environment_variable {
      name  = "REPOSITORY"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = jsonencode({ version = 0.2, phases = { build = { commands = ["docker build -t $REPOSITORY .", "docker push $REPOSITORY"] } } })
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.images.repository_url}:latest"
}
---
resource "aws_ecr_repository" "images" {
  name = "images"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type            = "LINUX_CONTAINER"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = "{version: 0.2, phases: {build: {commands: ['docker build -t ${aws_ecr_repository.images.repository_url} .', 'docker push ${aws_ecr_repository.images.repository_url}']}}}"
  }
}

resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = jsonencode([{ name = "orders", image = "${aws_ecr_repository.images.repository_url}:latest" }])

  runtime_platform {
    cpu_architecture = "ARM64"
  }
}
"""

GOOD = """
Parameters: {Processors: {Type: String}}
Resources:
  Images: {Type: AWS::ECR::Repository}
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Images.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t $REPOSITORY ., docker push $REPOSITORY]}}}"}
  Same: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Code: {ImageUri: !Sub "${Images.RepositoryUri}:latest"}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Architectures: [!Ref Processors], Code: {ImageUri: !Sub "${Images.RepositoryUri}:latest"}}}
  OfInstances: {Type: AWS::ECS::TaskDefinition, Properties: {ContainerDefinitions: [{Name: orders, Image: !Sub "${Images.RepositoryUri}:latest"}]}}
  Elsewhere: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Architectures: [arm64], Code: {ImageUri: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/images:latest"}}}
  Zipped: {Type: AWS::Lambda::Function, Properties: {Architectures: [arm64], Code: {S3Bucket: code, S3Key: orders.zip}}}
  Platforms: {Type: AWS::ECR::Repository}
  ForArm:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Platforms.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build --platform linux/arm64 -t $REPOSITORY ., docker push $REPOSITORY]}}}"}
  Told: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Architectures: [arm64], Code: {ImageUri: !Sub "${Platforms.RepositoryUri}:latest"}}}
  Both: {Type: AWS::ECR::Repository}
  OnX86:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Both.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t $REPOSITORY ., docker push $REPOSITORY]}}}"}
  OnArm:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: ARM_CONTAINER, Image: "aws/codebuild/amazonlinux-aarch64-standard:3.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Both.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t $REPOSITORY ., docker push $REPOSITORY]}}}"}
  OfBoth: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Architectures: [arm64], Code: {ImageUri: !Sub "${Both.RepositoryUri}:arm"}}}
  Pulled: {Type: AWS::ECR::Repository}
  Tests:
    Type: AWS::CodeBuild::Project
    Properties:
      Environment: {Type: LINUX_CONTAINER, Image: "aws/codebuild/standard:7.0", PrivilegedMode: true, EnvironmentVariables: [{Name: REPOSITORY, Value: !GetAtt Pulled.RepositoryUri}]}
      Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [docker build -t tests ., docker run tests]}}}"}
  OfTests: {Type: AWS::Lambda::Function, Properties: {PackageType: Image, Architectures: [arm64], Code: {ImageUri: !Sub "${Pulled.RepositoryUri}:latest"}}}
---
resource "aws_ecr_repository" "images" {
  name = "images"
}

resource "aws_codebuild_project" "build" {
  name = "build"

  environment {
    type            = "ARM_CONTAINER"
    image           = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
    privileged_mode = true

    environment_variable {
      name  = "REPOSITORY"
      value = aws_ecr_repository.images.repository_url
    }
  }

  source {
    type      = "CODEPIPELINE"
    buildspec = "buildspec.yml"
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.images.repository_url}:latest"
}
"""
