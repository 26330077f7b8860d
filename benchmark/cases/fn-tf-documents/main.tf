terraform {
  required_version = ">= 1.10"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {
    key          = "documents/terraform.tfstate"
    use_lockfile = true
  }
}

variable "stage" { type = string }
variable "release" { type = string }
variable "preview_concurrency" { type = number }
variable "ocr_concurrency" { type = number }

locals {
  code   = { bucket = "acme-code-${var.stage}", key = "documents/${var.release}.zip" }
  inbox  = "acme-documents-inbox-${var.stage}"
  papers = "acme-documents-papers-${var.stage}"
}

resource "aws_s3_bucket" "inbox" {
  bucket = local.inbox
}

resource "aws_s3_bucket_versioning" "inbox" {
  bucket = aws_s3_bucket.inbox.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "papers" {
  bucket = local.papers
}

resource "aws_s3_bucket_versioning" "papers" {
  bucket = aws_s3_bucket.papers.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_sqs_queue" "failed" {
  name                      = "documents-${var.stage}-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "mailroom" {
  name                       = "documents-${var.stage}-mailroom"
  visibility_timeout_seconds = 360
  receive_wait_time_seconds  = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

module "ocr" {
  source          = "./modules/worker"
  name            = "ocr"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.failed.arn
  concurrency     = var.ocr_concurrency
  role_statements = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${local.inbox}/*"] }]
}

module "preview" {
  source          = "./modules/worker"
  name            = "preview"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.failed.arn
  concurrency     = var.preview_concurrency
  role_statements = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${local.inbox}/*"] }]
}

module "stamp" {
  source          = "./modules/worker"
  name            = "stamp"
  code            = local.code
  role_statements = [{ actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${local.papers}/*"] }]
}

module "register" {
  source  = "./modules/worker"
  name    = "register"
  code    = local.code
  runtime = "python3.13"
  role_statements = [
    { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${local.papers}/*"] },
    { actions = ["sqs:SendMessage"], resources = [aws_sqs_queue.failed.arn] },
  ]
}

module "archive" {
  source  = "./modules/worker"
  name    = "archive"
  code    = local.code
  runtime = "nodejs14.x"
  role_statements = [
    { actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${local.papers}/*"] },
  ]
}

module "mailroom" {
  source          = "./modules/worker"
  name            = "mailroom"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.failed.arn
  role_statements = [{
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.mailroom.arn]
  }]
}

resource "aws_lambda_event_source_mapping" "mailroom" {
  event_source_arn = aws_sqs_queue.mailroom.arn
  function_name    = module.mailroom.arn
  batch_size       = 10
}

resource "aws_lambda_function_event_invoke_config" "register" {
  function_name          = module.register.name
  maximum_retry_attempts = 2
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_function_event_invoke_config" "archive" {
  function_name          = module.archive.name
  maximum_retry_attempts = 2
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_permission" "inbox" {
  for_each      = { ocr = module.ocr.name, preview = module.preview.name }
  action        = "lambda:InvokeFunction"
  function_name = each.value
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.inbox.arn
}

resource "aws_lambda_permission" "stamp" {
  action        = "lambda:InvokeFunction"
  function_name = module.stamp.name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.papers.arn
}

resource "aws_lambda_permission" "register" {
  action         = "lambda:InvokeFunction"
  function_name  = module.register.name
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::${local.papers}"
  source_account = data.aws_caller_identity.current.account_id
}

resource "aws_lambda_permission" "archive" {
  action        = "lambda:InvokeFunction"
  function_name = module.archive.name
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.inbox.arn
}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket_notification" "inbox" {
  bucket = aws_s3_bucket.inbox.id
  lambda_function {
    lambda_function_arn = module.ocr.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "scans/"
  }
  lambda_function {
    lambda_function_arn = module.preview.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "letters/"
  }
  depends_on = [aws_lambda_permission.inbox]
}

resource "aws_s3_bucket_notification" "papers" {
  bucket = aws_s3_bucket.papers.id
  lambda_function {
    lambda_function_arn = module.stamp.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "final/"
  }
  lambda_function {
    lambda_function_arn = module.register.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "signed/"
  }
  lambda_function {
    lambda_function_arn = module.archive.arn
    events              = ["s3:ObjectTagging:Put"]
    filter_prefix       = "closed/"
  }
  depends_on = [aws_lambda_permission.stamp, aws_lambda_permission.register, aws_lambda_permission.archive]
}
