resource "aws_sqs_queue" "this" {
  name                       = var.name
  visibility_timeout_seconds = var.settings.visibility
  message_retention_seconds  = var.settings.retention

  redrive_policy = var.settings.dead_letter ? jsonencode({
    deadLetterTargetArn = one(aws_sqs_queue.failed[*].arn)
    maxReceiveCount     = var.settings.receives
  }) : null
}

resource "aws_sqs_queue" "failed" {
  count                     = var.settings.dead_letter ? 1 : 0
  name                      = "${var.name}-failed"
  message_retention_seconds = var.settings.failed_days * 86400
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  count               = var.settings.dead_letter ? 1 : 0
  alarm_name          = "${var.name}-failed"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
  dimensions          = { QueueName = one(aws_sqs_queue.failed[*].name) }
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = toset(["service-role/AWSLambdaSQSQueueExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.value}"
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = 365
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  runtime                        = "java21"
  handler                        = "payments.Worker"
  memory_size                    = 1024
  timeout                        = var.settings.timeout
  reserved_concurrent_executions = var.settings.reserved
  publish                        = true
  s3_bucket                      = var.code_bucket
  s3_key                         = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "this" {
  event_source_arn                   = aws_sqs_queue.this.arn
  function_name                      = aws_lambda_function.this.arn
  enabled                            = var.settings.enabled
  batch_size                         = var.settings.batch
  maximum_batching_window_in_seconds = var.settings.window
  function_response_types            = ["ReportBatchItemFailures"]
  depends_on                         = [aws_iam_role_policy_attachment.this]

  scaling_config {
    maximum_concurrency = var.settings.concurrency
  }
}
