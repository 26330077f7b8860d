terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { service = "shop-events" }
  }
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "alarm_topic_arn" {
  type = string
}

variable "sms_topic_arn" {
  description = "Topic of the text message gateway"
  type        = string
}

data "aws_caller_identity" "this" {}

locals {
  queues = toset(["orders", "refunds", "returns", "ratings"])
}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_archive" "shop" {
  name             = "shop"
  event_source_arn = aws_cloudwatch_event_bus.shop.arn
  retention_days   = 60
}

resource "aws_sqs_queue" "work" {
  for_each                   = local.queues
  name                       = "shop-${each.key}"
  visibility_timeout_seconds = 180
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letters[each.key].arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "dead_letters" {
  for_each                  = local.queues
  name                      = "shop-${each.key}-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "shop-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}

module "orders" {
  source          = "./modules/route"
  name            = "orders"
  bus_name        = aws_cloudwatch_event_bus.shop.name
  detail_types    = ["OrderPlaced", "OrderChanged"]
  queue_arn       = aws_sqs_queue.work["orders"].arn
  queue_url       = aws_sqs_queue.work["orders"].id
  dead_letter_arn = aws_sqs_queue.undelivered.arn
}

module "refunds" {
  source          = "./modules/route"
  name            = "refunds"
  bus_name        = aws_cloudwatch_event_bus.shop.name
  detail_types    = ["RefundAsked"]
  queue_arn       = aws_sqs_queue.work["refunds"].arn
  queue_url       = aws_sqs_queue.work["refunds"].id
  dead_letter_arn = aws_sqs_queue.undelivered.arn
}

module "returns" {
  source          = "./modules/route"
  name            = "returns"
  bus_name        = aws_cloudwatch_event_bus.shop.name
  detail_types    = ["ParcelReturned"]
  queue_arn       = aws_sqs_queue.work["returns"].arn
  queue_url       = aws_sqs_queue.work["returns"].id
  dead_letter_arn = aws_sqs_queue.undelivered.arn
  topic_arns      = [var.sms_topic_arn]
}

module "ratings" {
  source       = "./modules/route"
  name         = "ratings"
  bus_name     = aws_cloudwatch_event_bus.shop.name
  detail_types = ["ProductRated"]
  queue_arn    = aws_sqs_queue.work["ratings"].arn
  queue_url    = aws_sqs_queue.work["ratings"].id
}

data "aws_iam_policy_document" "refunds_by_text" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.work["refunds"].arn]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [var.sms_topic_arn]
    }
  }
}

resource "aws_sqs_queue_policy" "refunds_by_text" {
  queue_url = aws_sqs_queue.work["refunds"].id
  policy    = data.aws_iam_policy_document.refunds_by_text.json
}

resource "aws_cloudwatch_event_rule" "stock" {
  name           = "stock"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop"], "detail-type" = ["StockLow"] })
}

resource "aws_cloudwatch_event_target" "stock" {
  rule      = aws_cloudwatch_event_rule.stock.name
  target_id = "desk"
  arn       = var.alarm_topic_arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each            = merge({ for k, q in aws_sqs_queue.dead_letters : k => q.name }, { undelivered = aws_sqs_queue.undelivered.name })
  alarm_name          = "shop-${each.key}-dead-letters"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

output "bus_arn" {
  value = aws_cloudwatch_event_bus.shop.arn
}
