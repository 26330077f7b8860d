terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.60" }
  }
}

provider "aws" {
  region = "us-east-2"
}

variable "vpc_id" { type = string }
variable "subnets" { type = list(string) }
variable "edge_security_group_id" { type = string }
variable "listener_arn" { type = string }
variable "registry" { type = string }
variable "settlement_queue_name" { type = string }
variable "ops_topic_arn" { type = string }

locals {
  logs = {
    for name in ["payments", "refunds", "settlement", "receipts"] : name => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = "us-east-2"
        awslogs-stream-prefix = name
      }
    }
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/payments"
  retention_in_days = 365
}

resource "aws_ecs_cluster" "this" {
  name = "payments"
  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE"
    weight            = 1
  }
}

data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name               = "payments-execution"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "settlement" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"]
    resources = ["arn:aws:sqs:us-east-2:*:${var.settlement_queue_name}"]
  }
}

resource "aws_iam_role" "settlement" {
  name               = "payments-settlement"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "settlement" {
  name   = "queue"
  role   = aws_iam_role.settlement.id
  policy = data.aws_iam_policy_document.settlement.json
}

resource "aws_security_group" "tasks" {
  name_prefix = "payments-tasks-"
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

resource "aws_lb_target_group" "this" {
  for_each             = toset(["payments", "refunds"])
  name                 = each.key
  vpc_id               = var.vpc_id
  port                 = 8080
  protocol             = "HTTP"
  target_type          = "ip"
  deregistration_delay = 30
  health_check { path = "/health" }
}

resource "aws_lb_listener_rule" "this" {
  for_each     = { payments = 10, refunds = 20 }
  listener_arn = var.listener_arn
  priority     = each.value
  condition {
    path_pattern { values = ["/${each.key}/*"] }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[each.key].arn
  }
}

resource "aws_ecs_task_definition" "web" {
  for_each                 = toset(["payments", "refunds"])
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name             = each.key
    image            = "${var.registry}/${each.key}:2.4.0"
    essential        = true
    portMappings     = [{ containerPort = 8080 }]
    healthCheck      = { command = ["CMD-SHELL", "wget -q -O- localhost:8080/health"], interval = 10, retries = 3, startPeriod = 45 }
    logConfiguration = local.logs[each.key]
  }])
}

resource "aws_ecs_task_definition" "settlement" {
  family                   = "settlement"
  task_role_arn            = aws_iam_role.settlement.arn
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name             = "settlement"
    image            = "111122223333.dkr.ecr.us-east-2.amazonaws.com/settlement:3.1.0"
    essential        = true
    healthCheck      = { command = ["CMD", "/app/alive"], interval = 10, retries = 3, startPeriod = 45 }
    logConfiguration = local.logs["settlement"]
  }])
}

resource "aws_ecs_task_definition" "receipts" {
  family                   = "receipts"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.execution.arn
  container_definitions = jsonencode([{
    name             = "receipts"
    image            = "111122223333.dkr.ecr.us-east-2.amazonaws.com/receipts:1.9.4"
    essential        = true
    healthCheck      = { command = ["CMD", "/app/alive"], interval = 10, retries = 3, startPeriod = 45 }
    logConfiguration = local.logs["receipts"]
  }])
}

resource "aws_ecs_service" "payments" {
  name                              = "payments"
  cluster                           = aws_ecs_cluster.this.id
  task_definition                   = aws_ecs_task_definition.web["payments"].arn
  desired_count                     = 4
  health_check_grace_period_seconds = 60
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.this["payments"].arn
    container_name   = "web"
    container_port   = 8080
  }
  lifecycle { ignore_changes = [desired_count] }
  depends_on = [aws_lb_listener_rule.this, aws_ecs_cluster_capacity_providers.this]
}

resource "aws_ecs_service" "refunds" {
  name                              = "refunds"
  cluster                           = aws_ecs_cluster.this.id
  task_definition                   = aws_ecs_task_definition.web["refunds"].arn
  desired_count                     = 2
  health_check_grace_period_seconds = 60
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.this["refunds"].arn
    container_name   = aws_ecs_task_definition.web["refunds"].family
    container_port   = 8080
  }
  lifecycle { ignore_changes = [desired_count] }
  depends_on = [aws_lb_listener_rule.this, aws_ecs_cluster_capacity_providers.this]
}

resource "aws_ecs_service" "settlement" {
  name            = "settlement"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.settlement.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
    weight            = 1
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  lifecycle { ignore_changes = [desired_count] }
  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

resource "aws_ecs_service" "receipts" {
  name            = "receipts"
  cluster         = aws_ecs_cluster.this.id
  task_definition = aws_ecs_task_definition.receipts.arn
  desired_count   = 2
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 2
    weight            = 0
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets         = var.subnets
    security_groups = [aws_security_group.tasks.id]
  }
  lifecycle { ignore_changes = [desired_count] }
  depends_on = [aws_ecs_cluster_capacity_providers.this]
}

locals {
  scaled = {
    payments   = { service = aws_ecs_service.payments.name, min = 4, max = 20 }
    refunds    = { service = aws_ecs_service.refunds.name, min = 2, max = 8 }
    receipts   = { service = aws_ecs_service.receipts.name, min = 0, max = 6 }
    settlement = { service = aws_ecs_service.settlement.name, min = 0, max = 10 }
  }
}

resource "aws_appautoscaling_target" "this" {
  for_each           = local.scaled
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.this.name}/${each.value.service}"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

resource "aws_appautoscaling_policy" "cpu" {
  for_each           = toset(["payments", "refunds", "receipts"])
  name               = "${each.key}-cpu"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.this[each.key].resource_id
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification { predefined_metric_type = "ECSServiceAverageCPUUtilization" }
  }
}

resource "aws_appautoscaling_policy" "settlement" {
  name               = "settlement-backlog"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = aws_appautoscaling_target.this["settlement"].resource_id
  target_tracking_scaling_policy_configuration {
    target_value = 50
    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      statistic   = "Average"
      dimensions {
        name  = "QueueName"
        value = var.settlement_queue_name
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  for_each            = toset(["payments", "refunds"])
  alarm_name          = "${each.key}-cpu"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  dimensions          = { ClusterName = aws_ecs_cluster.this.name, ServiceName = each.key }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 10
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.ops_topic_arn]
}
