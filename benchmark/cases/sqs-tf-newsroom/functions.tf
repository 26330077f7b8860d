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

resource "aws_lambda_function" "feed" {
  function_name = "${local.name}-feed"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "feed.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "search" {
  function_name = "${local.name}-search"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "search.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "errata" {
  function_name = "${local.name}-errata"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "errata.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "feed" {
  event_source_arn        = aws_sqs_queue.feed.arn
  function_name           = aws_lambda_function.feed.arn
  batch_size              = 1
}

resource "aws_lambda_event_source_mapping" "search" {
  event_source_arn                   = aws_sqs_queue.search.arn
  function_name                      = aws_lambda_function.search.arn
  batch_size                         = 50
  maximum_batching_window_in_seconds = 5
}

resource "aws_lambda_event_source_mapping" "errata" {
  event_source_arn        = aws_sqs_queue.errata.arn
  function_name           = aws_lambda_function.errata.arn
  function_response_types = ["ReportBatchItemFailures"]
}
