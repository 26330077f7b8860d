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
  name = "chat-${var.stage}"
}

module "rooms" {
  source          = "./modules/ordered_queue"
  name            = var.rooms_queue_name
  scope           = "messageGroup"
  limit           = var.rooms_throughput
  alarm_topic_arn = var.alarm_topic_arn
}

module "presence" {
  source          = "./modules/ordered_queue"
  name            = "${local.name}-presence.fifo"
  scope           = var.presence_scope
  limit           = "perMessageGroupId"
  alarm_topic_arn = var.alarm_topic_arn
}

module "moderation" {
  source          = "./modules/ordered_queue"
  name            = "${local.name}-moderation.fifo"
  failed_fifo     = true
  alarm_topic_arn = var.alarm_topic_arn
}

resource "aws_sqs_queue" "exports" {
  name                        = "${local.name}-exports${var.exports_ordered ? ".fifo" : ""}"
  fifo_queue                  = var.exports_ordered
  content_based_deduplication = var.exports_ordered
  visibility_timeout_seconds  = 360
  redrive_policy              = jsonencode({ deadLetterTargetArn = aws_sqs_queue.exports_failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "exports_failed" {
  name                      = "${local.name}-exports-failed${var.exports_ordered ? ".fifo" : ""}"
  fifo_queue                = var.exports_ordered
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" "exports_failed" {
  alarm_name          = "${local.name}-exports-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    QueueName = aws_sqs_queue.exports_failed.name
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "functions" {
  name               = "${local.name}-functions"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "functions" {
  for_each = toset([
    "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
    "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
  ])
  role       = aws_iam_role.functions.name
  policy_arn = each.value
}

resource "aws_lambda_function" "rooms" {
  function_name = "${local.name}-rooms"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "rooms.handler"
  timeout       = 60
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "presence" {
  function_name = "${local.name}-presence"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "presence.handler"
  timeout       = 60
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "moderation" {
  function_name = "${local.name}-moderation"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "moderation.handler"
  timeout       = 60
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "exports" {
  function_name = "${local.name}-exports"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "exports.handler"
  timeout       = 60
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "rooms" {
  event_source_arn        = module.rooms.arn
  function_name           = aws_lambda_function.rooms.arn
  function_response_types = ["ReportBatchItemFailures"]
  batch_size              = var.rooms_batch
}

resource "aws_lambda_event_source_mapping" "presence" {
  event_source_arn        = module.presence.arn
  function_name           = aws_lambda_function.presence.arn
  function_response_types = ["ReportBatchItemFailures"]
  batch_size              = 10
}

resource "aws_lambda_event_source_mapping" "moderation" {
  event_source_arn        = module.moderation.arn
  function_name           = aws_lambda_function.moderation.arn
  function_response_types = ["ReportBatchItemFailures"]
  batch_size              = 10
}

resource "aws_lambda_event_source_mapping" "exports" {
  event_source_arn                   = aws_sqs_queue.exports.arn
  function_name                      = aws_lambda_function.exports.arn
  function_response_types            = ["ReportBatchItemFailures"]
  batch_size                         = var.exports_ordered ? 10 : 100
  maximum_batching_window_in_seconds = var.exports_ordered ? 0 : 10
}
