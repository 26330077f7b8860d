data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "api" {
  name_prefix        = "public-apis-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "api" {
  for_each   = toset(["service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.api.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

locals {
  functions = {
    weather  = { timeout = 10, memory = 512 }
    forecast = { timeout = 25, memory = 1024 }
    account  = { timeout = 10, memory = 256 }
    mobile   = { timeout = 10, memory = 256 }
    history  = { timeout = 40, memory = 2048 }
  }
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name = "public-${each.key}"
  role          = aws_iam_role.api.arn
  runtime       = "python3.13"
  handler       = "${each.key}.handler"
  s3_bucket     = var.code_bucket
  s3_key        = "public-apis/${var.release}.zip"
  timeout       = each.value.timeout
  memory_size   = each.value.memory

  tracing_config {
    mode = "Active"
  }
}
