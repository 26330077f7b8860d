terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "eu-west-3"
}

variable "alarm_topic_arn" {
  type = string
}

variable "warehouse_failure_arn" {
  description = "Given by the warehouse team"
  type        = string
}

resource "aws_kms_key" "shipments" {
  description         = "Shipment events"
  enable_key_rotation = true
}

resource "aws_sqs_queue" "failed" {
  name                      = "shipments-failed"
  message_retention_seconds = 1209600
}

module "shipments" {
  source          = "./modules/stream"
  name            = "shipments"
  retention_hours = 72
  shard_metrics   = ["IncomingBytes", "IteratorAgeMilliseconds"]
  key_arn         = aws_kms_key.shipments.arn
}

module "scans" {
  source = "./modules/stream"
  name   = "parcel-scans"
}

module "tracking" {
  source      = "./modules/consumer"
  name        = "tracking"
  stream_arn  = module.shipments.arn
  package     = "${path.module}/dist/tracking.zip"
  handler     = "tracking.handler"
  failure_arn = aws_sqs_queue.failed.arn
  max_retries = 20
  max_age     = 172800
  key_arns    = [aws_kms_key.shipments.arn]
}

module "billing" {
  source      = "./modules/consumer"
  name        = "shipment-billing"
  stream_arn  = module.shipments.arn
  package     = "${path.module}/dist/billing.zip"
  handler     = "billing.handler"
  failure_arn = aws_sqs_queue.failed.arn
  max_retries = 50
  max_age     = 86400
}

module "warehouse" {
  source      = "./modules/consumer"
  name        = "warehouse"
  stream_arn  = module.shipments.arn
  package     = "${path.module}/dist/warehouse.zip"
  handler     = "warehouse.handler"
  failure_arn = var.warehouse_failure_arn
  max_retries = 10
  max_age     = 86400
  key_arns    = [aws_kms_key.shipments.arn]
}

module "sorting" {
  source      = "./modules/consumer"
  name        = "sorting"
  stream_arn  = module.scans.arn
  package     = "${path.module}/dist/sorting.zip"
  handler     = "sorting.handler"
  failure_arn = aws_sqs_queue.failed.arn
  max_retries = 5
  max_age     = 259200
  filter      = { data = { depot = ["LYS", "MRS"] } }
}

module "losses" {
  source     = "./modules/consumer"
  name       = "losses"
  stream_arn = module.scans.arn
  package    = "${path.module}/dist/losses.zip"
  handler    = "losses.handler"
  max_age    = 43200
  filter     = { dynamodb = { kind = ["lost"] } }
}

module "depots" {
  source      = "./modules/consumer"
  name        = "depots"
  stream_arn  = module.scans.arn
  package     = "${path.module}/dist/depots.zip"
  handler     = "depots.handler"
  failure_arn = aws_sqs_queue.failed.arn
}
