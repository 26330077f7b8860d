terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

data "aws_caller_identity" "this" {}

locals {
  prefix = "jobs-${var.stage}"
}

resource "aws_scheduler_schedule_group" "jobs" {
  name = local.prefix
}

resource "aws_sqs_queue" "jobs" {
  name                       = local.prefix
  visibility_timeout_seconds = 900
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 4
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.prefix}-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "not_started" {
  name                        = "${local.prefix}-not-started${var.ordered_dead_letters ? ".fifo" : ""}"
  fifo_queue                  = var.ordered_dead_letters
  content_based_deduplication = var.ordered_dead_letters ? true : null
  message_retention_seconds   = 1209600
  sqs_managed_sse_enabled     = true
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

data "aws_iam_policy_document" "send" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.jobs.arn, aws_sqs_queue.not_started.arn]
  }
}

resource "aws_iam_role" "schedules" {
  name               = "${local.prefix}-schedules"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "send" {
  name   = "send"
  role   = aws_iam_role.schedules.id
  policy = data.aws_iam_policy_document.send.json
}

resource "aws_scheduler_schedule" "job" {
  for_each                     = var.jobs
  name                         = each.key
  group_name                   = aws_scheduler_schedule_group.jobs.name
  schedule_expression          = each.value.expression
  schedule_expression_timezone = "Europe/Zurich"
  state                        = each.value.state

  flexible_time_window {
    mode                      = each.value.window > 0 ? "FLEXIBLE" : "OFF"
    maximum_window_in_minutes = each.value.window > 0 ? each.value.window : null
  }

  target {
    arn      = aws_sqs_queue.jobs.arn
    role_arn = aws_iam_role.schedules.arn
    input    = jsonencode({ job = each.key })

    retry_policy {
      maximum_retry_attempts       = 20
      maximum_event_age_in_seconds = var.retry_age_seconds
    }

    dead_letter_config {
      arn = aws_sqs_queue.not_started.arn
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each            = { failed = aws_sqs_queue.failed.name, not_started = aws_sqs_queue.not_started.name }
  alarm_name          = "${local.prefix}-${each.key}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
}

output "queue_url" {
  value = aws_sqs_queue.jobs.id
}
