"""A bundle for CodeDeploy should have the scripts that its appspec.yml names.

CodeDeploy runs at each event of a deployment the scripts that stand under `hooks` in appspec.yml, with paths that begin at the
top of the bundle. Where a script is not there, every deployment fails at that event.

What to do: name the script as it is called, or add it. Only bundles are looked at whose folder lies beside the template and is
called as the archive which the pipeline takes from a bucket: web/ for releases/web.zip.
"""

from awslint_memo import Findings, Resource, bundles, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodePipeline::Pipeline",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html",
)
def check(pipeline: Resource) -> Findings:
    for missing in bundles.missing_scripts(pipeline):
        message = (
            f"deploys {missing.key.text} in {missing.action.label}, but {missing.path} names {missing.script}, "
            "which its folder does not have, so the deployment fails"
        )
        related = [(missing.key, "the archive")]
        yield pipeline.finding(missing.place, message, do="name a script that is there, or add it", related=related)


BAD = """
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - {Name: Source, Actions: [{Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: current/web.zip}, OutputArtifacts: [{Name: Web}]}]}
        - {Name: Prod, Actions: [{Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: web}, InputArtifacts: [{Name: Web}]}]}
# --- web/appspec.yml
version: 0.0
os: linux
hooks:
  ApplicationStop:
    - location: scripts/stop.sh
  ApplicationStart:
    - location: scripts/start_service.sh
# --- web/scripts/stop.sh
systemctl stop web
---
resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name             = "Web"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      configuration    = { S3Bucket = "releases", S3ObjectKey = "web.zip" }
      output_artifacts = ["web"]
    }
  }

  stage {
    name = "Prod"

    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "CodeDeploy"
      configuration   = { ApplicationName = "web", DeploymentGroupName = "web" }
      input_artifacts = ["web"]
    }
  }
}
# --- web/appspec.yml
version: 0.0
os: linux
hooks:
  ApplicationStop:
    - location: scripts/stop.sh
  ApplicationStart:
    - location: ./scripts/start.sh
# --- web/scripts/stop.sh
systemctl stop web
"""

GOOD = """
Parameters: {Key: {Type: String}}
Resources:
  Release:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Source
          Actions:
            - {Name: Web, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: current/web.zip}, OutputArtifacts: [{Name: Web}]}
            - {Name: Any, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: !Ref Key}, OutputArtifacts: [{Name: Any}]}
            - {Name: Api, ActionTypeId: {Category: Source, Owner: AWS, Provider: S3, Version: "1"}, Configuration: {S3Bucket: releases, S3ObjectKey: api.zip}, OutputArtifacts: [{Name: Api}]}
        - Name: Prod
          Actions:
            - {Name: Deploy, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: web}, InputArtifacts: [{Name: Web}]}
            - {Name: Other, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: any}, InputArtifacts: [{Name: Any}]}
            - {Name: Api, ActionTypeId: {Category: Deploy, Owner: AWS, Provider: CodeDeploy, Version: "1"}, Configuration: {ApplicationName: web, DeploymentGroupName: api}, InputArtifacts: [{Name: Api}]}
# --- web/appspec.yml
version: 0.0
os: linux
hooks:
  ApplicationStart:
    - location: ./scripts/start.sh
# --- web/scripts/start.sh
systemctl start web
# --- api/appspec.yml
version: 0.0
os: linux
hooks:
  ApplicationStart:
    # The whole folder is made by a build.
    - location: dist/start.sh
---
variable "key" {}

resource "aws_codepipeline" "release" {
  stage {
    name = "Source"

    action {
      name             = "Web"
      category         = "Source"
      owner            = "AWS"
      provider         = "S3"
      configuration    = { S3Bucket = "releases", S3ObjectKey = var.key }
      output_artifacts = ["web"]
    }
  }
}
"""
