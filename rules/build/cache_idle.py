"""A local cache of builds should be one that the environment can keep.

The cache of Docker layers needs privileged mode and Linux, and no project in a VPC, with GPUs or of the size
BUILD_GENERAL1_2XLARGE has a local cache. A cache in S3, and a local one of the mode LOCAL_CUSTOM_CACHE, keep what the buildspec
names as cache.paths. CodeBuild takes the setting, and each build starts without a cache.

What to do: turn on privileged mode for Docker layers (PrivilegedMode; Terraform: privileged_mode), or, where the build runs
no Docker, choose another mode, the cache type S3, or no cache; add cache.paths to the buildspec.
"""

from awslint_memo import Findings, Fix, Resource, local_caches, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::CodeBuild::Project",
    memo="ソースコードを書いたら、すぐにテストし、出力結果をもとにすぐに修正する",
    aws="codebuild/latest/userguide/caching-local.html",
    yields_to="build-docker-unprivileged",
)
def check(project: Resource) -> Findings:
    cache = project.get("Cache.Type")
    if not cache.is_one_of("LOCAL", "S3"):
        return
    spec = local_caches.unfilled(project)
    if spec is not None:
        message = f"is {cache.text}{cache.note}, but the buildspec names no paths to cache, so nothing is cached"
        do, related = "add cache.paths to the buildspec", [(spec, "the buildspec")]
        yield project.finding(cache, message, of="Cache.Type", do=do, related=related)
        return
    if cache.text != "LOCAL":
        return
    without = local_caches.without_local_cache(project)
    if without is not None:
        message = f"but {without.why}, so no build has a local cache"
        yield project.finding(cache, message, do="set it to S3 or NO_CACHE", related=[(without.value, "the reason")])
        return
    layers = next((mode for mode in project.get("Cache.Modes").items if mode.text == local_caches.LAYERS), None)
    lacking = local_caches.without_layers(project)
    if layers is not None and lacking is not None:
        message = f"is {layers.text}{layers.note}, but {lacking.why}, so no layer is cached"
        fix = Fix.lacks("a privileged build reaches the devices of its host") if lacking.is_mode else None
        do = local_caches.layers_remedy(project) if lacking.is_mode else "take it out"
        together = f"have a cache of Docker's layers, but {lacking.why}, so no layer is cached; {do}"
        reason = [(lacking.value, "the reason")]
        yield project.finding(layers, message, of="Cache.Modes", do=do, related=reason, together=together, fix=fix)


BAD = """
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE, LOCAL_DOCKER_LAYER_CACHE]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
---
Resources:
  Image: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}, Environment: {Type: WINDOWS_SERVER_2022_CONTAINER, ComputeType: BUILD_GENERAL1_MEDIUM, Image: i}}}
---
Resources:
  Private: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}, VpcConfig: {VpcId: v, Subnets: [s], SecurityGroupIds: [g]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
---
Resources:
  Graphics: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_CUSTOM_CACHE]}, Environment: {Type: LINUX_GPU_CONTAINER, ComputeType: BUILD_GENERAL1_LARGE, Image: i}}}
---
resource "aws_codebuild_project" "image" {
  name = "image"

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  }

  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = false
  }
}
---
resource "aws_codebuild_project" "large" {
  name = "large"

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_SOURCE_CACHE"]
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_2XLARGE"
    image        = "aws/codebuild/standard:7.0"
  }
}
---
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: g, VpcId: !ImportValue Vpc}}
  Private: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}, VpcConfig: {VpcId: !ImportValue Vpc, Subnets: !ImportValue Subnets, SecurityGroupIds: [!Ref Group]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
---
Resources:
  Contract: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: S3, Location: b/cache}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [mvn -B verify]}}}"}}}
---
resource "aws_codebuild_project" "contract" {
  name = "contract"

  cache {
    type     = "S3"
    location = "builds/cache"
  }

  source {
    type      = "GITHUB"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands: [mvn -B verify]
    YAML
  }
}
---
# No command of the build is Docker's.
Resources:
  Site: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}, Source: {Type: CODEPIPELINE, BuildSpec: "{version: 0.2, phases: {build: {commands: [npm ci, aws s3 sync build s3://site]}}}"}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
"""

GOOD = """
Parameters: {Privileged: {Type: String}, Kind: {Type: String}, Vpc: {Type: String}}
Resources:
  Layers: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: true, Image: i}}}
  Source: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
  AnyMode: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_DOCKER_LAYER_CACHE]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, PrivilegedMode: !Ref Privileged, Image: i}}}
  AnyCache: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: !Ref Kind, Modes: [LOCAL_DOCKER_LAYER_CACHE]}, Environment: {Type: LINUX_GPU_CONTAINER, ComputeType: BUILD_GENERAL1_LARGE, Image: i}}}
  AnyVpc: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_SOURCE_CACHE]}, VpcConfig: !Ref Vpc, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
  InBucket: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: S3, Location: b/cache}, VpcConfig: {VpcId: v, Subnets: [s], SecurityGroupIds: [g]}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
---
resource "aws_codebuild_project" "image" {
  name = "image"

  cache {
    type  = "LOCAL"
    modes = ["LOCAL_DOCKER_LAYER_CACHE", "LOCAL_SOURCE_CACHE"]
  }

  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true
  }
}
---
Parameters: {Paths: {Type: String}}
Resources:
  Unit: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: S3, Location: b/cache}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [mvn -B verify]}}, cache: {paths: [/root/.m2/**/*]}}"}}}
  Elsewhere: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: S3, Location: b/cache}, Source: {Type: GITHUB, BuildSpec: ci/unit.yml}}}
  Part: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: S3, Location: b/cache}, Source: {Type: GITHUB, BuildSpec: !Sub "{version: 0.2, phases: {build: {commands: [mvn -B verify]}}, ${Paths}}"}}}
  Source: {Type: AWS::CodeBuild::Project, Properties: {Cache: {Type: LOCAL, Modes: [LOCAL_CUSTOM_CACHE, LOCAL_SOURCE_CACHE]}, Source: {Type: GITHUB, BuildSpec: "{version: 0.2, phases: {build: {commands: [mvn -B verify]}}}"}, Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: i}}}
"""
