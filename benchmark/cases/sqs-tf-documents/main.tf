terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

data "aws_caller_identity" "current" {}

locals {
  name    = "documents"
  account = data.aws_caller_identity.current.account_id
}

data "aws_iam_policy_document" "key" {
  statement {
    sid       = "Account"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }
}

data "aws_iam_policy_document" "shared_key" {
  source_policy_documents = [data.aws_iam_policy_document.key.json]

  statement {
    sid       = "Senders"
    actions   = ["kms:GenerateDataKey*", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com", "sns.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "scans" {
  description         = "Queue of scans"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_kms_key" "letters" {
  description         = "Queue of letters"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.shared_key.json

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_sqs_queue" "scans" {
  name                       = "${local.name}-scans"
  kms_master_key_id          = aws_kms_key.scans.arn
  visibility_timeout_seconds = 600
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed["scans"].arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "letters" {
  name                       = "${local.name}-letters"
  kms_master_key_id          = aws_kms_key.letters.arn
  visibility_timeout_seconds = 600
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed["letters"].arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "forms" {
  name                       = "${local.name}-forms"
  sqs_managed_sse_enabled    = true
  visibility_timeout_seconds = 600
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed["forms"].arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "index" {
  name                       = "${local.name}-index"
  kms_master_key_id          = "alias/aws/sqs"
  visibility_timeout_seconds = 600
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed["index"].arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "failed" {
  for_each                  = toset(["scans", "letters", "forms", "index", "undelivered"])
  name                      = "${local.name}-${each.key}-failed"
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each            = aws_sqs_queue.failed
  alarm_name          = each.value.name
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
  dimensions          = { QueueName = each.value.name }
}
