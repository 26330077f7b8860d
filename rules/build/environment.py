"""The image and the compute type of a build should be those of its environment.

An environment on Lambda (LINUX_LAMBDA_CONTAINER, ARM_LAMBDA_CONTAINER) has compute types BUILD_LAMBDA_… and images of its own,
and one for Arm processors has images for these. CodeBuild refuses another compute type, and no build starts with another
image. Builds on Lambda support no privileged mode, cache, badge, VPC or file system, and no timeout of one's own; with a cache or
a timeout, for example, CodeBuild refuses the project.

What to do: write a compute type and an image for Environment.Type, or that Type for them. Remove what Lambda does not have, or
let the builds run on servers (LINUX_CONTAINER, ARM_CONTAINER).
"""

from awslint_memo import Findings, Resource, codebuild, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="異なるプラットフォームやデバイスでアプリケーションを実行する場合、各環境に適合するためには異なるビルドが必要になることがあります",
    aws="codebuild/latest/userguide/build-env-ref-compute-types.html",
)
def check(project: Resource) -> Findings:
    misfit = codebuild.environments.misfit(project)
    if misfit is not None:
        kind = project.get("Environment.Type")
        message = f"which is for {misfit.is_for}, but Environment.Type is {kind.text}{kind.note}, so no build starts"
        do, related = f"write one for {kind.text}", [(kind, "the type of the environment")]
        yield project.finding(misfit.value, message, do=do, related=related)
    for path, value in codebuild.environments.not_on_lambda(project):
        kind = project.get("Environment.Type")
        message = f"is set, but Environment.Type is {kind.text}{kind.note}, and builds on Lambda do not support it"
        do = "remove it, or write a type of servers"
        yield project.finding(value, message, of=path, do=do, related=[(kind, "the type of the environment")])


BAD = """
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-aarch64-standard:3.0"}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: ARM_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/standard:7.0"}}}
---
resource "aws_codebuild_project" "web" {
  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_LAMBDA_2GB"
    image        = "i"
  }
}
---
resource "aws_codebuild_project" "web" {
  environment {
    type         = "ARM_LAMBDA_CONTAINER"
    compute_type = "BUILD_LAMBDA_2GB"
    image        = "aws/codebuild/amazonlinux-aarch64-standard:3.0"
  }
}
---
resource "aws_codebuild_project" "web" {
  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/amazonlinux-x86_64-lambda-standard:python3.12"
  }
}
---
Resources:
  Lint: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_2GB, Image: "aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs20", PrivilegedMode: true}}}
---
Resources:
  Lint: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_CUSTOM_CACHE]}, Environment: {Type: ARM_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_2GB, Image: i}}}
---
Resources:
  Lint: {Type: AWS::CodeBuild::Project, Properties: {QueuedTimeoutInMinutes: 30, Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_2GB, Image: i}}}
---
Resources:
  Lint: {Type: AWS::CodeBuild::Project, Properties: {FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}], Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_2GB, Image: i}}}
---
resource "aws_codebuild_project" "lint" {
  environment {
    type         = "LINUX_LAMBDA_CONTAINER"
    compute_type = "BUILD_LAMBDA_2GB"
    image        = "aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs20"
  }

  vpc_config {
    vpc_id             = "v"
    subnets            = ["a"]
    security_group_ids = ["s"]
  }
}
"""

GOOD = """
Parameters: {Type: {Type: String}, Size: {Type: String}}
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-x86_64-standard:5.0"}}}
  Arm: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: ARM_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux2-aarch64-standard:3.0"}}}
  Lambda: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_1GB, Image: "aws/codebuild/amazonlinux-x86_64-lambda-standard:nodejs20"}}}
  Own: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: ARM_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "public.ecr.aws/amazonlinux/amazonlinux:2023"}}}
  Mac: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: MAC_ARM, ComputeType: BUILD_GENERAL1_MEDIUM, Image: "aws/codebuild/macos-arm-base:14"}}}
  Chosen: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: ATTRIBUTE_BASED_COMPUTE, Image: i}}}
  Fleet: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: "aws/codebuild/amazonlinux-aarch64-standard:3.0", Fleet: {FleetArn: !ImportValue Fleet}}}}
  AnyType: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: !Ref Type, ComputeType: BUILD_LAMBDA_1GB, Image: i}}}
  AnySize: {Type: AWS::CodeBuild::Project, Properties: {Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: !Ref Size, Image: i}}}
  Plain: {Type: AWS::CodeBuild::Project, Properties: {BadgeEnabled: false, Cache: {Type: NO_CACHE}, VpcConfig: !Ref "AWS::NoValue", FileSystemLocations: [], Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_1GB, Image: i, PrivilegedMode: false}}}
  OnServers: {Type: AWS::CodeBuild::Project, Properties: {TimeoutInMinutes: 30, Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i, PrivilegedMode: true}}}
  OfFleet: {Type: AWS::CodeBuild::Project, Properties: {TimeoutInMinutes: 30, Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_1GB, Image: i, Fleet: {FleetArn: !ImportValue Fleet}}}}
  Asked: {Type: AWS::CodeBuild::Project, Properties: {TimeoutInMinutes: !Ref Size, Cache: {Type: !Ref Type}, Environment: {Type: LINUX_LAMBDA_CONTAINER, ComputeType: BUILD_LAMBDA_1GB, Image: i, PrivilegedMode: !Ref Type}}}
---
# Terraform keeps the timeout to itself.
resource "aws_codebuild_project" "web" {
  build_timeout = 15

  environment {
    type         = "ARM_LAMBDA_CONTAINER"
    compute_type = "BUILD_LAMBDA_2GB"
    image        = "aws/codebuild/amazonlinux-aarch64-lambda-standard:python3.12"
  }
}
"""
