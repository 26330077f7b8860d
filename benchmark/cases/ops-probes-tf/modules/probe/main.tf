variable "name" { type = string }
variable "url" { type = string }
variable "schedule" { type = string }
variable "timeout" { type = number }
variable "role_arn" { type = string }
variable "results" { type = string }
variable "script_bucket" { type = string }
variable "script_key" { type = string }
variable "alarm" { type = bool }
variable "alarm_topic" { type = string }
variable "success_target" { type = number }

variable "started" {
  type    = bool
  default = true
}

resource "aws_synthetics_canary" "this" {
  name                 = var.name
  runtime_version      = "syn-nodejs-puppeteer-15.0"
  artifact_s3_location = var.results
  execution_role_arn   = var.role_arn
  handler              = "page.handler"
  s3_bucket            = var.script_bucket
  s3_key               = var.script_key
  start_canary         = var.started
  delete_lambda        = true

  schedule {
    expression = var.schedule
  }

  run_config {
    timeout_in_seconds = var.timeout
    active_tracing     = true

    environment_variables = {
      URL = var.url
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  count = var.alarm ? 1 : 0

  alarm_name          = "probe-${var.name}"
  namespace           = "CloudWatchSynthetics"
  metric_name         = "SuccessPercent"
  dimensions          = { CanaryName = aws_synthetics_canary.this.name }
  statistic           = "Average"
  period              = 600
  evaluation_periods  = 2
  threshold           = 90
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.alarm_topic]
}
