terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { service = "product-events", owner = "analytics" }
  }
}

variable "region" {
  type    = string
  default = "eu-west-1"
}

variable "alarm_topic_arn" {
  type = string
}

variable "partner_bucket_arn" {
  description = "Bucket of the partner who gets the raw events"
  type        = string
}

data "aws_caller_identity" "me" {}

locals {
  name    = "product-events"
  account = data.aws_caller_identity.me.account_id
}
