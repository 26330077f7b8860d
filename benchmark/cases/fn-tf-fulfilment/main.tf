terraform {
  required_version = ">= 1.10"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
  backend "s3" {
    key          = "fulfilment/terraform.tfstate"
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { service = "fulfilment", environment = var.environment }
  }
}

locals {
  code = { bucket = var.code_bucket, key = "fulfilment/${var.release}.zip" }
}

resource "aws_sqs_queue" "dead" {
  name                      = "fulfilment-${var.environment}-dead"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "dead_in_order" {
  name                      = "fulfilment-${var.environment}-dead.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

module "picking" {
  source          = "./modules/consumer"
  name            = "picking-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead.arn
  timeout         = 120
  visibility      = 90
}

module "packing" {
  source          = "./modules/consumer"
  name            = "packing-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead.arn
  batch_size      = var.packing_batch_size
  visibility      = 200
  window          = var.packing_window
}

module "carrier" {
  source          = "./modules/consumer"
  name            = "carrier-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead.arn
  reserved        = var.carrier_reserved
  max_concurrency = var.carrier_concurrency
}

module "stock" {
  source          = "./modules/consumer"
  name            = "stock-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead_in_order.arn
  fifo            = true
  batch_size      = 20
}

module "returns" {
  source          = "./modules/consumer"
  name            = "returns-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead.arn
  fifo            = true
}

module "labels" {
  source          = "./modules/consumer"
  name            = "labels-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead.arn
  timeout         = 20
  batch_size      = 100
  window          = 5
  reserved        = 20
  max_concurrency = 20
}

module "invoices" {
  source          = "./modules/consumer"
  name            = "invoices-${var.environment}"
  code            = local.code
  dead_letter_arn = aws_sqs_queue.dead_in_order.arn
  fifo            = true
  max_concurrency = 2
}
