terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "us-west-2"
}

variable "subnet_ids" { type = list(string) }
variable "ami_id" { type = string }
variable "instance_profile_name" { type = string }
variable "on_call_topic_arn" { type = string }
variable "gateway_group_name" {
  description = "Auto Scaling group of the gateways, made by the edge team"
  type        = string
}

locals {
  detailed = ["GroupInServiceInstances", "GroupDesiredCapacity"]
}

resource "aws_launch_template" "decoder" {
  name_prefix   = "decoder-"
  image_id      = var.ami_id
  instance_type = "c7g.large"

  iam_instance_profile {
    name = var.instance_profile_name
  }

  metadata_options {
    http_tokens = "required"
  }

  monitoring {
    enabled = true
  }
}

resource "aws_autoscaling_group" "decoder" {
  name_prefix               = "decoder-"
  min_size                  = 3
  max_size                  = 12
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "EC2"
  health_check_grace_period = 180
  enabled_metrics           = ["GroupMinSize", "GroupMaxSize"]
  termination_policies      = ["OldestLaunchTemplate", "Default"]

  launch_template {
    id      = aws_launch_template.decoder.id
    version = aws_launch_template.decoder.latest_version
  }

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 90
    }
  }
}

resource "aws_autoscaling_group" "writer" {
  name_prefix               = "writer-"
  min_size                  = 2
  max_size                  = 8
  vpc_zone_identifier       = var.subnet_ids
  health_check_type         = "EC2"
  health_check_grace_period = 180
  enabled_metrics           = local.detailed
  termination_policies      = ["OldestLaunchTemplate", "Default"]

  launch_template {
    id      = aws_launch_template.decoder.id
    version = aws_launch_template.decoder.latest_version
  }

  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 90
    }
  }
}

resource "aws_autoscaling_policy" "cpu" {
  for_each = {
    decoder = aws_autoscaling_group.decoder.name
    writer  = aws_autoscaling_group.writer.name
  }

  name                   = "cpu"
  autoscaling_group_name = each.value
  policy_type            = "TargetTrackingScaling"

  target_tracking_configuration {
    target_value = 55
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "decoder_small" {
  alarm_name          = "decoder-too-few"
  namespace           = "AWS/AutoScaling"
  metric_name         = "GroupInServiceInstances"
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.decoder.name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 3
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.on_call_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "writer_small" {
  alarm_name          = "writer-too-few"
  namespace           = "AWS/AutoScaling"
  metric_name         = "GroupInServiceInstances"
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.writer.name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 2
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.on_call_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "gateway_small" {
  alarm_name          = "gateway-too-few"
  namespace           = "AWS/AutoScaling"
  metric_name         = "GroupInServiceInstances"
  dimensions          = { AutoScalingGroupName = var.gateway_group_name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 2
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.on_call_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "decoder_busy" {
  alarm_name          = "decoder-busy"
  namespace           = "AWS/AutoScaling"
  metric_name         = "CPUUtilization"
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.decoder.name }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 15
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.on_call_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "writer_busy" {
  alarm_name          = "writer-busy"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  dimensions          = { AutoScalingGroupName = aws_autoscaling_group.writer.name }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 15
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [var.on_call_topic_arn]
}

module "positions" {
  source = "./modules/stream"

  name         = "positions"
  shards       = 8
  shard_alarms = ["shardId-000000000000", "shardId-000000000001"]
  topic_arn    = var.on_call_topic_arn
}

module "commands" {
  source = "./modules/stream"

  name          = "commands"
  shards        = 2
  shard_metrics = ["IteratorAgeMilliseconds", "WriteProvisionedThroughputExceeded"]
  shard_alarms  = ["shardId-000000000000"]
  topic_arn     = var.on_call_topic_arn
}

output "streams" {
  value = [module.positions.arn, module.commands.arn]
}
