terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "us-east-2"
}

variable "code_bucket" { type = string }
variable "code_version" { type = string }
variable "alert_email" { type = string }

data "aws_caller_identity" "this" {}
data "aws_region" "this" {}

locals {
  account = data.aws_caller_identity.this.account_id
  region  = data.aws_region.this.name
}

resource "aws_s3_bucket" "deliveries" {
  bucket_prefix = "warehouse-deliveries-"
}

resource "aws_s3_bucket_versioning" "deliveries" {
  bucket = aws_s3_bucket.deliveries.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_notification" "deliveries" {
  bucket      = aws_s3_bucket.deliveries.id
  eventbridge = true
}

resource "aws_dynamodb_table" "stock" {
  name                        = "warehouse-stock"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "sku"
  deletion_protection_enabled = true
  attribute {
    name = "sku"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}

data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:root"]
    }
  }
  statement {
    actions   = ["kms:GenerateDataKey*", "kms:Decrypt"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_kms_key" "messages" {
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

resource "aws_sqs_queue" "loads" {
  name                       = "warehouse-loads"
  visibility_timeout_seconds = 540
  kms_master_key_id          = aws_kms_key.messages.arn
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "removals" {
  name                       = "warehouse-removals"
  visibility_timeout_seconds = 540
  sqs_managed_sse_enabled    = true
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "warehouse-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_cloudwatch_event_rule" "arrived" {
  name = "warehouse-arrived"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = [aws_s3_bucket.deliveries.id] } }
  })
}

resource "aws_cloudwatch_event_target" "arrived" {
  rule = aws_cloudwatch_event_rule.arrived.name
  arn  = aws_sqs_queue.loads.arn
  dead_letter_config {
    arn = aws_sqs_queue.failed.arn
  }
}

resource "aws_cloudwatch_event_rule" "removed" {
  name = "warehouse-removed"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Deleted"]
    detail      = { bucket = { name = [aws_s3_bucket.deliveries.id] } }
  })
}

resource "aws_cloudwatch_event_target" "removed" {
  rule = aws_cloudwatch_event_rule.removed.name
  arn  = aws_sqs_queue.removals.arn
  dead_letter_config {
    arn = aws_sqs_queue.failed.arn
  }
}

data "aws_iam_policy_document" "loads" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.loads.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:events:${local.region}:${local.account}:rule/warehouse-*"]
    }
  }
}

data "aws_iam_policy_document" "removals" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.removals.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:events:${local.region}:${local.account}:rule/warehouse-*"]
    }
  }
}

data "aws_iam_policy_document" "failed" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_sqs_queue_policy" "all" {
  for_each = {
    loads    = { url = aws_sqs_queue.loads.id, policy = data.aws_iam_policy_document.loads.json }
    removals = { url = aws_sqs_queue.removals.id, policy = data.aws_iam_policy_document.removals.json }
    failed   = { url = aws_sqs_queue.failed.id, policy = data.aws_iam_policy_document.failed.json }
  }

  queue_url = each.value.url
  policy    = each.value.policy
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "consumer" {
  for_each           = toset(["load", "remove"])
  name               = "warehouse-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role_policy_attachment" "consumer" {
  for_each = {
    for pair in setproduct(["load", "remove"], ["service-role/AWSLambdaSQSQueueExecutionRole", "AWSXRayDaemonWriteAccess"]) :
    join(":", pair) => { role = pair[0], policy = pair[1] }
  }
  role       = aws_iam_role.consumer[each.value.role].name
  policy_arn = "arn:aws:iam::aws:policy/${each.value.policy}"
}

data "aws_iam_policy_document" "load" {
  statement {
    actions   = ["s3:GetObject"]
    resources = [aws_s3_bucket.deliveries.arn]
  }
  statement {
    actions   = ["dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.stock.arn]
  }
}

data "aws_iam_policy_document" "remove" {
  statement {
    actions   = ["s3:GetObjectVersion"]
    resources = [format("%s/*", aws_s3_bucket.deliveries.arn)]
  }
  statement {
    actions   = ["dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = ["arn:aws:dynamodb:${local.region}:${local.account}:table/stock"]
  }
}

resource "aws_iam_role_policy" "load" {
  role   = aws_iam_role.consumer["load"].id
  policy = data.aws_iam_policy_document.load.json
}

resource "aws_iam_role_policy" "remove" {
  role   = aws_iam_role.consumer["remove"].id
  policy = data.aws_iam_policy_document.remove.json
}

resource "aws_lambda_function" "consumer" {
  for_each = { load = "load.handler", remove = "remove.handler" }

  function_name = "warehouse-${each.key}"
  role          = aws_iam_role.consumer[each.key].arn
  handler       = each.value
  runtime       = "python3.13"
  timeout       = 90
  s3_bucket     = var.code_bucket
  s3_key        = "warehouse-${var.code_version}.zip"
  tracing_config {
    mode = "Active"
  }
  environment {
    variables = { STOCK_TABLE = aws_dynamodb_table.stock.name }
  }
}

resource "aws_lambda_event_source_mapping" "load" {
  event_source_arn        = aws_sqs_queue.loads.arn
  function_name           = aws_lambda_function.consumer["load"].arn
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config {
    maximum_concurrency = 10
  }
}

resource "aws_lambda_event_source_mapping" "remove" {
  event_source_arn        = aws_sqs_queue.removals.arn
  function_name           = aws_lambda_function.consumer["remove"].arn
  function_response_types = ["ReportBatchItemFailures"]
  scaling_config {
    maximum_concurrency = 10
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "warehouse-alerts"
  kms_master_key_id = aws_kms_key.messages.id
}

resource "aws_sns_topic_subscription" "alerts" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_sns_topic" "capacity" {
  name = "warehouse-capacity"
}

resource "aws_sns_topic_subscription" "capacity" {
  topic_arn = aws_sns_topic.capacity.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "warehouse-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "throttles" {
  alarm_name          = "warehouse-throttles"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = aws_lambda_function.consumer["load"].function_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.capacity.arn]
}
