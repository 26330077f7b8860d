variable "name" {
  type = string
}

variable "topic_arn" {
  type = string
}

variable "fifo" {
  type    = bool
  default = false
}

locals {
  suffix = var.fifo ? ".fifo" : ""
}

resource "aws_sqs_queue" "this" {
  name                       = "${var.name}${local.suffix}"
  fifo_queue                 = var.fifo
  visibility_timeout_seconds = 120
  message_retention_seconds  = 604800
  sqs_managed_sse_enabled    = true
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "dead_letters" {
  name                      = "${var.name}-dead-letters${local.suffix}"
  fifo_queue                = var.fifo
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = true
}

data "aws_iam_policy_document" "topic" {
  for_each = { work = aws_sqs_queue.this.arn, dead = aws_sqs_queue.dead_letters.arn }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [var.topic_arn]
    }
  }
}

resource "aws_sqs_queue_policy" "topic" {
  for_each  = { work = aws_sqs_queue.this.id, dead = aws_sqs_queue.dead_letters.id }
  queue_url = each.value
  policy    = data.aws_iam_policy_document.topic[each.key].json
}

resource "aws_sns_topic_subscription" "this" {
  topic_arn            = var.topic_arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.this.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead_letters.arn })
}

output "queue_url" {
  value = aws_sqs_queue.this.id
}

output "dead_letter_arn" {
  value = aws_sqs_queue.dead_letters.arn
}

output "dead_letter_name" {
  value = aws_sqs_queue.dead_letters.name
}
