terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "script_bucket" { type = string }
variable "script_version" { type = string }
variable "on_call_topic_arn" { type = string }

variable "partner_probe_role_arn" {
  description = "Role for probes into the partner network, made by the network team"
  type        = string
}

locals {
  probes = {
    home    = { url = "https://www.example.com/", schedule = "rate(5 minutes)", timeout = 60, alarm = true }
    login   = { url = "https://id.example.com/login", schedule = "rate(5 minutes)", timeout = 120, alarm = true }
    search  = { url = "https://www.example.com/search", schedule = "rate(2 minutes)", timeout = 180, alarm = true }
    catalog = { url = "https://www.example.com/catalog", schedule = "rate(10 minutes)", timeout = 60, alarm = false }
  }
}

resource "aws_s3_bucket" "results" {
  bucket_prefix = "probe-results-"
}

resource "aws_s3_bucket_versioning" "results" {
  bucket = aws_s3_bucket.results.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "results" {
  bucket = aws_s3_bucket.results.id
  rule {
    id     = "expire"
    status = "Enabled"
    filter {}
    expiration {
      days = 45
    }
    noncurrent_version_expiration {
      noncurrent_days = 7
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "ecs_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "results" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.results.arn}/*"]
  }
  statement {
    actions   = ["s3:GetBucketLocation"]
    resources = [aws_s3_bucket.results.arn]
  }
  statement {
    actions   = ["s3:ListAllMyBuckets", "xray:PutTraceSegments"]
    resources = ["*"]
  }
  statement {
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:aws:logs:*:*:log-group:/aws/lambda/cwsyn-*"]
  }
}

data "aws_iam_policy_document" "metrics" {
  source_policy_documents = [data.aws_iam_policy_document.results.json]

  statement {
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "probe" {
  name_prefix        = "probe-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "probe" {
  role   = aws_iam_role.probe.id
  policy = data.aws_iam_policy_document.metrics.json
}

resource "aws_iam_role" "checkout" {
  name_prefix        = "probe-checkout-"
  assume_role_policy = data.aws_iam_policy_document.ecs_trust.json
}

resource "aws_iam_role_policy" "checkout" {
  role   = aws_iam_role.checkout.id
  policy = data.aws_iam_policy_document.metrics.json
}

resource "aws_iam_role" "files" {
  name_prefix        = "probe-files-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "files" {
  role   = aws_iam_role.files.id
  policy = data.aws_iam_policy_document.results.json
}

module "probe" {
  source   = "./modules/probe"
  for_each = local.probes

  name           = each.key
  url            = each.value.url
  schedule       = each.value.schedule
  timeout        = each.value.timeout
  role_arn       = aws_iam_role.probe.arn
  results        = "s3://${aws_s3_bucket.results.id}/${each.key}"
  script_bucket  = var.script_bucket
  script_key     = "page-${var.script_version}.zip"
  alarm          = each.value.alarm
  alarm_topic    = var.on_call_topic_arn
  success_target = 95
}

resource "aws_synthetics_canary" "checkout" {
  name                 = "checkout"
  runtime_version      = "syn-nodejs-puppeteer-15.0"
  artifact_s3_location = "s3://${aws_s3_bucket.results.id}/checkout"
  execution_role_arn   = aws_iam_role.checkout.arn
  handler              = "checkout.handler"
  s3_bucket            = var.script_bucket
  s3_key               = "checkout-${var.script_version}.zip"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }

  run_config {
    timeout_in_seconds = 120
    active_tracing     = true
  }
}

resource "aws_synthetics_canary" "files" {
  name                 = "files"
  runtime_version      = "syn-nodejs-puppeteer-15.0"
  artifact_s3_location = "s3://${aws_s3_bucket.results.id}/files"
  execution_role_arn   = aws_iam_role.files.arn
  handler              = "files.handler"
  s3_bucket            = var.script_bucket
  s3_key               = "files-${var.script_version}.zip"

  schedule {
    expression = "rate(15 minutes)"
  }

  run_config {
    timeout_in_seconds = 120
    active_tracing     = true
  }
}

resource "aws_synthetics_canary" "partner" {
  name                 = "partner"
  runtime_version      = "syn-nodejs-puppeteer-15.0"
  artifact_s3_location = "s3://${aws_s3_bucket.results.id}/partner"
  execution_role_arn   = var.partner_probe_role_arn
  handler              = "partner.handler"
  s3_bucket            = var.script_bucket
  s3_key               = "partner-${var.script_version}.zip"
  start_canary         = true

  schedule {
    expression          = "rate(30 minutes)"
    duration_in_seconds = 3600
  }

  run_config {
    timeout_in_seconds = 600
    active_tracing     = true
  }
}

resource "aws_cloudwatch_metric_alarm" "others" {
  for_each = toset(["checkout", "files", "partner"])

  alarm_name          = "probe-${each.key}"
  namespace           = "CloudWatchSynthetics"
  metric_name         = "SuccessPercent"
  dimensions          = { CanaryName = each.key }
  statistic           = "Average"
  period              = 1800
  evaluation_periods  = 1
  threshold           = 90
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.on_call_topic_arn]
}

output "results_bucket" {
  value = aws_s3_bucket.results.id
}
