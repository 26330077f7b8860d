resource "aws_route53_health_check" "home" {
  fqdn              = var.home_balancer.dns_name
  type              = "HTTPS"
  port              = 443
  resource_path     = "/health"
  request_interval  = 10
  failure_threshold = 3
}

resource "aws_route53_record" "shop" {
  for_each = {
    PRIMARY   = { balancer = var.home_balancer.dns_name, check = aws_route53_health_check.home.id }
    SECONDARY = { balancer = var.standby_balancer.dns_name, check = null }
  }

  zone_id         = var.zone_id
  name            = "shop.${var.domain}"
  type            = "CNAME"
  ttl             = 30
  records         = [each.value.balancer]
  set_identifier  = lower(each.key)
  health_check_id = each.value.check

  failover_routing_policy {
    type = each.key
  }
}

resource "aws_route53_record" "import" {
  for_each = {
    PRIMARY   = var.home_balancer.dns_name
    SECONDARY = var.standby_balancer.dns_name
  }

  zone_id        = var.zone_id
  name           = "import.${var.domain}"
  type           = "CNAME"
  ttl            = 30
  records        = [each.value]
  set_identifier = lower(each.key)

  failover_routing_policy {
    type = each.key
  }
}
