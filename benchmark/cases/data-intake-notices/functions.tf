data "aws_iam_policy_document" "trust" {
  for_each = toset(["lambda", "events"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "functions" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.invoices.arn}/*", "${aws_s3_bucket.contracts.arn}/*"]
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.read_failed.arn, aws_sqs_queue.sign_failed.arn]
  }
}

resource "aws_iam_role" "functions" {
  name               = "supplier-functions"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_iam_role_policy" "functions" {
  role   = aws_iam_role.functions.id
  policy = data.aws_iam_policy_document.functions.json
}

resource "aws_iam_role_policy_attachment" "functions" {
  role       = aws_iam_role.functions.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "read" {
  function_name    = "supplier-read-invoice"
  role             = aws_iam_role.functions.arn
  runtime          = "python3.13"
  handler          = "read.handler"
  filename         = "dist/functions.zip"
  source_code_hash = filebase64sha256("dist/functions.zip")
  timeout          = 60
}

resource "aws_lambda_function_event_invoke_config" "read" {
  function_name          = aws_lambda_function.read.function_name
  maximum_retry_attempts = 2
  destination_config {
    on_failure {
      destination = aws_sqs_queue.read_failed.arn
    }
  }
}

resource "aws_lambda_permission" "read" {
  action         = "lambda:InvokeFunction"
  function_name  = aws_lambda_function.read.function_name
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.invoices.arn
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_lambda_function" "sign" {
  function_name    = "supplier-sign-contract"
  role             = aws_iam_role.functions.arn
  runtime          = "python3.13"
  handler          = "sign.handler"
  filename         = "dist/functions.zip"
  source_code_hash = filebase64sha256("dist/functions.zip")
  timeout          = 60
}

resource "aws_lambda_function_event_invoke_config" "sign" {
  function_name          = aws_lambda_function.sign.function_name
  maximum_retry_attempts = 2
  destination_config {
    on_failure {
      destination = aws_sqs_queue.sign_failed.arn
    }
  }
}

resource "aws_lambda_permission" "sign" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.sign.function_name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.invoices.arn
}

resource "aws_iam_role" "events" {
  name               = "supplier-events"
  assume_role_policy = data.aws_iam_policy_document.trust["events"].json
}

resource "aws_iam_role_policy" "events" {
  role = aws_iam_role.events.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:PutRecord"], Resource = aws_kinesis_stream.audit.arn }]
  })
}

resource "aws_cloudwatch_metric_alarm" "read_failed" {
  alarm_name          = "supplier-read-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.read_failed.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.metrics_topic_arn]
}
