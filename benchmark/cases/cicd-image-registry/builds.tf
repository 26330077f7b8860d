resource "aws_cloudwatch_log_group" "builds" {
  name              = "/builds/${var.environment}/images"
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

data "aws_iam_policy_document" "push" {
  statement {
    actions   = ["ecr:GetAuthorizationToken"]
    resources = ["*"]
  }
  statement {
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = [module.gateway.arn, module.billing.arn, module.tools.arn, aws_ecr_repository.orders.arn, aws_ecr_repository.search.arn]
  }
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.builds.arn}:*"]
  }
}

resource "aws_iam_role" "push" {
  name               = "${var.environment}-image-builds"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "push" {
  role   = aws_iam_role.push.id
  policy = data.aws_iam_policy_document.push.json
}

locals {
  builds = {
    gateway = { url = module.gateway.url, tag = "latest" }
    billing = { url = module.billing.url, tag = "v$CODEBUILD_BUILD_NUMBER" }
    tools   = { url = module.tools.url, tag = "latest" }
    orders  = { url = aws_ecr_repository.orders.repository_url, tag = "v$CODEBUILD_BUILD_NUMBER" }
  }
}

resource "aws_codebuild_project" "image" {
  for_each     = local.builds
  name         = "${var.environment}-${each.key}-image"
  service_role = aws_iam_role.push.arn
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_SMALL"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = true
    environment_variable {
      name  = "REPO"
      value = each.value.url
    }
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }
  source {
    type      = "GITHUB"
    location  = "https://github.com/acme/${each.key}.git"
    buildspec = <<-YAML
      version: 0.2
      phases:
        pre_build:
          commands:
            - aws ecr get-login-password | docker login --username AWS --password-stdin $${REPO%%/*}
        build:
          commands:
            - docker build -t $REPO:${each.value.tag} .
            - docker push $REPO:${each.value.tag}
    YAML
  }
}
