terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "global"
  region = "us-east-1"
}

variable "zone_name" {
  type    = string
  default = "parcels.example.com"
}

variable "sites" {
  type = map(object({ region = string, address = string, weight = number }))
  default = {
    dublin  = { region = "eu-west-1", address = "198.51.100.10", weight = 100 }
    ohio    = { region = "us-east-2", address = "198.51.100.90", weight = 100 }
    tokyo   = { region = "ap-northeast-1", address = "203.0.113.44", weight = 50 }
  }
}

variable "landing_name" { type = string }
variable "landing_zone_id" { type = string }
variable "ops_topic_arn" { type = string }
variable "global_ops_topic_arn" { type = string }
variable "print_load_balancer" { type = string }

data "aws_route53_zone" "parcels" {
  name = var.zone_name
}

locals {
  zone = data.aws_route53_zone.parcels.zone_id
}

resource "aws_route53_health_check" "site" {
  for_each          = var.sites
  type              = "HTTPS"
  ip_address        = each.value.address
  fqdn              = "track.${var.zone_name}"
  port              = 443
  resource_path     = "/health"
  request_interval  = 10
  failure_threshold = 3
  tags              = { Name = "track-${each.key}" }
}

resource "aws_route53_record" "track" {
  for_each        = var.sites
  zone_id         = local.zone
  name            = "track.${var.zone_name}"
  type            = "A"
  ttl             = 60
  records         = [each.value.address]
  set_identifier  = each.key
  health_check_id = aws_route53_health_check.site[each.key].id
  latency_routing_policy { region = each.value.region }
}

resource "aws_route53_record" "track_canary" {
  zone_id         = local.zone
  name            = "track.${var.zone_name}"
  type            = "A"
  ttl             = 60
  records         = ["203.0.113.200"]
  set_identifier  = "canary"
  health_check_id = aws_route53_health_check.canary.id
  weighted_routing_policy { weight = 5 }
}

resource "aws_route53_health_check" "canary" {
  type              = "HTTPS"
  ip_address        = "203.0.113.200"
  fqdn              = "track.${var.zone_name}"
  port              = 443
  resource_path     = "/health"
  request_interval  = 10
  failure_threshold = 3
  disabled          = true
  tags              = { Name = "track-canary" }
}

resource "aws_route53_record" "labels" {
  for_each        = var.sites
  zone_id         = local.zone
  name            = "labels.${var.zone_name}"
  type            = "A"
  ttl             = 60
  records         = [each.value.address]
  set_identifier  = each.key
  health_check_id = aws_route53_health_check.site[each.key].id
  weighted_routing_policy { weight = each.value.weight }
}

resource "aws_route53_record" "rates" {
  for_each       = { for k, v in var.sites : k => v if v.region != "ap-northeast-1" }
  zone_id        = local.zone
  name           = "rates.${var.zone_name}"
  type           = "A"
  ttl            = 60
  records        = [each.value.address]
  set_identifier = "main"
  weighted_routing_policy { weight = each.value.weight }
  health_check_id = aws_route53_health_check.site[each.key].id
}

resource "aws_route53_record" "pickup" {
  for_each       = var.sites
  zone_id        = local.zone
  name           = "pickup.${var.zone_name}"
  type           = "A"
  ttl            = 60
  records        = [each.value.address]
  set_identifier = each.key
  weighted_routing_policy { weight = each.value.weight }
}

resource "aws_route53_record" "apex" {
  zone_id = local.zone
  name    = var.zone_name
  type    = "CNAME"
  ttl     = 300
  records = [var.landing_name]
}

resource "aws_route53_zone" "returns" {
  name = "returns.example.com"
}

resource "aws_route53_record" "returns_apex" {
  zone_id = aws_route53_zone.returns.zone_id
  name    = aws_route53_zone.returns.name
  type    = "A"
  alias {
    name                   = var.landing_name
    zone_id                = var.landing_zone_id
    evaluate_target_health = true
  }
}

resource "aws_cloudwatch_metric_alarm" "print_slow" {
  alarm_name          = "print-slow"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "TargetResponseTime"
  dimensions          = { LoadBalancer = var.print_load_balancer }
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 3
  threshold           = 2
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "print_errors" {
  alarm_name          = "print-errors"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.print_load_balancer }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 20
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_route53_health_check" "print_slow" {
  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = aws_cloudwatch_metric_alarm.print_slow.alarm_name
  cloudwatch_alarm_region         = "eu-west-1"
  insufficient_data_health_status = "Healthy"
  tags                            = { Name = "print-slow" }
}

resource "aws_route53_health_check" "print_errors" {
  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = aws_cloudwatch_metric_alarm.print_errors.alarm_name
  cloudwatch_alarm_region         = "eu-west-1"
  insufficient_data_health_status = "Healthy"
  tags                            = { Name = "print-errors" }
}

resource "aws_cloudwatch_metric_alarm" "site_down" {
  provider            = aws.global
  for_each            = var.sites
  alarm_name          = "site-down-${each.key}"
  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckStatus"
  dimensions          = { HealthCheckId = aws_route53_health_check.site[each.key].id }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.global_ops_topic_arn]
}

output "health_checks" {
  value = merge({ for k, c in aws_route53_health_check.site : k => c.id }, {
    print_slow   = aws_route53_health_check.print_slow.id
    print_errors = aws_route53_health_check.print_errors.id
  })
}
