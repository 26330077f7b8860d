variable "name" {
  type = string
}

variable "stream_arn" {
  type = string
}

variable "package" {
  type = string
}

variable "handler" {
  type = string
}

variable "failure_arn" {
  description = "Queue or topic for discarded batches"
  type        = string
  default     = null
}

variable "max_retries" {
  type    = number
  default = -1
}

variable "max_age" {
  type    = number
  default = -1
}

variable "start" {
  type    = string
  default = "TRIM_HORIZON"
}

variable "key_arns" {
  type    = list(string)
  default = []
}

variable "filter" {
  type    = any
  default = null
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "access" {
  statement {
    actions   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards", "kinesis:ListStreams"]
    resources = [var.stream_arn]
  }
  dynamic "statement" {
    for_each = var.failure_arn == null ? [] : [var.failure_arn]
    content {
      actions   = ["sqs:SendMessage", "sns:Publish"]
      resources = [statement.value]
    }
  }
  dynamic "statement" {
    for_each = length(var.key_arns) == 0 ? [] : [1]
    content {
      actions   = ["kms:Decrypt"]
      resources = var.key_arns
    }
  }
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "access" {
  role   = aws_iam_role.this.id
  policy = data.aws_iam_policy_document.access.json
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 30
}

resource "aws_lambda_function" "this" {
  function_name    = var.name
  role             = aws_iam_role.this.arn
  runtime          = "nodejs22.x"
  handler          = var.handler
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  timeout          = 60
  memory_size      = 512
  depends_on       = [aws_cloudwatch_log_group.this]
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn                   = var.stream_arn
  function_name                      = aws_lambda_function.this.arn
  starting_position                  = var.start
  batch_size                         = 100
  maximum_batching_window_in_seconds = 5
  bisect_batch_on_function_error     = true
  maximum_retry_attempts             = var.max_retries
  maximum_record_age_in_seconds      = var.max_age

  dynamic "destination_config" {
    for_each = var.failure_arn == null ? [] : [var.failure_arn]
    content {
      on_failure {
        destination_arn = destination_config.value
      }
    }
  }

  dynamic "filter_criteria" {
    for_each = var.filter == null ? [] : [var.filter]
    content {
      filter {
        pattern = jsonencode(filter_criteria.value)
      }
    }
  }

  depends_on = [aws_iam_role_policy.access]
}

output "function_name" {
  value = aws_lambda_function.this.function_name
}
