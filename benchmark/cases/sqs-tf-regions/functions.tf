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

resource "aws_lambda_function" "booking" {
  function_name = "${local.name}-booking"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "booking.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "cancelling" {
  function_name = "${local.name}-cancelling"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "cancelling.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "booking" {
  event_source_arn        = aws_sqs_queue.booking.arn
  function_name           = aws_lambda_function.booking.arn
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "cancelling" {
  event_source_arn        = aws_sqs_queue.cancelling.arn
  function_name           = aws_lambda_function.cancelling.arn
  function_response_types = ["ReportBatchItemFailures"]
}
