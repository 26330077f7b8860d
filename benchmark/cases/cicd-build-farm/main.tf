terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

locals {
  github = "https://github.com/acme"
  common = { role_arn = aws_iam_role.build.arn, log_group = aws_cloudwatch_log_group.builds.name }
}

resource "aws_cloudwatch_log_group" "builds" {
  name              = "/builds/farm"
  retention_in_days = 90
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "build" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.builds.arn}:*"]
  }
  statement {
    actions   = ["ecr:GetAuthorizationToken", "ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"]
    resources = ["*"]
  }
  statement {
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-releases/*", "arn:aws:s3:::acme-pipeline-artifacts/*"]
  }
}

resource "aws_iam_role" "build" {
  name               = "build-farm"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "build" {
  role   = aws_iam_role.build.id
  policy = data.aws_iam_policy_document.build.json
}

module "checks" {
  source     = "./modules/build"
  name       = "farm-checks"
  role_arn   = local.common.role_arn
  log_group  = local.common.log_group
  repository = "${local.github}/farm.git"
  artifacts  = "NO_ARTIFACTS"
  filters = [
    [{ type = "HEAD_REF", pattern = "^refs/heads/" }, { type = "FILE_PATH", pattern = "^src/" }],
  ]
  buildspec = <<-YAML
    version: 0.2
    phases:
      install:
        runtime-versions: {golang: "1.22"}
      build:
        commands: [go vet ./..., go test ./...]
  YAML
}

module "release" {
  source     = "./modules/build"
  name       = "farm-release"
  role_arn   = local.common.role_arn
  log_group  = local.common.log_group
  repository = "${local.github}/farm.git"
  artifacts  = "NO_ARTIFACTS"
  filters = [
    [{ type = "EVENT", pattern = "PUSH" }, { type = "HEAD_REF", pattern = "^refs/tags/v" }],
    [{ type = "EVENT", pattern = "RELEASED" }],
  ]
  buildspec = <<-YAML
    version: 0.2
    phases:
      install:
        runtime-versions: {golang: "1.22"}
      build:
        commands:
          - go test ./...
          - make dist
      post_build:
        commands:
          - test "$CODEBUILD_BUILD_SUCCEEDING" = 1
          - aws s3 cp --recursive dist s3://acme-releases/agent/
  YAML
}

module "agent" {
  source     = "./modules/build"
  name       = "farm-agent-release"
  role_arn   = local.common.role_arn
  log_group  = local.common.log_group
  repository = "${local.github}/farm-agent.git"
  artifacts  = "NO_ARTIFACTS"
  filters    = [[{ type = "EVENT", pattern = "PUSH" }, { type = "HEAD_REF", pattern = "^refs/tags/v" }]]
  buildspec  = <<-YAML
    version: 0.2
    phases:
      install:
        runtime-versions: {golang: "1.22"}
      pre_build:
        commands: [make dist]
      build:
        commands: [go test ./...]
      post_build:
        commands:
          - aws s3 cp --recursive dist s3://acme-releases/farm-agent/
  YAML
}

module "image" {
  source      = "./modules/build"
  name        = "farm-image"
  role_arn    = local.common.role_arn
  log_group   = local.common.log_group
  privileged  = true
  cache_modes = ["LOCAL_DOCKER_LAYER_CACHE"]
  timeout     = 60
  buildspec   = "ci/image.yml"
}

module "package" {
  source    = "./modules/build"
  name      = "farm-package"
  role_arn  = local.common.role_arn
  log_group = local.common.log_group
  artifacts = "NO_ARTIFACTS"
  buildspec = "ci/package.yml"
}

module "soak" {
  source    = "./modules/build"
  name      = "farm-soak"
  role_arn  = local.common.role_arn
  log_group = local.common.log_group
  timeout   = 2880
  buildspec = "ci/soak.yml"
}

output "pipeline_projects" {
  value = { image = module.image.name, package = module.package.name, soak = module.soak.name }
}
