terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {}
}

provider "aws" {
  region = "eu-central-1"
}

variable "environment" {
  description = "Name of the environment, as in env/"
  type        = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "security_group_ids" {
  type = list(string)
}

variable "alert_email" {
  type = string
}

variable "sizes" {
  type = object({
    class   = string
    storage = number
  })
}

variable "settings" {
  type = object({
    multi_az       = bool
    retention_days = number
    protected      = bool
  })
}

locals {
  is_production = var.environment == "production"
  is_small      = !contains(["prod", "staging"], var.environment)

  sessions = {
    dev     = { protected = false, recovery = false }
    staging = { protected = false, recovery = true }
    prod    = { protected = true, recovery = true }
  }

  events = {
    dev     = { protected = true, recovery = true }
    staging = { protected = true, recovery = true }
    prod    = { protected = false, recovery = true }
  }

  tags = {
    application = "crm"
    environment = var.environment
  }
}

module "contacts" {
  source = "./modules/database"

  name                = "crm-${var.environment}-contacts"
  instance_class      = var.sizes.class
  allocated_storage   = var.sizes.storage
  multi_az            = local.is_production ? true : false
  retention_days      = 14
  deletion_protection = !local.is_small
  subnet_ids          = var.subnet_ids
  security_group_ids  = var.security_group_ids
  tags                = local.tags
}

module "archive" {
  source = "./modules/database"

  name                = "crm-${var.environment}-archive"
  instance_class      = var.sizes.class
  allocated_storage   = var.sizes.storage * 4
  multi_az            = var.settings.multi_az
  retention_days      = var.settings.retention_days
  deletion_protection = var.settings.protected
  subnet_ids          = var.subnet_ids
  security_group_ids  = var.security_group_ids
  tags                = local.tags
}

resource "aws_dynamodb_table" "sessions" {
  name                        = "crm-${var.environment}-sessions"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = local.sessions[var.environment].protected
  tags                        = local.tags

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = local.sessions[var.environment].recovery
  }
}

resource "aws_dynamodb_table" "events" {
  name                        = "crm-${var.environment}-events"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = local.events[var.environment].protected
  tags                        = local.tags

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = local.events[var.environment].recovery
  }
}

resource "aws_sns_topic" "alerts" {
  name = "crm-${var.environment}-alerts"
}

resource "aws_sns_topic_subscription" "alerts" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = var.alert_email
}

resource "aws_cloudwatch_metric_alarm" "storage" {
  for_each = {
    contacts = module.contacts.identifier
    archive  = module.archive.identifier
  }

  alarm_name          = "crm-${var.environment}-${each.key}-storage"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = each.value }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 5 * 1024 * 1024 * 1024
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  count = local.is_production ? 1 : 0

  alarm_name          = "crm-${var.environment}-contacts-cpu"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = module.contacts.identifier }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_cloudwatch_metric_alarm" "lag" {
  count = local.is_small ? 0 : 1

  alarm_name          = "crm-${var.environment}-archive-queue-depth"
  namespace           = "AWS/RDS"
  metric_name         = "DiskQueueDepth"
  dimensions          = { DBInstanceIdentifier = module.archive.identifier }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 64
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

output "contacts_endpoint" {
  value = module.contacts.endpoint
}
