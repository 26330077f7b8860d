terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "dublin"
  region = "eu-west-1"
}

locals {
  name = "reservations"
}

resource "aws_sns_topic" "reservations" {
  name = local.name
}

resource "aws_sqs_queue" "booking" {
  name                       = "${local.name}-booking"
  visibility_timeout_seconds = 240
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.booking_failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "booking_failed" {
  provider                  = aws.dublin
  name                      = "${local.name}-booking-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "standby" {
  provider                  = aws.dublin
  name                      = "${local.name}-standby"
  receive_wait_time_seconds = 20
  redrive_policy            = <<-JSON
    {
      "deadLetterTargetArn": "${aws_sqs_queue.standby_failed.arn}",
      "maxReceiveCount": 5
    }
  JSON
}

resource "aws_sqs_queue" "standby_failed" {
  provider                  = aws.dublin
  name                      = "${local.name}-standby-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "cancelling" {
  name                       = "${local.name}-cancelling"
  visibility_timeout_seconds = 240
}

resource "aws_sqs_queue_redrive_policy" "cancelling" {
  depends_on = [aws_sqs_queue_redrive_allow_policy.cancelling_failed]

  queue_url = aws_sqs_queue.cancelling.id
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.cancelling_failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "cancelling_failed" {
  name                      = "${local.name}-cancelling-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_redrive_allow_policy" "cancelling_failed" {
  queue_url = aws_sqs_queue.cancelling_failed.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "denyAll"
  })
}

resource "aws_sqs_queue_redrive_allow_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  redrive_allow_policy = jsonencode({
    redrivePermission = "denyAll"
  })
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${local.name}-undelivered"
  message_retention_seconds = 1209600
}
