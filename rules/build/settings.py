"""A project should have the settings that go with its source, artifacts and file systems.

A pipeline hands over source and artifacts alike, so both are CODEPIPELINE or neither, and such a project has no badge. Only
sources in GitHub, GitLab and Bitbucket have webhooks. A source in a repository or bucket, artifacts and a cache in S3 need
their Location, a VPC its subnets and security groups, and file systems the PrivilegedMode of the environment. CodeBuild
refuses a project with anything else. A project without a source needs a BuildSpec, unless it is a runner of Buildkite, and
file systems are reached in a VPC only, that of the project or of its fleet: such builds fail.

What to do: add, change or remove what the message names.
"""

from awslint_memo import Findings, Resource, environments, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/APIReference/API_CreateProject.html",
    fix="safe",
)
def check(project: Resource) -> Findings:
    source, artifacts = project.get("Source.Type"), project.get("Artifacts.Type")
    for value, other, of in ((artifacts, source, "Source.Type"), (source, artifacts, "Artifacts.Type")):
        if other.text == environments.OF_PIPELINE and value.text not in (None, environments.OF_PIPELINE):
            message = f"but {of} is {other.text}, so CodeBuild refuses the project"
            yield project.finding(value, message, do=f"set both to {other.text}, or none")
    badge, webhook = project.get("BadgeEnabled"), project.get("Triggers.Webhook")
    # https://github.com/awsdocs/aws-cloudformation-user-guide/issues/54 (read on 2026-11-29)
    if badge.flag is True and source.text == environments.OF_PIPELINE:
        yield project.finding(badge, f"but a project with the source {source.text} has no badge", do="remove it")
    is_hooked = source.text in (None, "NO_SOURCE", *environments.WITH_WEBHOOK)
    if webhook.flag is True and not is_hooked:
        message = f"but Source.Type is {source.text}, and such a source has no webhooks"
        yield project.finding(webhook, message, do="remove it, and start the build by a rule of EventBridge")
    spec = project.get("Source.BuildSpec")
    if source.text == "NO_SOURCE" and spec.is_absent and not environments.is_runner(project):
        # Whoever starts a build may bring one.
        message = "but without a source CodeBuild finds no other one"
        yield project.finding(spec, message, do="write one", level="advice")
    for path, kinds in (("Source", environments.LOCATED), ("Artifacts", ("S3",)), ("Cache", ("S3",))):
        kind, place = project.get(f"{path}.Type"), project.get(f"{path}.Location")
        if kind.is_one_of(*kinds) and place.is_absent:
            yield project.finding(place, f"but {path}.Type is {kind.text}, which needs it", do="add it")
    yield from in_vpc(project)


def in_vpc(project: Resource) -> Findings:
    network, systems = project.get("VpcConfig"), project.get("FileSystemLocations")
    if any(item.fields for item in systems.items) and not environments.is_on_lambda(project):
        # "Privileged Mode has to be set for projects with File System Locations": https://github.com/badmintoncryer/cdk-preflight,
        # pf-codebuild-file-system-locations-need-privileged-mode; and codebuild/latest/userguide/sample-efs.html (both read
        # on 2026-11-29)
        privileged = project.get("Environment.PrivilegedMode", default=False)
        if privileged.flag is False:
            message = "but FileSystemLocations has a file system, and CodeBuild refuses the project"
            fix = project.set("Environment.PrivilegedMode", True)
            yield project.finding(privileged, message, do="set it to true", fix=fix)
        # A fleet may have a VPC of its own, and then the project has none.
        if network.is_absent and project.get("Environment.Fleet").is_absent:
            message = "but FileSystemLocations has a file system, which is reached in a VPC only"
            yield project.finding(network, message, do="add it", level="advice")
    for name in ("VpcId", "Subnets", "SecurityGroupIds") if network.fields else ():
        if network.get(name).is_absent:
            yield project.finding(network.get(name), "but CodeBuild refuses a VPC without it", do="add it")
    for name, (least, most) in environments.TIMES.items():
        timeout = project.get(name)
        if timeout.below(least) or timeout.above(most):
            do = f"set it to {least if timeout.below(least) else most}"
            yield project.finding(timeout, f"but CodeBuild takes {least} to {most}", unit="minutes", do=do)


BAD = """
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: NO_ARTIFACTS}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, BadgeEnabled: true}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODECOMMIT, Location: "https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/web"}, Artifacts: {Type: NO_ARTIFACTS}, Triggers: {Webhook: true}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: NO_SOURCE}, Artifacts: {Type: NO_ARTIFACTS}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB}, Artifacts: {Type: NO_ARTIFACTS}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Cache: {Type: S3}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: [a]}}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, TimeoutInMinutes: 3000}}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: [a], SecurityGroupIds: [s]}, FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}]}}
---
resource "aws_codebuild_project" "web" {
  build_timeout = 1

  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type = "CODEPIPELINE"
  }
}
---
resource "aws_codebuild_project" "web" {
  source {
    type     = "GITHUB"
    location = "https://github.com/example/web.git"
  }

  artifacts {
    type = "CODEPIPELINE"
  }
}
---
resource "aws_codebuild_project" "web" {
  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type = "CODEPIPELINE"
  }

  environment {
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    type            = "LINUX_CONTAINER"
    privileged_mode = true
  }

  file_system_locations {
    identifier  = "data"
    location    = "fs-1.efs.eu-west-1.amazonaws.com:/"
    mount_point = "/data"
    type        = "EFS"
  }
}
---
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, QueuedTimeoutInMinutes: 720}}
---
resource "aws_codebuild_project" "web" {
  queued_timeout = 0

  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type = "CODEPIPELINE"
  }
}
"""

GOOD = """
Parameters: {Type: {Type: String}, Minutes: {Type: Number}}
Resources:
  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, BadgeEnabled: false, Triggers: {Webhook: false}, Cache: {Type: LOCAL}, TimeoutInMinutes: 5, QueuedTimeoutInMinutes: 480}}
  Hook: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: GITHUB, Location: "https://github.com/example/web.git"}, Artifacts: {Type: S3, Location: !ImportValue Bucket}, Triggers: {Webhook: true}, BadgeEnabled: true, TimeoutInMinutes: 2160}}
  Alone: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: NO_SOURCE, BuildSpec: "{version: 0.2}"}, Artifacts: {Type: NO_ARTIFACTS}}}
  Runner: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: NO_SOURCE}, Artifacts: {Type: NO_ARTIFACTS}, Triggers: {Webhook: true, BuildType: RUNNER_BUILDKITE_BUILD}}}
  Agent: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: NO_SOURCE}, Artifacts: {Type: NO_ARTIFACTS}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i, EnvironmentVariables: [{Name: CODEBUILD_CONFIG_BUILDKITE_AGENT_TOKEN, Type: SECRETS_MANAGER, Value: token}]}}}
  Unknown: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: !Ref Type}, Artifacts: {Type: CODEPIPELINE}, Triggers: {Webhook: true}, TimeoutInMinutes: !Ref Minutes}}
  AnyArtifacts: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: !Ref Type}}}
  Files: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Environment: {PrivilegedMode: true}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: [a], SecurityGroupIds: [s]}, FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}]}}
  Fleet: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, Environment: {PrivilegedMode: true, Fleet: {FleetArn: !ImportValue Fleet}}, FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}]}}
---
resource "aws_codebuild_project" "web" {
  source {
    type = "CODEPIPELINE"
  }

  artifacts {
    type = "CODEPIPELINE"
  }

  vpc_config {
    vpc_id             = "v"
    subnets            = ["a"]
    security_group_ids = ["s"]
  }
}
"""

FIXED = """
-  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: [a], SecurityGroupIds: [s]}, FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}]}}
+  Web: {Type: AWS::CodeBuild::Project, Properties: {Source: {Type: CODEPIPELINE}, Artifacts: {Type: CODEPIPELINE}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: [a], SecurityGroupIds: [s]}, FileSystemLocations: [{Type: EFS, Identifier: data, Location: l, MountPoint: /data}], Environment: {PrivilegedMode: true}}}
"""
