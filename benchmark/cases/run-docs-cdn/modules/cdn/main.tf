variable "host" { type = string }
variable "zone_id" { type = string }
variable "certificate_arn" { type = string }
variable "origins" { type = map(string) }
variable "members" { type = list(string) }
variable "failover_codes" { type = list(number) }
variable "target" { type = string }
variable "evaluate_health" { type = bool }
variable "price_class" { type = string }
variable "log_bucket_domain" { type = string }

data "aws_cloudfront_cache_policy" "optimized" {
  name = "Managed-CachingOptimized"
}

resource "aws_cloudfront_distribution" "this" {
  enabled      = true
  aliases      = [var.host]
  price_class  = var.price_class
  http_version = "http2and3"

  dynamic "origin" {
    for_each = var.origins
    content {
      origin_id   = origin.key
      domain_name = origin.value
      custom_origin_config {
        http_port              = 80
        https_port             = 443
        origin_protocol_policy = "https-only"
        origin_ssl_protocols   = ["TLSv1.2"]
      }
    }
  }

  origin_group {
    origin_id = "group"
    failover_criteria { status_codes = var.failover_codes }
    dynamic "member" {
      for_each = var.members
      content { origin_id = member.value }
    }
  }

  default_cache_behavior {
    target_origin_id       = var.target
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD", "OPTIONS"]
    cached_methods         = ["GET", "HEAD"]
    cache_policy_id        = data.aws_cloudfront_cache_policy.optimized.id
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  logging_config {
    bucket = var.log_bucket_domain
    prefix = var.host
  }

  restrictions {
    geo_restriction { restriction_type = "none" }
  }
}

resource "aws_route53_record" "this" {
  zone_id = var.zone_id
  name    = var.host
  type    = "A"
  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = var.evaluate_health
  }
}

output "id" { value = aws_cloudfront_distribution.this.id }
