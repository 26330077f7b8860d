terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "pipeline_role_arn" {
  type = string
}

variable "build_role_arn" {
  type = string
}

variable "stack_role_arn" {
  type = string
}

variable "connection_arn" {
  type = string
}

variable "alert_topic_arn" {
  type = string
}

resource "aws_s3_bucket" "artifacts" {
  bucket_prefix = "media-artifacts-"
}

resource "aws_s3_bucket" "drops" {
  bucket_prefix = "media-drops-"
}

resource "aws_s3_bucket_versioning" "all" {
  for_each = { artifacts = aws_s3_bucket.artifacts.id, drops = aws_s3_bucket.drops.id }
  bucket   = each.value
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "all" {
  for_each                = { artifacts = aws_s3_bucket.artifacts.id, drops = aws_s3_bucket.drops.id }
  bucket                  = each.value
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "all" {
  for_each = { artifacts = aws_s3_bucket.artifacts.id, drops = aws_s3_bucket.drops.id }
  bucket   = each.value
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 60
    }
  }
}

resource "aws_cloudwatch_log_group" "builds" {
  name              = "/builds/media"
  retention_in_days = 90
}

locals {
  projects = {
    package = <<-YAML
      version: 0.2
      env:
        exported-variables: [BUNDLE]
      phases:
        install:
          runtime-versions: {python: "3.12"}
        build:
          commands:
            - pytest -q
            - export BUNDLE=$(date +%Y%m%d)-$CODEBUILD_BUILD_NUMBER
            - make bundle assets
      artifacts:
        secondary-artifacts:
          Template:
            files: [template.yaml]
            base-directory: out
          Bundle:
            files: ["**/*"]
            base-directory: out/bundle
          Assets:
            files: ["**/*"]
            base-directory: out/assets
    YAML
    verify  = <<-YAML
      version: 0.2
      phases:
        install:
          runtime-versions: {python: "3.12"}
        build:
          commands:
            - pytest -q acceptance
    YAML
  }
}

resource "aws_codebuild_project" "media" {
  for_each      = local.projects
  name          = "media-${each.key}"
  service_role  = var.build_role_arn
  build_timeout = 30
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = each.value
  }
}

module "player" {
  source               = "./modules/pipeline"
  name                 = "media-player"
  pipeline_type        = "V1"
  execution_mode       = "QUEUED"
  role_arn             = var.pipeline_role_arn
  artifact_bucket      = aws_s3_bucket.artifacts.bucket
  source_provider      = "CodeStarSourceConnection"
  source_configuration = { ConnectionArn = var.connection_arn, FullRepositoryId = "acme/player", BranchName = "main" }
  stages = [
    {
      name = "Build"
      actions = [{
        name          = "Package", category = "Build", provider = "CodeBuild", namespace = "Build"
        inputs        = ["Source"], outputs = ["Template", "Bundle", "Assets"]
        configuration = { ProjectName = aws_codebuild_project.media["package"].name }
      }]
    },
    {
      name = "Production"
      actions = [{
        name          = "Site", category = "Deploy", provider = "S3", inputs = ["Bundle"]
        configuration = { BucketName = "acme-player-prod", Extract = "true" }
      }]
    },
    {
      name = "Verify"
      actions = [{
        name          = "Acceptance", category = "Test", provider = "CodeBuild", inputs = ["Source"]
        configuration = { ProjectName = aws_codebuild_project.media["verify"].name }
      }]
    },
  ]
}

module "encoder" {
  source               = "./modules/pipeline"
  name                 = "media-encoder"
  execution_mode       = "QUEUED"
  source_rollback      = true
  role_arn             = var.pipeline_role_arn
  artifact_bucket      = aws_s3_bucket.artifacts.bucket
  source_provider      = "S3"
  source_configuration = { S3Bucket = aws_s3_bucket.drops.bucket, S3ObjectKey = "encoder.zip", PollForSourceChanges = "false" }
  stages = [
    {
      name = "Build"
      actions = [{
        name          = "Package", category = "Build", provider = "CodeBuild"
        inputs        = ["Source"], outputs = ["Template", "Binaries"]
        configuration = { ProjectName = aws_codebuild_project.media["package"].name }
      }]
    },
    {
      name = "Staging"
      actions = [
        {
          name   = "Stack", category = "Deploy", provider = "CloudFormation", inputs = ["Template"]
          configuration = {
            ActionMode = "CREATE_UPDATE", StackName = "encoder-staging", TemplatePath = "Template::template.yaml", RoleArn = var.stack_role_arn
          }
        },
        {
          name          = "Acceptance", category = "Test", provider = "CodeBuild", run_order = 2, inputs = ["Source"]
          configuration = { ProjectName = aws_codebuild_project.media["verify"].name }
        },
      ]
    },
    {
      name     = "Production"
      rollback = true
      actions = [{
        name   = "Stack", category = "Deploy", provider = "CloudFormation", inputs = ["Template"]
        configuration = {
          ActionMode         = "CREATE_UPDATE", StackName = "encoder-prod", TemplatePath = "Template::template.yaml", RoleArn = var.stack_role_arn
          ParameterOverrides = jsonencode({ Bundle = "#{Build.BUNDLE}", Commit = "#{Source.ETag}" })
        }
      }]
    },
  ]
}

resource "aws_codestarnotifications_notification_rule" "failed" {
  for_each       = { player = module.player.arn, encoder = module.encoder.arn }
  name           = "media-${each.key}-failed"
  detail_type    = "FULL"
  resource       = each.value
  event_type_ids = ["codepipeline-pipeline-pipeline-execution-failed"]
  target {
    address = var.alert_topic_arn
  }
}
