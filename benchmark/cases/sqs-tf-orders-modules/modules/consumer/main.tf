resource "aws_iam_role" "this" {
  name = "${var.name}-consumer"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(["service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy" "queue" {
  role = aws_iam_role.this.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
      Resource = [var.queue_arn]
      }], length(var.kms_keys) > 0 ? [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = var.kms_keys
    }] : [])
  })
}

resource "aws_lambda_function" "this" {
  function_name = "${var.name}-consumer"
  role          = aws_iam_role.this.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  timeout       = var.timeout
  s3_bucket     = var.code.bucket
  s3_key        = var.code.key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn        = var.queue_arn
  function_name           = aws_lambda_function.this.arn
  function_response_types = ["ReportBatchItemFailures"]
  depends_on              = [aws_iam_role_policy.queue]
}
