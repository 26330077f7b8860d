variable "name" {
  type = string
}

variable "queue_arn" {
  type = string
}

variable "target_arn" {
  type = string
}

variable "target_action" {
  description = "What the pipe does with its target"
  type        = string
}

variable "enrich_arn" {
  description = "Function that adds to the messages"
  type        = string
  default     = null
}

variable "pattern" {
  type    = any
  default = null
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["pipes.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "pipe" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [var.queue_arn]
  }
  statement {
    actions   = [var.target_action]
    resources = [var.target_arn]
  }
}

resource "aws_iam_role" "pipe" {
  name               = "pipe-${var.name}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "pipe" {
  name   = "pipe"
  role   = aws_iam_role.pipe.id
  policy = data.aws_iam_policy_document.pipe.json
}

resource "aws_pipes_pipe" "this" {
  name       = var.name
  role_arn   = aws_iam_role.pipe.arn
  source     = var.queue_arn
  target     = var.target_arn
  enrichment = var.enrich_arn

  source_parameters {
    dynamic "filter_criteria" {
      for_each = var.pattern == null ? [] : [var.pattern]
      content {
        filter {
          pattern = jsonencode(filter_criteria.value)
        }
      }
    }
    sqs_queue_parameters {
      batch_size                         = 10
      maximum_batching_window_in_seconds = 5
    }
  }

  target_parameters {
    eventbridge_event_bus_parameters {
      source      = var.name
      detail_type = "Message"
    }
  }

  depends_on = [aws_iam_role_policy.pipe]
}

output "arn" {
  value = aws_pipes_pipe.this.arn
}
