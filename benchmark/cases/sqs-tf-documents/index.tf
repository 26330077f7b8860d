resource "aws_sns_topic" "indexed" {
  name = "${local.name}-indexed"
}

resource "aws_sns_topic_subscription" "index" {
  topic_arn      = aws_sns_topic.indexed.arn
  protocol       = "sqs"
  endpoint       = aws_sqs_queue.index.arn
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed["undelivered"].arn })
}

data "aws_iam_policy_document" "from_topic" {
  for_each = {
    index       = aws_sqs_queue.index.arn
    undelivered = aws_sqs_queue.failed["undelivered"].arn
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.indexed.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "from_topic" {
  for_each = {
    index       = aws_sqs_queue.index.id
    undelivered = aws_sqs_queue.failed["undelivered"].id
  }
  queue_url = each.value
  policy    = data.aws_iam_policy_document.from_topic[each.key].json
}

resource "aws_lambda_function" "reader" {
  function_name = "${local.name}-reader"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "reader.handler"
  timeout       = 90
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
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

resource "aws_iam_role" "functions" {
  name               = "${local.name}-functions"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

data "aws_iam_policy_document" "functions" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.scans.arn, aws_sqs_queue.letters.arn, aws_sqs_queue.forms.arn]
  }
  statement {
    actions   = ["kms:Decrypt"]
    resources = [aws_kms_key.scans.arn, aws_kms_key.letters.arn]
  }
  statement {
    actions   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
  statement {
    actions   = ["sqs:*"]
    resources = [aws_sqs_queue.index.arn]
  }
}

resource "aws_iam_role_policy" "functions" {
  role   = aws_iam_role.functions.name
  policy = data.aws_iam_policy_document.functions.json
}

resource "aws_lambda_event_source_mapping" "reader" {
  for_each = {
    scans   = aws_sqs_queue.scans.arn
    letters = aws_sqs_queue.letters.arn
    forms   = aws_sqs_queue.forms.arn
    index   = aws_sqs_queue.index.arn
  }
  event_source_arn        = each.value
  function_name           = aws_lambda_function.reader.arn
  function_response_types = ["ReportBatchItemFailures"]
  depends_on              = [aws_iam_role_policy.functions]
}

resource "aws_lambda_function_event_invoke_config" "reader" {
  function_name                = aws_lambda_function.reader.function_name
  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 1

  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed["scans"].arn
    }
  }
}

resource "aws_iam_role_policy" "failed" {
  role = aws_iam_role.functions.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed["scans"].arn }]
  })
}
