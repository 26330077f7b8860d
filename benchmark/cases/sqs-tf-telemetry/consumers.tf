# readings, faults, firmware, calibrations and positions are polled by the workers on the plant's servers
resource "aws_iam_user_policy" "workers" {
  name = "${local.name}-queues"
  user = var.worker_user
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
      Resource = [for k in ["readings", "faults", "firmware", "calibrations", "positions"] : aws_sqs_queue.this[k].arn]
    }]
  })
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

resource "aws_iam_role_policy_attachment" "functions" {
  for_each = toset([
    "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
    "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
  ])
  role       = aws_iam_role.functions.name
  policy_arn = each.value
}

resource "aws_lambda_function" "diagnostics" {
  function_name = "${local.name}-diagnostics"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "diagnostics.handler"
  timeout       = 60
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "diagnostics" {
  event_source_arn        = aws_sqs_queue.this["diagnostics"].arn
  function_name           = aws_lambda_function.diagnostics.arn
  function_response_types = ["ReportBatchItemFailures"]
}
