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
  name = "newsroom"
}

resource "aws_sns_topic" "articles" {
  name = "${local.name}-articles"
}

resource "aws_sns_topic" "corrections" {
  name                        = "${local.name}-corrections.fifo"
  fifo_topic                  = true
  content_based_deduplication = true
}

resource "aws_sqs_queue" "feed" {
  name                       = "${local.name}-feed"
  visibility_timeout_seconds = 240
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "search" {
  name                       = "${local.name}-search"
  visibility_timeout_seconds = 240
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = "*"
      Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.articles.arn } }
    }]
  })
}

resource "aws_sqs_queue" "errata" {
  name                       = "${local.name}-errata.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 240
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.errata_failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "errata_failed" {
  name                      = "${local.name}-errata-failed.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${local.name}-undelivered"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "errata_undelivered" {
  name                      = "${local.name}-errata-undelivered.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

data "aws_iam_policy_document" "from_topics" {
  for_each = {
    undelivered = { queue = aws_sqs_queue.undelivered.arn, topic = aws_sns_topic.articles.arn }
    errata      = { queue = aws_sqs_queue.errata.arn, topic = aws_sns_topic.corrections.arn }
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value.queue]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [each.value.topic]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.from_topics["undelivered"].json
}

resource "aws_sqs_queue_policy" "errata" {
  queue_url = aws_sqs_queue.errata.id
  policy    = data.aws_iam_policy_document.from_topics["errata"].json
}
