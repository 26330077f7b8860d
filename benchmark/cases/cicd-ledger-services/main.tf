terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

variable "vpc_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "task_security_group" {
  type = string
}

variable "listeners" {
  type        = map(string)
  description = "Listener ARN of each service"
}

variable "balancer_suffix" {
  type = string
}

variable "alert_topic_arn" {
  type = string
}

variable "execution_role_arn" {
  type = string
}

variable "deploy_role_arn" {
  type = string
}

resource "aws_ecs_cluster" "ledger" {
  name = "ledger"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_cloudwatch_log_group" "ledger" {
  name              = "/ecs/ledger"
  retention_in_days = 180
}

resource "aws_ecr_repository" "app" {
  for_each             = toset(["entries", "statements", "audit"])
  name                 = "ledger/${each.key}"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = { entries = "ARM64", statements = "ARM64", audit = "X86_64" }
  family                   = "ledger-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = var.execution_role_arn
  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = each.value
  }
  container_definitions = jsonencode([{
    name         = "app"
    image        = "${aws_ecr_repository.app[each.key].repository_url}:v1"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = aws_cloudwatch_log_group.ledger.name, awslogs-region = "eu-west-1", awslogs-stream-prefix = each.key }
    }
  }])
}

resource "aws_cloudwatch_metric_alarm" "entries" {
  for_each            = module.entries.target_groups
  alarm_name          = "ledger-entries-${each.key}-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.balancer_suffix, TargetGroup = each.value }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alert_topic_arn]
}

module "entries" {
  source          = "./modules/service"
  name            = "ledger-entries"
  cluster_arn     = aws_ecs_cluster.ledger.arn
  cluster_name    = aws_ecs_cluster.ledger.name
  vpc_id          = var.vpc_id
  subnets         = var.subnets
  security_group  = var.task_security_group
  listener_arn    = var.listeners["entries"]
  task_definition = aws_ecs_task_definition.app["entries"].arn
  deploy_role_arn = var.deploy_role_arn
  alarms          = ["ledger-entries-blue-5xx", "ledger-entries-green-5xx"]
}

module "statements" {
  source          = "./modules/service"
  name            = "ledger-statements"
  cluster_arn     = aws_ecs_cluster.ledger.arn
  cluster_name    = aws_ecs_cluster.ledger.name
  vpc_id          = var.vpc_id
  subnets         = var.subnets
  security_group  = var.task_security_group
  listener_arn    = var.listeners["statements"]
  task_definition = aws_ecs_task_definition.app["statements"].arn
  deploy_role_arn = var.deploy_role_arn
  colours         = ["blue"]
  alarms          = ["ledger-statements-5xx"]
}

resource "aws_lb_target_group" "audit" {
  for_each    = toset(["a", "b"])
  name        = "ledger-audit-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
  health_check {
    path = "/healthz"
  }
}

resource "aws_ecs_service" "audit" {
  name                              = "ledger-audit"
  cluster                           = aws_ecs_cluster.ledger.id
  task_definition                   = aws_ecs_task_definition.app["audit"].arn
  desired_count                     = 2
  launch_type                       = "FARGATE"
  health_check_grace_period_seconds = 60
  deployment_controller {
    type = "CODE_DEPLOY"
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [var.task_security_group]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.audit["a"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_codedeploy_app" "audit" {
  name             = "ledger-audit"
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "audit" {
  app_name               = aws_codedeploy_app.audit.name
  deployment_group_name  = "live"
  service_role_arn       = var.deploy_role_arn
  deployment_config_name = "CodeDeployDefault.ECSCanary10Percent5Minutes"
  deployment_style {
    deployment_type   = "BLUE_GREEN"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }
  blue_green_deployment_config {
    deployment_ready_option {
      action_on_timeout = "CONTINUE_DEPLOYMENT"
    }
    terminate_blue_instances_on_deployment_success {
      action                           = "TERMINATE"
      termination_wait_time_in_minutes = 60
    }
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = true
    alarms  = ["ledger-audit-5xx"]
  }
  ecs_service {
    cluster_name = aws_ecs_cluster.ledger.name
    service_name = aws_ecs_service.audit.name
  }
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [var.listeners["audit"]]
      }
      target_group {
        name = aws_lb_target_group.audit["a"].name
      }
      target_group {
        name = aws_lb_target_group.audit["b"].name
      }
    }
  }
}
