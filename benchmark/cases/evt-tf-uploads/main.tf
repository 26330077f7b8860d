terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = "us-east-2"
}

variable "project" {
  type    = string
  default = "uploads"
}

variable "desk_topic_arn" {
  description = "Topic of the service desk"
  type        = string
}

data "aws_caller_identity" "this" {}

resource "aws_sqs_queue" "resize" {
  name                       = "${var.project}-resize"
  visibility_timeout_seconds = 300
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "scan" {
  name                       = "${var.project}-scan"
  visibility_timeout_seconds = 300
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "contracts" {
  name                       = "${var.project}-contracts"
  visibility_timeout_seconds = 300
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${var.project}-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.project}-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "resize" {
  queue_url = aws_sqs_queue.resize.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.resize.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.this["photos"].arn } }
    }]
  })
}

resource "aws_sqs_queue_policy" "scan" {
  queue_url = aws_sqs_queue.scan.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.scan.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_s3_bucket.this["photos"].arn } }
    }]
  })
}

resource "aws_s3_bucket_notification" "scan" {
  bucket = aws_s3_bucket.this["photos"].id

  queue {
    id            = "scan"
    queue_arn     = aws_sqs_queue.scan.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "incoming/"
  }

  depends_on = [aws_sqs_queue_policy.scan]
}

resource "aws_sqs_queue_policy" "by_rules" {
  for_each  = { contracts = aws_sqs_queue.contracts, undelivered = aws_sqs_queue.undelivered }
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

resource "aws_sns_topic" "exports" {
  name              = "${var.project}-exports"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_policy" "exports" {
  arn = aws_sns_topic.exports.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.exports.arn
      Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.this.account_id } }
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each            = { failed = aws_sqs_queue.failed.name, undelivered = aws_sqs_queue.undelivered.name }
  alarm_name          = "${var.project}-${each.key}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.desk_topic_arn]
}

output "queues" {
  value = [aws_sqs_queue.resize.id, aws_sqs_queue.scan.id, aws_sqs_queue.contracts.id]
}

output "exports_topic" {
  value = aws_sns_topic.exports.arn
}
