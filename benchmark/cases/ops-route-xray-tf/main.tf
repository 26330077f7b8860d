terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  type    = string
  default = "ap-northeast-1"
}

variable "image" {
  description = "Image of the route planner, with its tag"
  type        = string
}

variable "geocoder_image" {
  type = string
}

variable "daemon_image" {
  type    = string
  default = "public.ecr.aws/xray/aws-xray-daemon:3.x"
}

variable "log_group_name" {
  type = string
}

variable "tracing_endpoint" {
  description = "Collector of the platform team, reachable from all tasks"
  type        = string
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "execution" {
  name_prefix        = "route-execution-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "task" {
  name_prefix        = "route-task-"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "task_tracing" {
  role       = aws_iam_role.task.name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

locals {
  logging = {
    for name in ["planner", "geocoder", "tiles", "xray"] : name => {
      logDriver = "awslogs"
      options = {
        awslogs-group         = var.log_group_name
        awslogs-region        = var.region
        awslogs-stream-prefix = name
      }
    }
  }

  daemon = {
    name              = "xray-daemon"
    image             = var.daemon_image
    essential         = false
    cpu               = 32
    memoryReservation = 256
    portMappings      = [{ containerPort = 2000, protocol = "udp" }]
    logConfiguration  = local.logging["xray"]
  }
}

resource "aws_ecs_task_definition" "planner" {
  family                   = "route-planner"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode([
    {
      name         = "planner"
      image        = var.image
      essential    = true
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "AWS_XRAY_DAEMON_ADDRESS", value = "127.0.0.1:2000" },
        { name = "AWS_XRAY_TRACING_NAME", value = "route-planner" },
      ]
      healthCheck      = { command = ["CMD-SHELL", "wget -qO- localhost:8080/health || exit 1"] }
      logConfiguration = local.logging["planner"]
    },
  ])
}

resource "aws_ecs_task_definition" "geocoder" {
  family                   = "route-geocoder"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode(concat([
    {
      name         = "geocoder"
      image        = var.geocoder_image
      essential    = true
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "AWS_XRAY_DAEMON_ADDRESS", value = "127.0.0.1:2000" },
      ]
      healthCheck      = { command = ["CMD-SHELL", "wget -qO- localhost:8080/health || exit 1"] }
      logConfiguration = local.logging["geocoder"]
    },
  ], [local.daemon]))
}

resource "aws_ecs_task_definition" "tiles" {
  family                   = "route-tiles"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode([
    {
      name         = "tiles"
      image        = var.image
      command      = ["serve-tiles"]
      essential    = true
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "AWS_XRAY_DAEMON_ADDRESS", value = var.tracing_endpoint },
      ]
      healthCheck      = { command = ["CMD-SHELL", "wget -qO- localhost:8080/health || exit 1"] }
      logConfiguration = local.logging["tiles"]
    },
  ])
}

resource "aws_xray_sampling_rule" "everything" {
  rule_name      = "route-default"
  priority       = 100
  version        = 1
  reservoir_size = 1
  fixed_rate     = 0.02
  host           = "*"
  http_method    = "*"
  url_path       = "*"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
}

resource "aws_xray_sampling_rule" "bookings" {
  rule_name      = "route-bookings"
  priority       = 200
  version        = 1
  reservoir_size = 10
  fixed_rate     = 0.5
  host           = "*"
  http_method    = "POST"
  url_path       = "/bookings*"
  service_name   = "route-planner"
  service_type   = "*"
  resource_arn   = "*"
}

resource "aws_xray_sampling_rule" "searches" {
  rule_name      = "route-searches"
  priority       = 50
  version        = 1
  reservoir_size = 5
  fixed_rate     = 0.1
  host           = "*"
  http_method    = "GET"
  url_path       = "/search*"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
}

resource "aws_xray_sampling_rule" "payments" {
  rule_name      = "route-payments"
  priority       = 20
  version        = 1
  reservoir_size = 5
  fixed_rate     = 25
  host           = "*"
  http_method    = "*"
  url_path       = "/payments*"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
  tags           = { purpose = "follow a quarter of the payments" }
}

resource "aws_xray_sampling_rule" "refunds" {
  rule_name      = "route-refunds"
  priority       = 21
  version        = 1
  reservoir_size = 0
  fixed_rate     = 0
  host           = "*"
  http_method    = "*"
  url_path       = "/refunds*"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
  tags           = { purpose = "follow every refund" }
}

resource "aws_xray_sampling_rule" "one_a_second" {
  rule_name      = "route-reports"
  priority       = 30
  version        = 1
  reservoir_size = 1
  fixed_rate     = 0
  host           = "*"
  http_method    = "*"
  url_path       = "/reports*"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
}

resource "aws_xray_sampling_rule" "health" {
  rule_name      = "route-health"
  priority       = 1
  version        = 1
  reservoir_size = 0
  fixed_rate     = 0
  host           = "*"
  http_method    = "GET"
  url_path       = "/health"
  service_name   = "*"
  service_type   = "*"
  resource_arn   = "*"
  tags           = { purpose = "no traces of health checks" }
}

resource "aws_xray_group" "failing" {
  group_name        = "route-failing"
  filter_expression = "service(\"route-planner\") AND fault = true"

  insights_configuration {
    insights_enabled      = false
    notifications_enabled = true
  }
}

resource "aws_xray_group" "slow" {
  group_name        = "route-slow"
  filter_expression = "responsetime > 3"

  insights_configuration {
    insights_enabled      = true
    notifications_enabled = true
  }
}

output "task_definitions" {
  value = [
    aws_ecs_task_definition.planner.arn,
    aws_ecs_task_definition.geocoder.arn,
    aws_ecs_task_definition.tiles.arn,
  ]
}
