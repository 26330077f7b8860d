terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

variable "github_url" {
  type    = string
  default = "https://github.com/acme/ledger.git"
}

variable "team_repositories" {
  type    = set(string)
  default = ["ledger", "risk"]
}

locals {
  tags = { owner = "platform" }
}

data "aws_caller_identity" "me" {}

resource "aws_kms_key" "packages" {
  description         = "Packages"
  enable_key_rotation = true
  tags                = local.tags
}

resource "aws_codeartifact_domain" "acme" {
  domain         = "acme"
  encryption_key = aws_kms_key.packages.arn
  tags           = local.tags
}

resource "aws_codeartifact_repository" "public" {
  domain     = aws_codeartifact_domain.acme.domain
  repository = "public"

  external_connections {
    external_connection_name = "public:npmjs"
  }
  external_connections {
    external_connection_name = "public:pypi"
  }
}

resource "aws_codeartifact_repository" "maven" {
  domain     = aws_codeartifact_domain.acme.domain
  repository = "maven-central"

  external_connections {
    external_connection_name = "public:maven-central"
  }
}

resource "aws_codeartifact_repository" "team" {
  for_each   = var.team_repositories
  domain     = aws_codeartifact_domain.acme.domain
  repository = each.key

  dynamic "upstream" {
    for_each = [aws_codeartifact_repository.public.repository, aws_codeartifact_repository.maven.repository]
    content {
      repository_name = upstream.value
    }
  }
  tags = local.tags
}

resource "aws_codeartifact_repository" "pricing" {
  domain     = aws_codeartifact_domain.acme.domain
  repository = "pricing"
  tags       = local.tags
}

resource "aws_cloudwatch_log_group" "builds" {
  name              = "/builds/packages"
  retention_in_days = 60
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

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.builds.arn}:*"]
  }
}

data "aws_iam_policy_document" "read" {
  source_policy_documents = [data.aws_iam_policy_document.logs.json]
  statement {
    actions = [
      "codeartifact:GetAuthorizationToken",
      "codeartifact:GetRepositoryEndpoint",
      "codeartifact:ReadFromRepository",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "bearer" {
  statement {
    actions   = ["sts:GetServiceBearerToken"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "sts:AWSServiceName"
      values   = ["codeartifact.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "ledger" {
  name               = "build-ledger"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "ledger" {
  name   = "packages"
  role   = aws_iam_role.ledger.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_policy" "bearer" {
  name   = "package-tokens"
  policy = data.aws_iam_policy_document.bearer.json
}

resource "aws_iam_role_policy_attachment" "ledger_bearer" {
  role       = aws_iam_role.ledger.name
  policy_arn = aws_iam_policy.bearer.arn
}

resource "aws_iam_role" "pricing" {
  name               = "build-pricing"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "pricing" {
  name   = "packages"
  role   = aws_iam_role.pricing.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_codebuild_project" "ledger" {
  name         = "ledger"
  service_role = aws_iam_role.ledger.arn
  tags         = local.tags
  artifacts {
    type = "NO_ARTIFACTS"
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
    type      = "GITHUB"
    location  = var.github_url
    buildspec = <<-YAML
      version: 0.2
      phases:
        pre_build:
          commands:
            - TOKEN=$(aws codeartifact get-authorization-token --domain acme --duration-seconds 1800 --query authorizationToken --output text)
            - pip config set global.index-url https://aws:$TOKEN@acme-${data.aws_caller_identity.me.account_id}.d.codeartifact.eu-west-1.amazonaws.com/pypi/ledger/simple/
            - pip install -r requirements.txt
        build:
          commands: [pytest -q]
    YAML
  }
}

resource "aws_codebuild_project" "pricing" {
  name         = "pricing"
  service_role = aws_iam_role.pricing.arn
  tags         = local.tags
  artifacts {
    type = "NO_ARTIFACTS"
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
    type      = "GITHUB"
    location  = "https://github.com/acme/pricing.git"
    buildspec = <<-YAML
      version: 0.2
      phases:
        pre_build:
          commands:
            - export TOKEN=$(aws codeartifact get-authorization-token --domain acme --duration-seconds 86400 --query authorizationToken --output text)
            - npm config set registry https://acme-${data.aws_caller_identity.me.account_id}.d.codeartifact.eu-west-1.amazonaws.com/npm/pricing/
            - npm config set //acme-${data.aws_caller_identity.me.account_id}.d.codeartifact.eu-west-1.amazonaws.com/npm/pricing/:_authToken=$TOKEN
            - npm install express@4
        build:
          commands: [npm test]
    YAML
  }
}

output "domain" {
  value = aws_codeartifact_domain.acme.arn
}
