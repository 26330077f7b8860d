terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "eu-west-1"
}

variable "certificate_arn" { type = string }
variable "device_group_name" { type = string }
variable "portal_instance_ids" { type = set(string) }
variable "portal_security_group_id" { type = string }
variable "billing_security_group_id" { type = string }
variable "billing_group_name" { type = string }

resource "aws_security_group" "edge" {
  name_prefix = "gateway-edge-"
  vpc_id      = aws_vpc.gateway.id
}

resource "aws_vpc_security_group_ingress_rule" "edge" {
  security_group_id = aws_security_group.edge.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
}

resource "aws_vpc_security_group_egress_rule" "edge_portal" {
  security_group_id            = aws_security_group.edge.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8081
  referenced_security_group_id = var.portal_security_group_id
}

resource "aws_vpc_security_group_egress_rule" "edge_billing" {
  security_group_id            = aws_security_group.edge.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
  referenced_security_group_id = var.billing_security_group_id
}

resource "aws_lb" "web" {
  name                       = "gateway-web"
  load_balancer_type         = "application"
  subnets                    = [for s in aws_subnet.public : s.id]
  security_groups            = [aws_security_group.edge.id]
  enable_deletion_protection = true
}

resource "aws_lb" "partner" {
  name                       = "gateway-partner"
  load_balancer_type         = "application"
  subnets                    = aws_subnet.partner[*].id
  security_groups            = [aws_security_group.edge.id]
  enable_deletion_protection = true
}

resource "aws_lb" "devices" {
  name                             = "gateway-devices"
  load_balancer_type               = "network"
  subnets                          = values(aws_subnet.public)[*].id
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = true
}

resource "aws_lb_listener" "web" {
  load_balancer_arn = aws_lb.web.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.portal.arn
  }
}

resource "aws_lb_listener" "partner" {
  load_balancer_arn = aws_lb.partner.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.partner.arn
  }
}

resource "aws_lb_listener_rule" "billing" {
  listener_arn = aws_lb_listener.web.arn
  priority     = 10
  condition {
    path_pattern { values = ["/billing/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.billing.arn
  }
}

resource "aws_lb_listener" "mqtt" {
  load_balancer_arn = aws_lb.devices.arn
  port              = 8883
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mqtt.arn
  }
}

resource "aws_lb_listener" "telemetry" {
  load_balancer_arn = aws_lb.devices.arn
  port              = 9443
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.telemetry.arn
  }
}

resource "aws_lb_target_group" "portal" {
  name                 = "gateway-portal"
  vpc_id               = aws_vpc.gateway.id
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = 60
  health_check {
    port     = 8081
    path     = "/ready"
    interval = 20
    timeout  = 10
  }
  stickiness {
    type = "source_ip"
  }
}

resource "aws_lb_target_group_attachment" "portal" {
  for_each         = var.portal_instance_ids
  target_group_arn = aws_lb_target_group.portal.arn
  target_id        = each.value
}

resource "aws_lb_target_group" "billing" {
  name                 = "gateway-billing"
  vpc_id               = aws_vpc.gateway.id
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = 60
  health_check {
    port     = 9090
    path     = "/ready"
    interval = 10
    timeout  = 20
  }
}

resource "aws_autoscaling_attachment" "billing" {
  autoscaling_group_name = var.billing_group_name
  lb_target_group_arn    = aws_lb_target_group.billing.arn
}

resource "aws_lb_target_group" "partner" {
  name                 = "gateway-partner"
  vpc_id               = aws_vpc.gateway.id
  port                 = 8080
  protocol             = "HTTP"
  deregistration_delay = 60
  health_check { path = "/ready" }
}

resource "aws_lb_target_group" "mqtt" {
  name     = "gateway-mqtt"
  vpc_id   = aws_vpc.gateway.id
  port     = 8883
  protocol = "TCP"
  health_check {
    protocol = "HTTP"
    port     = 8088
    path     = "/ready"
  }
  stickiness {
    type = "source_ip"
  }
}

resource "aws_lb_target_group" "telemetry" {
  name     = "gateway-telemetry"
  vpc_id   = aws_vpc.gateway.id
  port     = 9080
  protocol = "HTTP"
  health_check { path = "/ready" }
}

resource "aws_autoscaling_attachment" "devices" {
  for_each = {
    mqtt      = aws_lb_target_group.mqtt.arn
    telemetry = aws_lb_target_group.telemetry.arn
  }
  autoscaling_group_name = var.device_group_name
  lb_target_group_arn    = each.value
}

output "web_name" { value = aws_lb.web.dns_name }
output "partner_name" { value = aws_lb.partner.dns_name }
output "devices_name" { value = aws_lb.devices.dns_name }
