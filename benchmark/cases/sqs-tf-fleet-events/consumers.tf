data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "functions" {
  name               = "${local.name}-functions"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "functions" {
  for_each = toset([
    "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
    "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
  ])
  role       = aws_iam_role.functions.name
  policy_arn = each.value
}

resource "aws_lambda_function" "trips" {
  function_name = "${local.name}-trips"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "trips.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "alerts" {
  function_name = "${local.name}-alerts"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "alerts.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "charging" {
  function_name = "${local.name}-charging"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "charging.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "trips" {
  event_source_arn        = aws_sqs_queue.trips.arn
  function_name           = aws_lambda_function.trips.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "alerts" {
  event_source_arn        = aws_sqs_queue.alerts.arn
  function_name           = aws_lambda_function.alerts.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "charging" {
  event_source_arn        = aws_sqs_queue.charging.arn
  function_name           = aws_lambda_function.charging.arn
  function_response_types = ["ReportBatchItemFailures"]
  batch_size              = 10
}
