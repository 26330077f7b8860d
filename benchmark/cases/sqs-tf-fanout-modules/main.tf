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
  name = "bookings"
}

resource "aws_sns_topic" "bookings" {
  name = local.name
}

resource "aws_sns_topic" "cancellations" {
  name = "${local.name}-cancelled"
}

module "undelivered" {
  source     = "./modules/undelivered"
  alarm_topic_arn = var.alarm_topic_arn
  name       = local.name
  topic_arns = [aws_sns_topic.bookings.arn, aws_sns_topic.cancellations.arn]
}

module "loyalty" {
  source          = "./modules/subscriber"
  alarm_topic_arn = var.alarm_topic_arn
  name            = "${local.name}-loyalty"
  topic_arn       = aws_sns_topic.bookings.arn
  sender_arns     = [aws_sns_topic.bookings.arn]
  undelivered_arn = module.undelivered.arn
}

module "refunds" {
  source          = "./modules/subscriber"
  alarm_topic_arn = var.alarm_topic_arn
  name            = "${local.name}-refunds"
  topic_arn       = aws_sns_topic.cancellations.arn
  sender_arns     = [aws_sns_topic.bookings.arn]
  undelivered_arn = module.undelivered.arn
}

module "seats" {
  source          = "./modules/subscriber"
  alarm_topic_arn = var.alarm_topic_arn
  name            = "${local.name}-seats"
  topic_arn       = aws_sns_topic.cancellations.arn
  sender_arns     = [aws_sns_topic.bookings.arn, aws_sns_topic.cancellations.arn]
  raw             = true
  undelivered_arn = module.undelivered.arn
}

module "warehouse" {
  source    = "./modules/subscriber"
  alarm_topic_arn = var.alarm_topic_arn
  name      = "${local.name}-warehouse"
  topic_arn = aws_sns_topic.bookings.arn

  sender_arns = [aws_sns_topic.bookings.arn]
  raw         = true
}

module "partners" {
  source          = "./modules/subscriber"
  alarm_topic_arn = var.alarm_topic_arn
  name            = "${local.name}-partners"
  topic_arn       = aws_sns_topic.bookings.arn
  sender_arns     = [aws_sns_topic.bookings.arn]
  raw             = true
  undelivered_arn = module.undelivered.arn
}

resource "aws_sqs_queue_policy" "partners" {
  queue_url = module.partners.url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.partner_accounts }
      Action    = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource  = module.partners.arn
    }]
  })
}

resource "aws_sqs_queue" "mirror" {
  name                      = "${local.name}-mirror"
  receive_wait_time_seconds = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = module.undelivered.mirror_failed_arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue_policy" "mirror" {
  queue_url = aws_sqs_queue.mirror.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "sns.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.mirror.arn
        Condition = { ArnEquals = { "aws:SourceArn" = aws_sns_topic.bookings.arn } }
      },
      {
        Effect    = "Allow"
        Principal = { AWS = var.partner_accounts }
        Action    = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource  = aws_sqs_queue.mirror.arn
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "mirror" {
  topic_arn      = aws_sns_topic.bookings.arn
  protocol       = "sqs"
  endpoint       = aws_sqs_queue.mirror.url
  redrive_policy = jsonencode({ deadLetterTargetArn = module.undelivered.arn })
}
