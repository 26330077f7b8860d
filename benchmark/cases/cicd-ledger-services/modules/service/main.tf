variable "name" {
  type = string
}

variable "cluster_arn" {
  type = string
}

variable "cluster_name" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "listener_arn" {
  type = string
}

variable "task_definition" {
  type = string
}

variable "deploy_role_arn" {
  type = string
}

variable "colours" {
  type    = list(string)
  default = ["blue", "green"]
}

variable "alarms" {
  type    = list(string)
  default = []
}

resource "aws_lb_target_group" "this" {
  for_each    = toset(var.colours)
  name        = "${var.name}-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = var.vpc_id
  health_check {
    path     = "/healthz"
    interval = 15
  }
}

resource "aws_ecs_service" "this" {
  name                              = var.name
  cluster                           = var.cluster_arn
  task_definition                   = var.task_definition
  desired_count                     = 3
  launch_type                       = "FARGATE"
  health_check_grace_period_seconds = 60

  deployment_controller {
    type = "CODE_DEPLOY"
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [var.security_group]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.this[var.colours[0]].arn
    container_name   = "app"
    container_port   = 8080
  }
  lifecycle {
    ignore_changes = [task_definition, load_balancer]
  }
}

resource "aws_codedeploy_app" "this" {
  name             = var.name
  compute_platform = "ECS"
}

resource "aws_codedeploy_deployment_group" "this" {
  app_name               = aws_codedeploy_app.this.name
  deployment_group_name  = "live"
  service_role_arn       = var.deploy_role_arn
  deployment_config_name = "CodeDeployDefault.ECSLinear10PercentEvery3Minutes"

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
      termination_wait_time_in_minutes = 30
    }
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"]
  }
  alarm_configuration {
    enabled = length(var.alarms) > 0
    alarms  = var.alarms
  }
  ecs_service {
    cluster_name = var.cluster_name
    service_name = aws_ecs_service.this.name
  }
  load_balancer_info {
    target_group_pair_info {
      prod_traffic_route {
        listener_arns = [var.listener_arn]
      }
      dynamic "target_group" {
        for_each = var.colours
        content {
          name = aws_lb_target_group.this[target_group.value].name
        }
      }
    }
  }
}

output "target_groups" {
  value = { for k, v in aws_lb_target_group.this : k => v.arn_suffix }
}
