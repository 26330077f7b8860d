terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "ap-southeast-2"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

variable "domain" { type = string }
variable "price_class" {
  type    = string
  default = "PriceClass_All"
}
variable "origins" {
  type = map(object({ domain = string, standby = optional(string) }))
}
variable "failover_members" { type = list(string) }
variable "failover_codes" {
  type    = list(number)
  default = [500, 502, 503, 504]
}
variable "ops_topic_arn" { type = string }
variable "virginia_ops_topic_arn" { type = string }
variable "log_bucket_domain" { type = string }

data "aws_route53_zone" "this" {
  name = var.domain
}

resource "aws_acm_certificate" "guides" {
  provider          = aws.virginia
  domain_name       = "guides.${var.domain}"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}

resource "aws_acm_certificate" "api" {
  domain_name       = "reference.${var.domain}"
  validation_method = "DNS"
  lifecycle { create_before_destroy = true }
}

resource "aws_route53_record" "validation" {
  for_each = merge(
    { for o in aws_acm_certificate.guides.domain_validation_options : o.domain_name => o },
    { for o in aws_acm_certificate.api.domain_validation_options : o.domain_name => o },
  )
  zone_id = data.aws_route53_zone.this.zone_id
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  ttl     = 300
  records = [each.value.resource_record_value]
}

resource "aws_acm_certificate_validation" "guides" {
  provider                = aws.virginia
  certificate_arn         = aws_acm_certificate.guides.arn
  validation_record_fqdns = [aws_route53_record.validation["guides.${var.domain}"].fqdn]
}

resource "aws_acm_certificate_validation" "api" {
  certificate_arn         = aws_acm_certificate.api.arn
  validation_record_fqdns = [aws_route53_record.validation["reference.${var.domain}"].fqdn]
}

module "guides" {
  source            = "./modules/cdn"
  host              = "guides.${var.domain}"
  zone_id           = data.aws_route53_zone.this.zone_id
  certificate_arn   = aws_acm_certificate_validation.guides.certificate_arn
  origins           = { guides = var.origins["guides"].domain, guides-standby = var.origins["guides"].standby }
  members           = var.failover_members
  failover_codes    = var.failover_codes
  target            = "group"
  evaluate_health   = false
  price_class       = var.price_class
  log_bucket_domain = var.log_bucket_domain
}

module "reference" {
  source            = "./modules/cdn"
  host              = "reference.${var.domain}"
  zone_id           = data.aws_route53_zone.this.zone_id
  certificate_arn   = aws_acm_certificate_validation.api.certificate_arn
  origins           = { reference = var.origins["reference"].domain, reference-standby = var.origins["reference"].standby }
  members           = ["reference", "reference-standby"]
  failover_codes    = var.failover_codes
  target            = "reference"
  evaluate_health   = true
  price_class       = var.price_class
  log_bucket_domain = var.log_bucket_domain
}

resource "aws_cloudwatch_metric_alarm" "guides_errors" {
  alarm_name          = "guides-5xx"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = module.guides.id, Region = "Global" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "reference_errors" {
  provider            = aws.virginia
  alarm_name          = "reference-5xx"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = module.reference.id, Region = "Global" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.virginia_ops_topic_arn]
}
