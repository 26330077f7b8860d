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

resource "aws_lambda_function" "loyalty" {
  function_name = "${local.name}-loyalty"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "loyalty.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_function" "seats" {
  function_name = "${local.name}-seats"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "seats.handler"
  timeout       = 30
  memory_size   = 256
  s3_bucket     = var.code_bucket
  s3_key        = var.code_key

  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "loyalty" {
  event_source_arn        = module.loyalty.arn
  function_name           = aws_lambda_function.loyalty.arn
  function_response_types = ["ReportBatchItemFailures"]

  filter_criteria {
    filter {
      pattern = jsonencode({ body = { fare = { class = ["business", "first"] } } })
    }
  }
}

resource "aws_lambda_event_source_mapping" "seats" {
  event_source_arn        = module.seats.arn
  function_name           = aws_lambda_function.seats.arn
  function_response_types = ["ReportBatchItemFailures"]

  filter_criteria {
    filter {
      pattern = jsonencode({ body = { fare = { class = ["business", "first"] } } })
    }
  }
}
