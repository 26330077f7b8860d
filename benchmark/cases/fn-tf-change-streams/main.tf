terraform {
  required_version = ">= 1.10"
  backend "s3" {
    key          = "change-streams/terraform.tfstate"
    use_lockfile = true
  }
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    archive = {
      source = "hashicorp/archive"
    }
  }
}

locals {
  kinesis  = ["service-role/AWSLambdaKinesisExecutionRole", "AWSXRayDaemonWriteAccess"]
  dynamodb = ["service-role/AWSLambdaDynamoDBExecutionRole", "AWSXRayDaemonWriteAccess"]
}

data "archive_file" "package" {
  type        = "zip"
  source_dir  = "${path.module}/src"
  output_path = "${path.module}/build/consumers.zip"
}

resource "aws_kinesis_stream" "changes" {
  name             = "catalogue-changes"
  retention_period = 168
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_dynamodb_table" "products" {
  name                        = "products"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "sku"
  stream_enabled              = true
  stream_view_type            = "NEW_AND_OLD_IMAGES"
  deletion_protection_enabled = true
  attribute {
    name = "sku"
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_sqs_queue" "failed" {
  for_each                  = toset(["changes", "products", "exports"])
  name                      = "catalogue-${each.key}-failed"
  message_retention_seconds = 1209600
}

module "indexer" {
  source            = "./modules/stream-consumer"
  name              = "indexer"
  package           = data.archive_file.package.output_path
  stream_arn        = aws_kinesis_stream.changes.arn
  managed_policies  = local.dynamodb
  failure_queue_arn = aws_sqs_queue.failed["changes"].arn
  response_types    = ["ReportBatchItemFailures"]
}

module "cache" {
  source            = "./modules/stream-consumer"
  name              = "cache"
  package           = data.archive_file.package.output_path
  stream_arn        = aws_dynamodb_table.products.stream_arn
  managed_policies  = local.dynamodb
  failure_queue_arn = aws_sqs_queue.failed["products"].arn
}

module "prices" {
  source            = "./modules/stream-consumer"
  name              = "prices"
  package           = data.archive_file.package.output_path
  stream_arn        = aws_kinesis_stream.changes.arn
  managed_policies  = local.kinesis
  failure_queue_arn = aws_sqs_queue.failed["changes"].arn
  may_send          = false
}

module "search" {
  source            = "./modules/stream-consumer"
  name              = "search"
  package           = data.archive_file.package.output_path
  stream_arn        = aws_kinesis_stream.changes.arn
  managed_policies  = local.kinesis
  failure_queue_arn = aws_sqs_queue.failed["exports"].arn
  may_send          = false
}

data "aws_iam_policy_document" "exports" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.failed["exports"].arn]
    principals {
      type        = "AWS"
      identifiers = [module.search.role_arn]
    }
  }
}

resource "aws_sqs_queue_policy" "exports" {
  queue_url = aws_sqs_queue.failed["exports"].id
  policy    = data.aws_iam_policy_document.exports.json
}

resource "aws_lambda_event_source_mapping" "indexer_products" {
  event_source_arn        = aws_dynamodb_table.products.stream_arn
  function_name           = module.indexer.function_arn
  maximum_retry_attempts  = 5
  function_response_types = ["ReportBatchItemFailures"]
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.failed["changes"].arn
    }
  }
}

resource "aws_sqs_queue" "rebuild" {
  name                       = "catalogue-rebuild"
  visibility_timeout_seconds = 360
  receive_wait_time_seconds  = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed["exports"].arn
    maxReceiveCount     = 5
  })
}

resource "aws_iam_role" "rebuild" {
  name_prefix = "rebuild-"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "rebuild" {
  for_each   = toset(["service-role/AWSLambdaSQSQueueExecutionRole", "AWSXRayDaemonWriteAccess"])
  role       = aws_iam_role.rebuild.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_lambda_function" "rebuild" {
  function_name    = "rebuild"
  role             = aws_iam_role.rebuild.arn
  runtime          = "python3.13"
  handler          = "rebuild.handler"
  filename         = data.archive_file.package.output_path
  source_code_hash = data.archive_file.package.output_base64sha256
  timeout          = 60
  memory_size      = 512
  tracing_config {
    mode = "Active"
  }
}

resource "aws_lambda_event_source_mapping" "rebuild" {
  event_source_arn = aws_sqs_queue.rebuild.arn
  function_name    = aws_lambda_function.rebuild.arn
  batch_size       = 10
  depends_on       = [aws_iam_role_policy_attachment.rebuild]
}
