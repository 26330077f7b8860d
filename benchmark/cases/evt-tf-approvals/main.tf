terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = "eu-west-3"
}

data "aws_region" "this" {}

locals {
  name    = "approvals-${var.stage}"
  rejects = "Rejected"
  patience = {
    manager = { timeout = 259200, heartbeat = 86400 }
    board   = { timeout = 86400, heartbeat = 172800 }
  }
}

resource "aws_sqs_queue" "asks" {
  name                       = "${local.name}-asks"
  visibility_timeout_seconds = 120
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.asks_failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "asks_failed" {
  name                      = "${local.name}-asks-failed"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "purchase_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["states.${data.aws_region.this.name}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "travel_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com", "lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "steps" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.asks.arn]
  }
  statement {
    actions   = ["lambda:InvokeFunction"]
    resources = [var.booking_function_arn]
  }
  statement {
    actions = [
      "logs:CreateLogDelivery", "logs:GetLogDelivery", "logs:UpdateLogDelivery", "logs:DeleteLogDelivery",
      "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:DescribeResourcePolicies", "logs:DescribeLogGroups",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role" "purchase" {
  name               = "${local.name}-purchase"
  assume_role_policy = data.aws_iam_policy_document.purchase_trust.json
}

resource "aws_iam_role" "travel" {
  name               = "${local.name}-travel"
  assume_role_policy = data.aws_iam_policy_document.travel_trust.json
}

resource "aws_iam_role_policy" "steps" {
  for_each = { purchase = aws_iam_role.purchase.id, travel = aws_iam_role.travel.id }
  name     = "steps"
  role     = each.value
  policy   = data.aws_iam_policy_document.steps.json
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = toset(["purchase", "travel"])
  name              = "/aws/vendedlogs/states/${local.name}-${each.key}"
  retention_in_days = 180
}

resource "aws_sfn_state_machine" "purchase" {
  name     = "${local.name}-purchase"
  type     = var.purchase_type
  role_arn = aws_iam_role.purchase.arn

  definition = jsonencode({
    StartAt        = "Manager"
    TimeoutSeconds = 1209600
    States = {
      Manager = {
        Type     = "Task"
        Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        Parameters = {
          QueueUrl    = aws_sqs_queue.asks.id
          MessageBody = { "token.$" = "$$.Task.Token", "purchase.$" = "$" }
        }
        ResultPath       = "$.manager"
        TimeoutSeconds   = local.patience.manager.timeout
        HeartbeatSeconds = local.patience.manager.heartbeat
        Catch            = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.error", Next = local.rejects }]
        Next             = "Board"
      }
      Board = {
        Type     = "Task"
        Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        Parameters = {
          QueueUrl    = aws_sqs_queue.asks.id
          MessageBody = { "token.$" = "$$.Task.Token", "purchase.$" = "$" }
        }
        ResultPath       = "$.board"
        TimeoutSeconds   = local.patience.board.timeout
        HeartbeatSeconds = local.patience.board.heartbeat
        Catch            = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.error", Next = local.rejects }]
        Next             = "Approved"
      }
      Approved = { Type = "Succeed" }
      Rejected = { Type = "Fail", Error = "Rejected" }
    }
  })

  logging_configuration {
    level           = "ERROR"
    log_destination = join(":", [aws_cloudwatch_log_group.this["purchase"].arn, "*"])
  }

  depends_on = [aws_iam_role_policy.steps]
}

resource "aws_sfn_state_machine" "travel" {
  name     = "${local.name}-travel"
  role_arn = aws_iam_role.travel.arn

  definition = jsonencode({
    StartAt        = "Book"
    TimeoutSeconds = 3600
    States = {
      Book = {
        Type           = "Task"
        Resource       = var.booking_function_arn
        TimeoutSeconds = 60
        Retry = [{
          ErrorEquals     = ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"]
          IntervalSeconds = 2
          MaxAttempts     = 6
          BackoffRate     = 2
        }]
        Next = "Confirm"
      }
      Confirm = {
        Type           = "Task"
        Resource       = var.booking_function_arn
        TimeoutSeconds = 60
        End            = true
      }
    }
  })

  logging_configuration {
    level           = "ERROR"
    log_destination = aws_cloudwatch_log_group.this["travel"].arn
  }

  depends_on = [aws_iam_role_policy.steps]
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each            = { purchase = aws_sfn_state_machine.purchase.arn, travel = aws_sfn_state_machine.travel.arn }
  alarm_name          = "${local.name}-${each.key}-failed"
  namespace           = "AWS/States"
  metric_name         = "ExecutionsFailed"
  dimensions          = { StateMachineArn = each.value }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  alarm_name          = "${local.name}-asks-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.asks_failed.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
}
