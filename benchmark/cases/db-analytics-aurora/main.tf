terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "subnet_ids" {
  type        = list(string)
  description = "Private subnets in three zones"
}

variable "security_group_ids" {
  type = list(string)
}

variable "topic_arn" {
  type = string
}

locals {
  common = {
    engine         = "aurora-postgresql"
    engine_version = "16.4"
  }

  zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
}

module "events" {
  source = "./modules/aurora"

  name               = "events"
  engine             = local.common.engine
  engine_version     = local.common.engine_version
  backup_days        = 14
  subnet_ids         = var.subnet_ids
  security_group_ids = var.security_group_ids

  instances = {
    one = { class = "db.r6g.xlarge", zone = "eu-central-1b" }
    two = { class = "db.r6g.xlarge", zone = "eu-central-1b" }
  }
}

module "metrics" {
  source = "./modules/aurora"

  name               = "metrics"
  engine             = local.common.engine
  engine_version     = local.common.engine_version
  backup_days        = 14
  subnet_ids         = var.subnet_ids
  security_group_ids = var.security_group_ids

  instances = { for i, z in local.zones : "node-${i}" => { class = "db.r6g.large", zone = z } }
}

module "segments" {
  source = "./modules/aurora"

  name               = "segments"
  engine             = local.common.engine
  engine_version     = local.common.engine_version
  backup_days        = 14
  subnet_ids         = var.subnet_ids
  security_group_ids = var.security_group_ids

  instances = {
    writer = { class = "db.r6g.large" }
  }

  replicas = { minimum = 1, maximum = 5 }
}

module "exports" {
  source = "./modules/aurora"

  name               = "exports"
  engine             = local.common.engine
  engine_version     = local.common.engine_version
  subnet_ids         = var.subnet_ids
  security_group_ids = var.security_group_ids

  instances = {
    only = { class = "db.r6g.large" }
  }
}

# The events cluster gets its readers from here because its load follows office hours.
resource "aws_appautoscaling_target" "events" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${module.events.cluster_id}"
  min_capacity       = 1
  max_capacity       = 6
}

resource "aws_ssm_parameter" "events_writer" {
  name  = "/analytics/events/writer-host"
  type  = "String"
  value = module.events.instance_endpoints["one"]
}

resource "aws_ssm_parameter" "metrics_writer" {
  name  = "/analytics/metrics/writer-host"
  type  = "String"
  value = module.metrics.endpoint
}

resource "aws_ssm_parameter" "segments_reader" {
  name  = "/analytics/segments/reader-host"
  type  = "String"
  value = module.segments.reader_endpoint
}

resource "aws_cloudwatch_metric_alarm" "events_connections" {
  alarm_name          = "events-connections"
  namespace           = "AWS/RDS"
  metric_name         = "DatabaseConnections"
  dimensions          = { DBInstanceIdentifier = module.events.cluster_id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1500
  alarm_actions       = [var.topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "metrics_connections" {
  alarm_name          = "metrics-connections"
  namespace           = "AWS/RDS"
  metric_name         = "DatabaseConnections"
  dimensions          = { DBClusterIdentifier = module.metrics.cluster_id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 800
  alarm_actions       = [var.topic_arn]
}
