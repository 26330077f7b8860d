terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" { type = string }
variable "stream_arn" { type = string }
variable "package" { type = string }
variable "managed_policies" { type = set(string) }
variable "failure_queue_arn" {
  type    = string
  default = null
}
variable "may_send" {
  type    = bool
  default = true
}
variable "starting_position" {
  type    = string
  default = "TRIM_HORIZON"
}
variable "retries" {
  type    = number
  default = 5
}
variable "response_types" {
  type    = list(string)
  default = []
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

resource "aws_iam_role" "this" {
  name_prefix        = "${var.name}-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = var.managed_policies
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy" "failures" {
  count = var.failure_queue_arn != null && var.may_send ? 1 : 0
  role  = aws_iam_role.this.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = var.failure_queue_arn }]
  })
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = "python3.13"
  handler          = "${var.name}.handler"
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  timeout          = 60
  memory_size      = 512
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn               = var.stream_arn
  function_name                  = aws_lambda_function.this.arn
  starting_position              = var.starting_position
  maximum_retry_attempts         = var.retries
  bisect_batch_on_function_error = true
  function_response_types        = var.response_types

  dynamic "destination_config" {
    for_each = var.failure_queue_arn == null ? [] : [var.failure_queue_arn]
    content {
      on_failure {
        destination_arn = destination_config.value
      }
    }
  }

  depends_on = [aws_iam_role_policy_attachment.this, aws_iam_role_policy.failures]
}

output "role_arn" {
  value = aws_iam_role.this.arn
}

output "function_arn" {
  value = aws_lambda_function.this.arn
}
