terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = "ap-northeast-1"
}

data "aws_caller_identity" "this" {}

locals {
  name = "incidents-${var.stage}"
  keep = var.keep_undelivered ? { events = true } : {}
}

resource "aws_sns_topic" "incidents" {
  name = local.name
}

resource "aws_sns_topic" "changes" {
  name                        = "${local.name}-changes.fifo"
  fifo_topic                  = true
  content_based_deduplication = true
}

data "aws_iam_policy_document" "incidents" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.incidents.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com", "cloudwatch.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_sns_topic_policy" "incidents" {
  arn    = aws_sns_topic.incidents.arn
  policy = data.aws_iam_policy_document.incidents.json
}

resource "aws_cloudwatch_event_rule" "health" {
  name          = "${local.name}-health"
  description   = "Health notices of AWS, needed in production above all"
  state         = var.health_state
  event_pattern = jsonencode({ source = ["aws.health"] })
}

resource "aws_cloudwatch_event_target" "health" {
  rule      = aws_cloudwatch_event_rule.health.name
  target_id = "topic"
  arn       = aws_sns_topic.incidents.arn

  dynamic "dead_letter_config" {
    for_each = aws_sqs_queue.undelivered
    content {
      arn = dead_letter_config.value.arn
    }
  }
}

resource "aws_sqs_queue" "undelivered" {
  for_each                  = local.keep
  name                      = "${local.name}-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "undelivered" {
  for_each  = aws_sqs_queue.undelivered
  queue_url = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = each.value.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

module "pager" {
  source    = "./modules/subscriber"
  name      = "${local.name}-pager"
  topic_arn = aws_sns_topic.incidents.arn
}

module "journal" {
  source    = "./modules/subscriber"
  name      = "${local.name}-journal"
  topic_arn = aws_sns_topic.incidents.arn
  fifo      = true
}

module "changes" {
  source    = "./modules/subscriber"
  name      = "${local.name}-changes"
  topic_arn = aws_sns_topic.changes.arn
  fifo      = true
}

resource "aws_sqs_queue" "wall" {
  name                       = "${local.name}-wall"
  visibility_timeout_seconds = 60
  message_retention_seconds  = 345600
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = module.pager.dead_letter_arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue_policy" "wall" {
  queue_url = aws_sqs_queue.wall.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.wall.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.changes.arn } }
    }]
  })
}

resource "aws_sns_topic_subscription" "wall" {
  topic_arn            = aws_sns_topic.incidents.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.wall.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.wall_undelivered.arn })
}

resource "aws_sqs_queue" "wall_undelivered" {
  name                      = "${local.name}-wall-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each = merge(
    { wall = aws_sqs_queue.wall_undelivered.name, pager = module.pager.dead_letter_name, changes = module.changes.dead_letter_name, journal = module.journal.dead_letter_name },
    { for key, queue in aws_sqs_queue.undelivered : key => queue.name },
  )
  alarm_name          = "${local.name}-${each.key}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.incidents.arn]
}

output "queues" {
  value = { pager = module.pager.queue_url, journal = module.journal.queue_url, changes = module.changes.queue_url, wall = aws_sqs_queue.wall.id }
}
