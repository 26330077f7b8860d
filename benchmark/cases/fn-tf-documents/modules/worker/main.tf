terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" { type = string }
variable "runtime" {
  type    = string
  default = "nodejs22.x"
}
variable "code" { type = object({ bucket = string, key = string }) }
variable "dead_letter_arn" {
  type    = string
  default = null
}
variable "tracing" {
  type    = string
  default = "Active"
}
variable "concurrency" {
  type    = number
  default = -1
}
variable "role_statements" {
  type    = list(object({ actions = list(string), resources = list(string) }))
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

data "aws_iam_policy_document" "this" {
  dynamic "statement" {
    for_each = var.dead_letter_arn == null ? [] : [var.dead_letter_arn]
    content {
      actions   = ["sqs:SendMessage"]
      resources = [statement.value]
    }
  }
  dynamic "statement" {
    for_each = var.role_statements
    content {
      actions   = statement.value.actions
      resources = statement.value.resources
    }
  }
  statement {
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "this" {
  name_prefix        = "${var.name}-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "this" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.this.json
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(["service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  runtime                        = var.runtime
  handler                        = "${var.name}.handler"
  s3_bucket                      = var.code.bucket
  s3_key                         = var.code.key
  timeout                        = 60
  memory_size                    = 1024
  reserved_concurrent_executions = var.concurrency

  tracing_config {
    mode = var.tracing
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn == null ? [] : [var.dead_letter_arn]
    content {
      target_arn = dead_letter_config.value
    }
  }

  depends_on = [aws_iam_role_policy.this]
}

output "name" {
  value = aws_lambda_function.this.function_name
}

output "arn" {
  value = aws_lambda_function.this.arn
}
