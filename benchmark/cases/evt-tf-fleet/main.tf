terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

variable "cluster_arn" {
  type = string
}

variable "task_definitions" {
  description = "ARNs with revision of the tasks import and cleanup"
  type        = map(string)
}

variable "task_role_arns" {
  description = "Task and execution roles of both tasks"
  type        = list(string)
}

variable "subnet_ids" {
  type = list(string)
}

variable "alarm_topic_arn" {
  type = string
}

variable "input" {
  description = "Text that the depots get in place of the event"
  type        = string
  default     = null
}

data "aws_caller_identity" "this" {}

locals {
  depots = ["hamburg", "leipzig", "wien", "zuerich", "gent", "lyon"]
  nearby = slice(local.depots, 0, 4)
}

resource "aws_cloudwatch_event_rule" "tours" {
  name          = "fleet-tours"
  event_pattern = jsonencode({ source = ["fleet.tours"], "detail-type" = ["TourPlanned"] })
}

resource "aws_cloudwatch_event_rule" "delays" {
  name          = "fleet-delays"
  event_pattern = jsonencode({ source = ["fleet.tours"], "detail-type" = ["TourDelayed"] })
}

resource "aws_cloudwatch_event_rule" "files" {
  name          = "fleet-files"
  event_pattern = jsonencode({ source = ["fleet.files"], "detail-type" = ["FileReady"] })
}

resource "aws_cloudwatch_event_rule" "month" {
  name          = "fleet-month"
  event_pattern = jsonencode({ source = ["fleet.calendar"], "detail-type" = ["MonthClosed"] })
}

resource "aws_sqs_queue" "depot" {
  for_each                    = toset(local.depots)
  name                        = "fleet-${each.key}.fifo"
  fifo_queue                  = true
  content_based_deduplication = contains(local.nearby, each.key)
  visibility_timeout_seconds  = 120
  message_retention_seconds   = 604800
  redrive_policy              = jsonencode({ deadLetterTargetArn = aws_sqs_queue.depot_failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "depot_failed" {
  name                      = "fleet-failed.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "fleet-undelivered"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue_policy" "by_rules" {
  for_each  = merge({ for name, queue in aws_sqs_queue.depot : name => queue }, { undelivered = aws_sqs_queue.undelivered })
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

resource "aws_cloudwatch_event_target" "tours" {
  for_each  = toset(local.depots)
  rule      = aws_cloudwatch_event_rule.tours.name
  target_id = each.key
  arn       = aws_sqs_queue.depot[each.key].arn
  input     = jsonencode({ depot = each.key })

  input_transformer {
    input_paths    = { tour = "$.detail.tour" }
    input_template = "{\"tour\": <tour>}"
  }

  sqs_target {
    message_group_id = each.key
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_event_target" "delays" {
  for_each  = toset(local.nearby)
  rule      = aws_cloudwatch_event_rule.delays.name
  target_id = each.key
  arn       = aws_sqs_queue.depot[each.key].arn
  input     = var.input

  dynamic "input_transformer" {
    for_each = var.input == null ? [1] : []
    content {
      input_paths    = { tour = "$.detail.tour" }
      input_template = "{\"delayed\": <tour>}"
    }
  }

  sqs_target {
    message_group_id = each.key
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_iam_role" "import" {
  name = "fleet-run-import"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role" "cleanup" {
  name = "fleet-run-cleanup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_role_policy" "import" {
  name = "run"
  role = aws_iam_role.import.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecs:RunTask", Resource = var.task_definitions["import"] },
    ]
  })
}

resource "aws_iam_role_policy" "cleanup" {
  name = "run"
  role = aws_iam_role.cleanup.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "ecs:RunTask", Resource = var.task_definitions["cleanup"] },
      { Effect = "Allow", Action = "iam:PassRole", Resource = var.task_role_arns },
    ]
  })
}

resource "aws_cloudwatch_event_target" "import" {
  rule      = aws_cloudwatch_event_rule.files.name
  target_id = "import"
  arn       = var.cluster_arn
  role_arn  = aws_iam_role.import.arn

  ecs_target {
    launch_type         = "FARGATE"
    task_definition_arn = var.task_definitions["import"]
    network_configuration {
      subnets = var.subnet_ids
    }
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_event_target" "cleanup" {
  rule      = aws_cloudwatch_event_rule.month.name
  target_id = "cleanup"
  arn       = var.cluster_arn
  role_arn  = aws_iam_role.cleanup.arn

  ecs_target {
    launch_type         = "FARGATE"
    task_definition_arn = var.task_definitions["cleanup"]
    network_configuration {
      subnets = var.subnet_ids
    }
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each            = { failed = aws_sqs_queue.depot_failed.name, undelivered = aws_sqs_queue.undelivered.name }
  alarm_name          = "fleet-${each.key}"
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

output "queues" {
  value = { for name, queue in aws_sqs_queue.depot : name => queue.id }
}
