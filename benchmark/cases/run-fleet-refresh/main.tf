terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "ap-northeast-1"
}

variable "vpc_id" { type = string }
variable "image_id" { type = string }
variable "instance_security_group_id" { type = string }
variable "web_target_group_arn" { type = string }
variable "pricing_target_group_arn" { type = string }
variable "crawler_target_group_arn" { type = string }

locals {
  tags = { team = "fares", service = "flight-search" }
  predictive = {
    pricing = "ForecastAndScale"
  }
}

data "aws_subnets" "private" {
  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }
  tags = { tier = "private" }
}

resource "aws_subnet" "legacy" {
  vpc_id            = var.vpc_id
  cidr_block        = "10.30.64.0/22"
  availability_zone = "ap-northeast-1a"
  tags              = merge(local.tags, { Name = "fares-legacy" })
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "instance" {
  statement {
    actions   = ["autoscaling:CompleteLifecycleAction"]
    resources = ["arn:aws:autoscaling:ap-northeast-1:*:autoScalingGroup:*:autoScalingGroupName/fares-crawler"]
  }
}

resource "aws_iam_role" "instance" {
  name_prefix        = "fares-"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "instance" {
  name   = "hooks"
  role   = aws_iam_role.instance.id
  policy = data.aws_iam_policy_document.instance.json
}

resource "aws_iam_instance_profile" "instance" {
  name_prefix = "fares-"
  role        = aws_iam_role.instance.name
}

resource "aws_launch_template" "web" {
  name_prefix            = "fares-web-"
  image_id               = var.image_id
  instance_type          = "m6i.large"
  vpc_security_group_ids = [var.instance_security_group_id]
  update_default_version = true
  iam_instance_profile { arn = aws_iam_instance_profile.instance.arn }
  metadata_options { http_tokens = "required" }
  monitoring { enabled = true }
}

resource "aws_launch_template" "crawler" {
  name_prefix            = "fares-crawler-"
  image_id               = var.image_id
  instance_type          = "c6i.xlarge"
  vpc_security_group_ids = [var.instance_security_group_id]
  iam_instance_profile { arn = aws_iam_instance_profile.instance.arn }
  metadata_options { http_tokens = "required" }
  monitoring { enabled = true }
  user_data = base64encode(<<-SCRIPT
    #!/bin/bash
    TOKEN=$(curl -sX PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 300')
    ID=$(curl -sH "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/instance-id)
    systemctl enable --now crawler
    until curl -fs http://localhost:8080/health; do sleep 3; done
    aws autoscaling complete-lifecycle-action --region ap-northeast-1 --auto-scaling-group-name fares-crawler \
      --lifecycle-hook-name ready --instance-id "$ID" --lifecycle-action-result CONTINUE
  SCRIPT
  )
}

resource "aws_autoscaling_group" "web" {
  name                      = "fares-web"
  min_size                  = 2
  max_size                  = 12
  vpc_zone_identifier       = [aws_subnet.legacy.id]
  target_group_arns         = [var.web_target_group_arn]
  health_check_type         = "ELB"
  health_check_grace_period = 0
  default_instance_warmup   = 180
  launch_template {
    id      = aws_launch_template.web.id
    version = "$Latest"
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 90
      auto_rollback          = true
    }
  }
  tag {
    key                 = "Name"
    value               = "fares-web"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "web_forecast" {
  name                   = "web-forecast"
  autoscaling_group_name = aws_autoscaling_group.web.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 50
      predefined_metric_pair_specification { predefined_metric_type = "ASGCPUUtilization" }
    }
  }
}

resource "aws_autoscaling_schedule" "web_sale" {
  scheduled_action_name  = "fare-sale"
  autoscaling_group_name = aws_autoscaling_group.web.name
  recurrence             = "50 8 * * TUE"
  time_zone              = "Asia/Tokyo"
  min_size               = 10
  max_size               = 8
  desired_capacity       = 8
}

resource "aws_autoscaling_group" "pricing" {
  name                      = "fares-pricing"
  min_size                  = 3
  max_size                  = 15
  vpc_zone_identifier       = data.aws_subnets.private.ids
  target_group_arns         = [var.pricing_target_group_arn]
  health_check_type         = "ELB"
  health_check_grace_period = 240
  default_instance_warmup   = 180
  launch_template {
    id      = aws_launch_template.web.id
    version = aws_launch_template.web.latest_version
  }
  instance_refresh {
    strategy = "Rolling"
    preferences {
      min_healthy_percentage = 90
      auto_rollback          = true
    }
  }
  tag {
    key                 = "Name"
    value               = "fares-pricing"
    propagate_at_launch = true
  }
}

resource "aws_autoscaling_policy" "pricing_forecast" {
  name                   = "pricing-forecast"
  autoscaling_group_name = aws_autoscaling_group.pricing.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    mode = local.predictive["pricing"]
    metric_specification {
      target_value = 50
      predefined_metric_pair_specification { predefined_metric_type = "ASGCPUUtilization" }
    }
  }
}

resource "aws_autoscaling_policy" "pricing_cpu" {
  name                   = "pricing-cpu"
  autoscaling_group_name = aws_autoscaling_group.pricing.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 55
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
  }
}

resource "aws_autoscaling_schedule" "pricing_morning" {
  scheduled_action_name  = "morning"
  autoscaling_group_name = aws_autoscaling_group.pricing.name
  recurrence             = "30 6 * * MON-FRI"
  time_zone              = "Asia/Tokyo"
  min_size               = 6
  max_size               = -1
  desired_capacity       = -1
}

resource "aws_autoscaling_schedule" "pricing_night" {
  scheduled_action_name  = "night"
  autoscaling_group_name = aws_autoscaling_group.pricing.name
  recurrence             = "0 23 * * *"
  time_zone              = "Asia/Tokyo"
  min_size               = 3
  max_size               = -1
  desired_capacity       = -1
}

resource "aws_autoscaling_group" "crawler" {
  name                      = "fares-crawler"
  min_size                  = 2
  max_size                  = 6
  vpc_zone_identifier       = data.aws_subnets.private.ids
  target_group_arns         = [var.crawler_target_group_arn]
  health_check_type         = "ELB"
  health_check_grace_period = 0
  launch_template {
    id      = aws_launch_template.crawler.id
    version = aws_launch_template.crawler.latest_version
  }
  initial_lifecycle_hook {
    name                 = "ready"
    lifecycle_transition = "autoscaling:EC2_INSTANCE_LAUNCHING"
    heartbeat_timeout    = 600
    default_result       = "ABANDON"
  }
  instance_refresh {
    strategy = "Rolling"
    preferences { min_healthy_percentage = 50 }
  }
  depends_on = [aws_iam_role_policy.instance]
}

resource "aws_autoscaling_policy" "crawler_cpu" {
  name                   = "crawler-cpu"
  autoscaling_group_name = aws_autoscaling_group.crawler.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification { predefined_metric_type = "ASGAverageCPUUtilization" }
  }
}

output "crawler_group_name" {
  value = aws_autoscaling_group.crawler.name
}
