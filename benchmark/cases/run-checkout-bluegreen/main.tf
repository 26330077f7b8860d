terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "eu-central-1"
}

variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "edge_security_group_id" { type = string }
variable "listener_arns" { type = map(string) }
variable "checkout_image" { type = string }
variable "cart_image" { type = string }
variable "stock_image" { type = string }
variable "edge_load_balancer" { type = string }
variable "ops_topic_arn" { type = string }

locals {
  services = {
    checkout = { image = var.checkout_image, min = 3, max = 12 }
    cart     = { image = var.cart_image, min = 2, max = 8 }
    stock    = { image = var.stock_image, min = 2, max = 8 }
  }
  sides = { for p in setproduct(["checkout", "cart"], ["blue", "green"]) : join("-", p) => p }
}

resource "aws_ecs_cluster" "this" {
  name = "shop"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.services
  name              = "/shop/${each.key}"
  retention_in_days = 90
}

data "aws_iam_policy_document" "assume" {
  for_each = toset(["ecs-tasks", "codedeploy"])
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${each.key}.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "shop-execution"
  assume_role_policy = data.aws_iam_policy_document.assume["ecs-tasks"].json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "codedeploy" {
  name               = "shop-codedeploy"
  assume_role_policy = data.aws_iam_policy_document.assume["codedeploy"].json
}

resource "aws_iam_role_policy_attachment" "codedeploy" {
  role       = aws_iam_role.codedeploy.name
  policy_arn = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
}

resource "aws_security_group" "tasks" {
  name_prefix = "shop-tasks-"
  vpc_id      = var.vpc_id
  ingress {
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [var.edge_security_group_id]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb_target_group" "side" {
  for_each             = local.sides
  name                 = each.key
  vpc_id               = var.vpc_id
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  deregistration_delay = 30
  health_check { path = "/health" }
}

resource "aws_lb_listener_rule" "side" {
  for_each     = toset(["checkout", "cart"])
  listener_arn = var.listener_arns[each.key]
  priority     = 100
  condition {
    path_pattern { values = ["/${each.key}/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.side["${each.key}-blue"].arn
  }
  lifecycle { ignore_changes = [action] }
}

resource "aws_ecs_task_definition" "this" {
  for_each                 = local.services
  family                   = "shop-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name         = each.key
    image        = each.value.image
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    healthCheck  = { command = ["CMD-SHELL", "wget -q -O- localhost:8080/health"], interval = 10, retries = 3, startPeriod = 45 }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this[each.key].name
        awslogs-region        = "eu-central-1"
        awslogs-stream-prefix = each.key
      }
    }
  }])
}

resource "aws_ecs_service" "checkout" {
  name                              = "checkout"
  cluster                           = aws_ecs_cluster.this.id
  task_definition                   = aws_ecs_task_definition.this["checkout"].arn
  desired_count                     = 3
  launch_type                       = "FARGATE"
  health_check_grace_period_seconds = 60
  deployment_controller { type = "CODE_DEPLOY" }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.side["checkout-blue"].arn
    container_name   = "checkout"
    container_port   = 8080
  }
  lifecycle { ignore_changes = [desired_count] }
  depends_on = [aws_lb_listener_rule.side]
}

resource "aws_ecs_service" "cart" {
  name                              = "cart"
  cluster                           = aws_ecs_cluster.this.id
  task_definition                   = aws_ecs_task_definition.this["cart"].arn
  desired_count                     = 2
  launch_type                       = "FARGATE"
  health_check_grace_period_seconds = 60
  deployment_controller { type = "CODE_DEPLOY" }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.side["cart-blue"].arn
    container_name   = "cart"
    container_port   = 8080
  }
  lifecycle { ignore_changes = [task_definition, load_balancer, desired_count] }
  depends_on = [aws_lb_listener_rule.side]
}

resource "aws_ecs_service" "stock" {
  name            = "stock"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.this["stock"].arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  lifecycle { ignore_changes = [desired_count] }
}

resource "aws_appautoscaling_target" "checkout" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.arn}/${aws_ecs_service.checkout.name}"
  min_capacity       = 3
  max_capacity       = 12
}

resource "aws_appautoscaling_target" "other" {
  for_each           = { cart = aws_ecs_service.cart.id, stock = aws_ecs_service.stock.id }
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = element(split(":", each.value), 5)
  min_capacity       = local.services[each.key].min
  max_capacity       = local.services[each.key].max
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each = merge(
    { checkout = aws_appautoscaling_target.checkout.resource_id },
    { for k, t in aws_appautoscaling_target.other : k => t.resource_id },
  )
  name               = "${each.key}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = each.value
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification { predefined_metric_type = "ECSServiceAverageCPUUtilization" }
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "shop-edge-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.edge_load_balancer }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_codedeploy_app" "this" {
  name             = "shop"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "checkout" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = "checkout"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
  blue_green_deployment_config {
    deployment_ready_option { action_on_timeout = "CONTINUE_DEPLOYMENT" }
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 0
    }
  }
  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }
  ecs_service {
    cluster_name = aws_ecs_cluster.this.name
    service_name = aws_ecs_service.checkout.name
  }
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route { listener_arns = [var.listener_arns["checkout"]] }
      target_group { name = aws_lb_target_group.side["checkout-blue"].name }
      target_group { name = aws_lb_target_group.side["checkout-green"].name }
    }
  }
}

resource "aws_codedeploy_deployment_group" "cart" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = "cart"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  blue_green_deployment_config {
    deployment_ready_option { action_on_timeout = "CONTINUE_DEPLOYMENT" }
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 30
    }
  }
  deployment_style {
    deployment_option = "WITH_TRAFFIC_CONTROL"
    deployment_type   = "BLUE_GREEN"
  }
  ecs_service {
    cluster_name = aws_ecs_cluster.this.name
    service_name = aws_ecs_service.cart.name
  }
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route { listener_arns = [var.listener_arns["cart"]] }
      dynamic "target_group" {
        for_each = ["blue", "green"]
        content { name = aws_lb_target_group.side["cart-${target_group.value}"].name }
      }
    }
  }
}
