terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

locals {
  name = "telemetry"

  queues = {
    readings = {
      visibility = 600
      retention  = 345600
      receives   = 5
      delay      = 0
      wait       = 20
    }
    faults = {
      visibility = 43200
      retention  = 172800
      receives   = 5
      delay      = 0
      wait       = 20
    }
    firmware = {
      visibility = 43200
      retention  = 345600
      receives   = 5
      delay      = 0
      wait       = 20
    }
    calibrations = {
      visibility = 600
      retention  = 345600
      receives   = 5
      delay      = 1800
      wait       = 20
    }
    positions = {
      visibility = 600
      retention  = 345600
      receives   = 5
      delay      = 0
      wait       = 0
    }
    diagnostics = {
      visibility = 600
      retention  = 345600
      receives   = 5
      delay      = 900
      wait       = 0
    }
  }
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${local.name}-${each.key}"
  visibility_timeout_seconds = each.value.visibility
  message_retention_seconds  = each.value.retention
  delay_seconds              = each.value.delay
  receive_wait_time_seconds  = each.value.wait

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed[each.key].arn
    maxReceiveCount     = each.value.receives
  })

  tags = var.tags
}

resource "aws_sqs_queue" "failed" {
  for_each = local.queues

  name                      = "${local.name}-${each.key}-failed"
  message_retention_seconds = 1209600
  tags                      = var.tags
}

data "aws_iam_policy_document" "gateway" {
  for_each = local.queues

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.this[each.key].arn]
    principals {
      type        = "AWS"
      identifiers = [var.gateway_account]
    }
  }
}

resource "aws_sqs_queue_policy" "gateway" {
  for_each = { for k, v in local.queues : k => v if k != "diagnostics" }

  queue_url = aws_sqs_queue.this[each.key].id
  policy    = data.aws_iam_policy_document.gateway[each.key].json
}

resource "aws_sqs_queue_policy" "diagnostics" {
  queue_url = aws_sqs_queue.this["diagnostics"].arn
  policy    = data.aws_iam_policy_document.gateway["diagnostics"].json
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each = local.queues

  alarm_name          = "${local.name}-${each.key}-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    QueueName = "${local.name}-${each.key}-failed"
  }
}

resource "aws_cloudwatch_metric_alarm" "age" {
  for_each = toset(["readings", "positions"])

  alarm_name          = "${local.name}-${each.key}-age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1800
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    QueueName = aws_sqs_queue.this[each.key].url
  }
}
