terraform {
  required_version = ">= 1.10"
  backend "s3" {
    key          = "pricing/terraform.tfstate"
    use_lockfile = true
  }
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "code_bucket" { type = string }
variable "release" { type = string }
variable "previous_versions" {
  type        = object({ quote = string, rates = string })
  description = "Numbers of the versions that served before this release"
}
variable "alarm_topic_arn" { type = string }

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "failures" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failures.arn]
  }
}

resource "aws_iam_role" "pricing" {
  name               = "pricing"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "failures" {
  role   = aws_iam_role.pricing.id
  policy = data.aws_iam_policy_document.failures.json
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = toset(["service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.pricing.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_sqs_queue" "failures" {
  name                      = "pricing-failures"
  message_retention_seconds = 1209600
}

data "aws_iam_policy_document" "undelivered" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "pricing-undelivered"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.id
  policy    = data.aws_iam_policy_document.undelivered.json
}

# Quotes -------------------------------------------------------------------

resource "aws_lambda_function" "quote" {
  function_name = "pricing-quote"
  role          = aws_iam_role.pricing.arn
  runtime       = "nodejs22.x"
  handler       = "quote.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "pricing/${var.release}.zip"
  timeout       = 10
  memory_size   = 1024
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_alias" "quote" {
  name             = "live"
  function_name    = aws_lambda_function.quote.function_name
  function_version = "$LATEST"
  routing_config {
    additional_version_weights = {
      (var.previous_versions.quote) = 0.9
    }
  }
}

# Rates --------------------------------------------------------------------

resource "aws_lambda_function" "rates" {
  function_name = "pricing-rates"
  role          = aws_iam_role.pricing.arn
  runtime       = "nodejs22.x"
  handler       = "rates.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "pricing/${var.release}.zip"
  timeout       = 10
  memory_size   = 1024
  publish       = true
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_alias" "rates" {
  name             = "live"
  function_name    = aws_lambda_function.rates.function_name
  function_version = aws_lambda_function.rates.version
  routing_config {
    additional_version_weights = {
      (var.previous_versions.rates) = 0.9
    }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "rates" {
  function_name                     = aws_lambda_function.rates.function_name
  qualifier                         = aws_lambda_alias.rates.name
  provisioned_concurrent_executions = 5
}

# Discounts ----------------------------------------------------------------

resource "aws_lambda_function" "discount" {
  function_name = "pricing-discount"
  role          = aws_iam_role.pricing.arn
  runtime       = "nodejs22.x"
  handler       = "discount.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "pricing/${var.release}.zip"
  timeout       = 10
  memory_size   = 1024
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_provisioned_concurrency_config" "discount" {
  function_name                     = aws_lambda_function.discount.function_name
  qualifier                         = aws_lambda_function.discount.version
  provisioned_concurrent_executions = 5
}

# Recalculation, by events ---------------------------------------------------

resource "aws_lambda_function" "recalculate" {
  function_name = "pricing-recalculate"
  role          = aws_iam_role.pricing.arn
  runtime       = "nodejs22.x"
  handler       = "recalculate.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "pricing/${var.release}.zip"
  timeout       = 300
  memory_size   = 1024
  publish       = true
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_alias" "recalculate" {
  name             = "live"
  function_name    = aws_lambda_function.recalculate.function_name
  function_version = aws_lambda_function.recalculate.version
}

resource "aws_lambda_function_event_invoke_config" "recalculate" {
  function_name          = aws_lambda_function.recalculate.function_name
  maximum_retry_attempts = 1
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failures.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "changed" {
  name = "pricing-changed"
  event_pattern = jsonencode({
    source        = ["com.example.catalogue"]
    "detail-type" = ["PriceListChanged"]
  })
}

resource "aws_cloudwatch_event_target" "changed" {
  rule = aws_cloudwatch_event_rule.changed.name
  arn  = aws_lambda_alias.recalculate.arn
  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_lambda_permission" "changed" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.recalculate.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.changed.arn
}

# Expiry, by schedule --------------------------------------------------------

resource "aws_lambda_function" "expire" {
  function_name = "pricing-expire"
  role          = aws_iam_role.pricing.arn
  runtime       = "nodejs22.x"
  handler       = "expire.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "pricing/${var.release}.zip"
  timeout       = 300
  memory_size   = 512
  publish       = true
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_alias" "expire" {
  name             = "live"
  function_name    = aws_lambda_function.expire.function_name
  function_version = aws_lambda_function.expire.version
}

resource "aws_lambda_function_event_invoke_config" "expire" {
  function_name          = aws_lambda_function.expire.function_name
  qualifier              = aws_lambda_alias.expire.name
  maximum_retry_attempts = 1
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failures.arn
    }
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "pricing-nightly"
  schedule_expression = "cron(0 1 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_alias.expire.arn
  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_lambda_permission" "nightly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.expire.function_name
  qualifier     = aws_lambda_alias.expire.name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}

resource "aws_cloudwatch_metric_alarm" "failures" {
  alarm_name          = "pricing-failures"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.failures.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}

output "quote_alias_arn" {
  value = aws_lambda_alias.quote.arn
}

output "rates_alias_arn" {
  value = aws_lambda_alias.rates.arn
}
