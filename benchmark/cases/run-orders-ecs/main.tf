terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = var.region
  default_tags { tags = { service = "orders", environment = var.environment } }
}

resource "aws_ecs_cluster" "orders" {
  name = "orders-${var.environment}"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_security_group" "edge" {
  name_prefix = "orders-edge-"
  vpc_id      = var.vpc_id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "edge" {
  name                       = "orders-${var.environment}"
  load_balancer_type         = "application"
  subnets                    = var.public_subnets
  security_groups            = [aws_security_group.edge.id]
  enable_deletion_protection = true
}

resource "aws_lb_target_group" "this" {
  for_each             = toset(["api", "admin"])
  name                 = "orders-${each.key}-${var.environment}"
  vpc_id               = var.vpc_id
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  deregistration_delay = 60
  health_check {
    path     = "/health"
    interval = 15
    timeout  = 5
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.edge.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["api"].arn
  }
}

resource "aws_lb_listener_rule" "admin" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10
  condition {
    path_pattern { values = ["/admin/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this["admin"].arn
  }
}

module "api" {
  source             = "./modules/service"
  name               = "orders-api"
  image              = var.api_image
  cluster            = aws_ecs_cluster.orders
  vpc_id             = var.vpc_id
  subnets            = var.private_subnets
  edge_group         = aws_security_group.edge.id
  target_group_arn   = aws_lb_target_group.this["api"].arn
  cpu                = var.api_size.cpu
  memory             = var.api_size.memory
  capacity           = var.api_capacity
  rollback_on_breach = false
}

module "admin" {
  source           = "./modules/service"
  name             = "orders-admin"
  image            = var.admin_image
  cluster          = aws_ecs_cluster.orders
  vpc_id           = var.vpc_id
  subnets          = var.private_subnets
  edge_group       = aws_security_group.edge.id
  target_group_arn = aws_lb_target_group.this["admin"].arn
  cpu              = 512
  memory           = 2048
  capacity         = var.admin_capacity
  depends_on       = [aws_lb_listener_rule.admin]
}
