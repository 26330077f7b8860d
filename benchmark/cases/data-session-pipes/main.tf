terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.70"
    }
  }
}

provider "aws" {
  region = "ap-northeast-1"
}

variable "journal_topic_arn" {
  type = string
}

variable "clicks_stream_arn" {
  description = "Stream of the web team"
  type        = string
}

variable "web_failures_arn" {
  description = "Queue of the web team"
  type        = string
}

locals {
  tables = {
    session = { key = "sessionId", ttl = "expires", stream = "NEW_AND_OLD_IMAGES", mode = "PAY_PER_REQUEST", write = null }
    device  = { key = "deviceId", ttl = null, stream = "NEW_IMAGE", mode = "PROVISIONED", write = 40 }
    consent = { key = "userId", ttl = null, stream = null, mode = "PROVISIONED", write = 20 }
    nonce   = { key = "nonce", ttl = "expires", stream = null, mode = "PAY_PER_REQUEST", write = null }
  }
  provisioned = { for k, t in local.tables : k => t if t.mode == "PROVISIONED" }
}

resource "aws_dynamodb_table" "this" {
  for_each                    = local.tables
  name                        = "login-${each.key}"
  billing_mode                = each.value.mode
  hash_key                    = each.value.key
  read_capacity               = each.value.write
  write_capacity              = each.value.write
  deletion_protection_enabled = true
  stream_enabled              = each.value.stream != null
  stream_view_type            = each.value.stream

  attribute {
    name = each.value.key
    type = "S"
  }

  dynamic "ttl" {
    for_each = each.value.ttl[*]
    content {
      enabled        = true
      attribute_name = ttl.value
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "aws_dynamodb_table" "audit" {
  name                        = "login-audit"
  billing_mode                = "PROVISIONED"
  hash_key                    = "userId"
  range_key                   = "at"
  read_capacity               = 10
  write_capacity              = 30
  deletion_protection_enabled = true

  attribute {
    name = "userId"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
  attribute {
    name = "country"
    type = "S"
  }

  global_secondary_index {
    name            = "by-country"
    hash_key        = "country"
    range_key       = "at"
    projection_type = "KEYS_ONLY"
    read_capacity   = 10
    write_capacity  = 30
  }

  point_in_time_recovery {
    enabled = true
  }

  lifecycle {
    ignore_changes = [write_capacity]
  }
}

resource "aws_appautoscaling_target" "table" {
  for_each           = local.provisioned
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.this[each.key].name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = each.value.write
  max_capacity       = each.value.write * 10
}

resource "aws_appautoscaling_policy" "table" {
  for_each           = aws_appautoscaling_target.table
  name               = "login-${each.key}-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "audit" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.audit.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 30
  max_capacity       = 300
}

resource "aws_appautoscaling_policy" "audit" {
  name               = "login-audit-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.audit.service_namespace
  resource_id        = aws_appautoscaling_target.audit.resource_id
  scalable_dimension = aws_appautoscaling_target.audit.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "audit_country" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.audit.name}"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  min_capacity       = 30
  max_capacity       = 300
}
