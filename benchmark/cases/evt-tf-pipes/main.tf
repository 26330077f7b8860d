terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

variable "alarm_topic_arn" {
  type = string
}

variable "enrich_function_arn" {
  description = "Alias of the function that looks up customers"
  type        = string
}

variable "ledger_stream_arn" {
  description = "Stream of the ledger table, owned by accounting"
  type        = string
}

resource "aws_sqs_queue" "source" {
  for_each                   = toset(["payments", "chargebacks", "audit"])
  name                       = each.key
  visibility_timeout_seconds = 300
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters.arn, maxReceiveCount = 4 })
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "pipes-dead-letters"
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

resource "aws_sqs_queue" "ordered" {
  name                        = "postings.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  visibility_timeout_seconds  = 300
  message_retention_seconds   = 604800
  redrive_policy              = jsonencode({ deadLetterTargetArn = aws_sqs_queue.ordered_dead_letters.arn, maxReceiveCount = 4 })
}

resource "aws_sqs_queue" "ordered_dead_letters" {
  name                      = "postings-dead-letters.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_event_bus" "payments" {
  name = "payments"
}

module "payments" {
  source        = "./modules/queue_pipe"
  name          = "payments"
  queue_arn     = aws_sqs_queue.source["payments"].arn
  target_arn    = aws_cloudwatch_event_bus.payments.arn
  target_action = "events:PutEvents"
  enrich_arn    = var.enrich_function_arn
  pattern       = { body = { state = ["settled", "failed"] } }
}

module "chargebacks" {
  source        = "./modules/queue_pipe"
  name          = "chargebacks"
  queue_arn     = aws_sqs_queue.source["chargebacks"].arn
  target_arn    = aws_cloudwatch_event_bus.payments.arn
  target_action = "events:PutEvents"
  pattern       = { data = { reason = [{ prefix = "fraud" }] } }
}

data "aws_iam_policy_document" "ledger_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "audit_trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com", "pipes.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "stream" {
  statement {
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
    resources = [var.ledger_stream_arn]
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.ordered.arn, aws_sqs_queue.source["audit"].arn, aws_sqs_queue.dead_letters.arn]
  }
}

resource "aws_iam_role" "ledger" {
  name               = "pipe-ledger"
  assume_role_policy = data.aws_iam_policy_document.ledger_trust.json
}

resource "aws_iam_role" "audit" {
  name               = "pipe-audit"
  assume_role_policy = data.aws_iam_policy_document.audit_trust.json
}

resource "aws_iam_role_policy" "stream" {
  for_each = { ledger = aws_iam_role.ledger.id, audit = aws_iam_role.audit.id }
  name     = "stream"
  role     = each.value
  policy   = data.aws_iam_policy_document.stream.json
}

resource "aws_pipes_pipe" "ledger" {
  name     = "ledger"
  role_arn = aws_iam_role.ledger.arn
  source   = var.ledger_stream_arn
  target   = aws_sqs_queue.ordered.arn

  source_parameters {
    dynamodb_stream_parameters {
      starting_position             = "TRIM_HORIZON"
      maximum_retry_attempts        = 20
      maximum_record_age_in_seconds = 43200
      on_partial_batch_item_failure = "AUTOMATIC_BISECT"
      dead_letter_config {
        arn = aws_sqs_queue.dead_letters.arn
      }
    }
  }

  target_parameters {
    sqs_queue_parameters {
      message_group_id = "$.dynamodb.Keys.account.S"
    }
  }

  depends_on = [aws_iam_role_policy.stream]
}

resource "aws_pipes_pipe" "audit" {
  name     = "audit"
  role_arn = aws_iam_role.audit.arn
  source   = var.ledger_stream_arn
  target   = aws_sqs_queue.source["audit"].arn

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({ eventName = ["REMOVE"] })
      }
    }
    dynamodb_stream_parameters {
      starting_position      = "TRIM_HORIZON"
      maximum_retry_attempts = -1
    }
  }

  depends_on = [aws_iam_role_policy.stream]
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  for_each            = { standard = aws_sqs_queue.dead_letters.name, ordered = aws_sqs_queue.ordered_dead_letters.name }
  alarm_name          = "pipes-${each.key}"
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
  value = { for name, queue in aws_sqs_queue.source : name => queue.id }
}

output "postings_queue" {
  value = aws_sqs_queue.ordered.id
}
