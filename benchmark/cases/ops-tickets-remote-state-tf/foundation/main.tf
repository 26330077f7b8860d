terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {
    bucket       = "tickets-terraform-state"
    key          = "foundation.tfstate"
    region       = "eu-north-1"
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-north-1"
}

locals {
  retention = {
    dev   = 7
    stage = 30
    prod  = 365
  }
  is_live = contains(["stage", "prod"], terraform.workspace)
}

resource "aws_sns_topic" "team" {
  name = "tickets-${terraform.workspace}-team"
}

resource "aws_sns_topic_subscription" "team" {
  topic_arn = aws_sns_topic.team.arn
  protocol  = "email"
  endpoint  = "tickets@example.com"
}

resource "aws_dynamodb_table" "tickets" {
  name                        = "tickets-${terraform.workspace}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = terraform.workspace == "production"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = local.is_live
  }
}

resource "aws_cloudwatch_log_group" "service" {
  name              = "/tickets/${terraform.workspace}/service"
  retention_in_days = local.retention[terraform.workspace]
}

output "team_topic_arn" {
  value = aws_sns_topic.team.arn
}

output "table" {
  value = {
    name = aws_dynamodb_table.tickets.name
    arn  = aws_dynamodb_table.tickets.arn
  }
}

output "log_group_name" {
  value = aws_cloudwatch_log_group.service.name
}
