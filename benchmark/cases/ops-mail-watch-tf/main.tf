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
  region = "eu-west-3"
}

variable "stage" {
  type    = string
  default = "prod"
}

variable "outbox_queue" { type = string }
variable "bounce_queue" { type = string }
variable "report_queue" { type = string }
variable "sender_function" { type = string }

variable "duty_topic_arns" {
  description = "Topics of the duty officers of each team"
  type        = list(string)
}

locals {
  prefix = "mail-${var.stage}"
}

resource "aws_sns_topic" "mail" {
  name = "${local.prefix}-watch"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.mail.arn
  protocol  = "email"
  endpoint  = "mail-team@example.com"
}

module "outbox" {
  source = "./modules/watch"

  name       = "${local.prefix}-outbox"
  queue_name = var.outbox_queue
  max_age    = 300
  notify     = [aws_sns_topic.mail.arn]
}

module "bounces" {
  source = "./modules/watch"

  name       = "${local.prefix}-bounces"
  queue_name = var.bounce_queue
  max_age    = 1800
}

module "reports" {
  source = "./modules/watch"

  name       = "${local.prefix}-reports"
  queue_name = var.report_queue
  max_age    = 43200
  period     = 1800
  periods    = 72
  notify     = concat([aws_sns_topic.mail.arn], var.duty_topic_arns)
}

module "digests" {
  source = "./modules/watch"

  name       = "${local.prefix}-digests"
  queue_name = "${local.prefix}-digests"
  max_age    = 90000
  period     = 3600
  periods    = 30
  notify     = [aws_sns_topic.mail.arn]
}

resource "aws_cloudwatch_metric_alarm" "sender_failures" {
  alarm_name          = "${local.prefix}-sender-failures"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  threshold           = 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.mail.arn]

  metric_query {
    id          = "rate"
    expression  = "100 * failed / started"
    label       = "Failures in percent"
    return_data = true
  }

  metric_query {
    id          = "failed"
    return_data = true
    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      dimensions  = { FunctionName = var.sender_function }
      period      = 60
      stat        = "Sum"
    }
  }

  metric_query {
    id = "started"
    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Invocations"
      dimensions  = { FunctionName = var.sender_function }
      period      = 60
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "sender_latency" {
  alarm_name          = "${local.prefix}-sender-latency"
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  dimensions          = { FunctionName = var.sender_function }
  extended_statistic  = "p99"
  unit                = "Milliseconds"
  period              = 60
  evaluation_periods  = 10
  datapoints_to_alarm = 7
  threshold           = 8000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.mail.arn]
}

resource "aws_cloudwatch_metric_alarm" "sender_throttles" {
  alarm_name          = "${local.prefix}-sender-throttles"
  namespace           = "AWS/Lambda"
  metric_name         = "Throttles"
  dimensions          = { FunctionName = var.sender_function }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  datapoints_to_alarm = 8
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.mail.arn]
}

resource "aws_cloudwatch_composite_alarm" "mail_stuck" {
  alarm_name    = "${local.prefix}-stuck"
  alarm_rule    = "ALARM(\"${local.prefix}-outbox-age\") AND ALARM(\"${local.prefix}-sender-errors\")"
  alarm_actions = [aws_sns_topic.mail.arn]

  depends_on = [module.outbox, aws_cloudwatch_metric_alarm.sender_failures]
}

resource "aws_cloudwatch_composite_alarm" "mail_slow" {
  alarm_name = "${local.prefix}-slow"
  alarm_rule = join(" AND ", [
    "ALARM(${module.outbox.age_alarm})",
    "ALARM(${aws_cloudwatch_metric_alarm.sender_latency.alarm_name})",
  ])
  alarm_actions = var.duty_topic_arns
}

output "topic_arn" {
  value = aws_sns_topic.mail.arn
}
