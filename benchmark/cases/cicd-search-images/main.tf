terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "github_url" {
  type    = string
  default = "https://github.com/acme/search.git"
}

variable "cluster" {
  type    = string
  default = "search-prod"
}

variable "alert_topic_arn" {
  type = string
}

locals {
  parts = toset(["query", "indexer", "suggest"])
}

resource "aws_ecr_repository" "part" {
  for_each             = local.parts
  name                 = "search/${each.key}"
  image_tag_mutability = each.key == "indexer" ? "IMMUTABLE" : "MUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "query" {
  repository = aws_ecr_repository.part["query"].name
  policy     = <<-JSON
    {
      "rules": [
        {"rulePriority": 1, "selection": {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 90}, "action": {"type": "expire"}},
        {"rulePriority": 1, "selection": {"tagStatus": "tagged", "tagPrefixList": ["c-"], "countType": "imageCountMoreThan", "countNumber": 50}, "action": {"type": "expire"}}
      ]
    }
  JSON
}

resource "aws_ecr_lifecycle_policy" "indexer" {
  repository = aws_ecr_repository.part["indexer"].name
  policy = jsonencode({
    rules = [{
      rulePriority = 5
      selection    = { tagStatus = "tagged", countType = "imageCountMoreThan", countNumber = 50 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_ecr_lifecycle_policy" "suggest" {
  repository = aws_ecr_repository.part["suggest"].name
  policy = jsonencode({
    rules = [for i, prefix in ["c-", "pr-"] : {
      rulePriority = i + 1
      selection    = { tagStatus = "tagged", tagPrefixList = [prefix], countType = "imageCountMoreThan", countNumber = prefix == "c-" ? 50 : 5 }
      action       = { type = "expire" }
    }]
  })
}

resource "aws_cloudwatch_log_group" "builds" {
  name              = "/builds/search"
  retention_in_days = 60
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["codebuild", "codepipeline", "events"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "build" {
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload", "ecr:PutImage"]
    resources = [for r in aws_ecr_repository.part : r.arn]
  }
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.builds.arn}:*"]
  }
  statement {
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }
}

resource "aws_iam_role" "build" {
  name               = "search-build"
  assume_role_policy = data.aws_iam_policy_document.assume["codebuild"].json
}

resource "aws_iam_role_policy" "build" {
  role   = aws_iam_role.build.id
  policy = data.aws_iam_policy_document.build.json
}

locals {
  tags = {
    query   = "latest"
    indexer = "c-$COMMIT"
    suggest = "stable"
  }
}

resource "aws_codebuild_project" "image" {
  for_each      = local.parts
  name          = "search-${each.key}-image"
  service_role  = aws_iam_role.build.arn
  build_timeout = 30
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_MEDIUM"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true
    environment_variable {
      name  = "IMAGE"
      value = aws_ecr_repository.part[each.key].repository_url
    }
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }
  source {
    type      = "GITHUB"
    location  = var.github_url
    buildspec = templatefile("${path.module}/${each.key == "suggest" ? "suggest" : "image"}.yml.tftpl", { part = each.key, tag = local.tags[each.key] })
  }
}

resource "aws_codebuild_webhook" "image" {
  for_each     = local.parts
  project_name = aws_codebuild_project.image[each.key].name
  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PUSH"
    }
    filter {
      type    = "HEAD_REF"
      pattern = "^refs/heads/main$"
    }
    filter {
      type    = "FILE_PATH"
      pattern = "^${each.key}/"
    }
  }
}
