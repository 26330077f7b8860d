terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = var.region
}

resource "aws_security_group" "edge" {
  name_prefix = "search-edge-"
  vpc_id      = var.vpc_id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = var.client_cidrs
  }
  egress {
    from_port   = 9200
    to_port     = 9200
    protocol    = "tcp"
    cidr_blocks = [var.vpc_cidr]
  }
}

resource "aws_lb" "search" {
  name                       = "search-${var.environment}"
  internal                   = true
  load_balancer_type         = "application"
  subnets                    = var.subnets
  security_groups            = [aws_security_group.edge.id]
  enable_deletion_protection = true
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.search.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.query.arn
  }
}

resource "aws_lb_listener_rule" "index" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10
  condition {
    path_pattern { values = ["/_bulk*", "/index/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.index.arn
  }
}

resource "aws_lb_listener_rule" "legacy" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 20
  condition {
    path_pattern { values = ["/v1/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.legacy.arn
  }
}

resource "aws_lb_target_group" "query" {
  name        = "search-query-${var.environment}"
  vpc_id      = var.vpc_id
  port        = 9200
  protocol    = "HTTP"
  target_type = "ip"
  health_check { path = "/_cluster/health" }
}

resource "aws_lb_target_group" "index" {
  name     = "search-index-${var.environment}"
  vpc_id   = var.vpc_id
  port     = 9200
  protocol = "HTTP"
  health_check { path = "/_cluster/health" }
}

resource "aws_lb_target_group" "legacy" {
  name        = "search-legacy-${var.environment}"
  vpc_id      = var.vpc_id
  port        = 9200
  protocol    = "HTTP"
  target_type = "ip"
  health_check { path = "/_cluster/health" }
}

resource "aws_lb_target_group_attachment" "legacy" {
  for_each         = toset(var.legacy_addresses)
  target_group_arn = aws_lb_target_group.legacy.arn
  target_id        = each.value
}

module "query" {
  source            = "./modules/nodes"
  name              = "search-query-${var.environment}"
  vpc_id            = var.vpc_id
  subnets           = var.subnets
  edge_group        = aws_security_group.edge.id
  image_id          = var.image_id
  instance_type     = "r6g.xlarge"
  size              = var.query_size
  target_group_arns = [aws_lb_target_group.query.arn]
  request_label     = "${aws_lb.search.arn}/${aws_lb_target_group.query.arn}"
  rebalance         = true
  spot              = null
  metrics           = ["GroupDesiredCapacity", "GroupTotalInstances"]
}

module "index" {
  source            = "./modules/nodes"
  name              = "search-index-${var.environment}"
  vpc_id            = var.vpc_id
  subnets           = var.subnets
  edge_group        = aws_security_group.edge.id
  image_id          = var.image_id
  instance_type     = "r6g.large"
  size              = var.index_size
  target_group_arns = [aws_lb_target_group.index.arn]
  request_label     = "${aws_lb.search.arn_suffix}/${aws_lb_target_group.index.arn_suffix}"
  rebalance         = true
  spot              = { base = 2, above = 40 }
  metrics           = ["GroupInServiceInstances", "GroupDesiredCapacity"]
}

resource "aws_cloudwatch_metric_alarm" "few_query_nodes" {
  alarm_name          = "search-query-few-nodes-${var.environment}"
  namespace           = "AWS/AutoScaling"
  metric_name         = "GroupInServiceInstances"
  dimensions          = { AutoScalingGroupName = module.query.group_name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.query_size.min
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "few_index_nodes" {
  alarm_name          = "search-index-few-nodes-${var.environment}"
  namespace           = "AWS/AutoScaling"
  metric_name         = "GroupInServiceInstances"
  dimensions          = { AutoScalingGroupName = module.index.group_name }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 5
  threshold           = var.index_size.min
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [var.ops_topic_arn]
}
