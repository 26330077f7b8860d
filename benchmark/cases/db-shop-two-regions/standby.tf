resource "aws_ecs_cluster" "standby" {
  provider = aws.standby
  name     = "shop"
}

data "aws_iam_role" "execution" {
  name = "shop-task-execution"
}

data "aws_iam_role" "task" {
  name = "shop-task"
}

resource "aws_cloudwatch_log_group" "standby" {
  provider          = aws.standby
  for_each          = toset(["web", "importer"])
  name              = "/ecs/shop/${each.key}"
  retention_in_days = 30
}

resource "aws_ecs_task_definition" "web" {
  provider                 = aws.standby
  family                   = "shop-web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = local.settings[var.standby_region].cpu
  memory                   = local.settings[var.standby_region].memory
  execution_role_arn       = data.aws_iam_role.execution.arn
  task_role_arn            = data.aws_iam_role.task.arn

  container_definitions = jsonencode([{
    name         = "web"
    image        = "${local.registry.standby}/shop/web:2.8"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "TABLE_REGION", value = var.standby_region }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.standby["web"].name
        "awslogs-region"        = var.standby_region
        "awslogs-stream-prefix" = "web"
      }
    }
  }])
}

resource "aws_ecs_task_definition" "importer" {
  provider                 = aws.standby
  family                   = "shop-importer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = data.aws_iam_role.execution.arn
  task_role_arn            = data.aws_iam_role.task.arn

  container_definitions = jsonencode([{
    name         = "importer"
    image        = "${aws_ecr_repository.shop["importer"].repository_url}:1.4"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "TABLE_REGION", value = var.standby_region }]
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        "awslogs-group"         = aws_cloudwatch_log_group.standby["importer"].name
        "awslogs-region"        = var.standby_region
        "awslogs-stream-prefix" = "importer"
      }
    }
  }])
}

resource "aws_ecs_service" "web" {
  provider                          = aws.standby
  name                              = "web"
  cluster                           = aws_ecs_cluster.standby.id
  task_definition                   = aws_ecs_task_definition.web.arn
  launch_type                       = "FARGATE"
  desired_count                     = var.standby_tasks
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    target_group_arn = var.standby_balancer.target_group_arn
    container_name   = "web"
    container_port   = 8080
  }

  network_configuration {
    subnets         = var.standby_subnets
    security_groups = var.standby_security_groups
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_ecs_service" "importer" {
  provider                          = aws.standby
  name                              = "importer"
  cluster                           = aws_ecs_cluster.standby.id
  task_definition                   = aws_ecs_task_definition.importer.arn
  launch_type                       = "FARGATE"
  desired_count                     = 2
  health_check_grace_period_seconds = 60

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  load_balancer {
    target_group_arn = var.standby_balancer.importer_target_group_arn
    container_name   = "importer"
    container_port   = 8080
  }

  network_configuration {
    subnets         = var.standby_subnets
    security_groups = var.standby_security_groups
  }
}

resource "aws_appautoscaling_target" "web" {
  provider           = aws.standby
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.standby.name}/${aws_ecs_service.web.name}"
  min_capacity       = var.standby_tasks
  max_capacity       = var.standby_max_tasks
}

resource "aws_appautoscaling_policy" "web" {
  provider           = aws.standby
  name               = "web-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.web.service_namespace
  scalable_dimension = aws_appautoscaling_target.web.scalable_dimension
  resource_id        = aws_appautoscaling_target.web.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
