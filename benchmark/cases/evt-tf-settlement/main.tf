terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.80" }
  }
}

provider "aws" {
  region = "eu-north-1"
}

variable "cluster_arn" {
  type = string
}

variable "task_definition_arn" {
  description = "Task definition of the calculation, with revision"
  type        = string
}

variable "task_role_arns" {
  type = list(string)
}

variable "subnet_ids" {
  type = list(string)
}

variable "security_group_id" {
  type = string
}

variable "report_function_arn" {
  description = "Alias of the report function"
  type        = string
}

variable "alarm_topic_arn" {
  type = string
}

data "aws_partition" "this" {}
data "aws_region" "this" {}
data "aws_caller_identity" "this" {}

locals {
  rules = "arn:${data.aws_partition.this.partition}:events:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:rule"
  tasks = replace(var.task_definition_arn, "/:[0-9]+$/", ":*")
}

data "aws_iam_policy_document" "calculate" {
  statement {
    actions   = ["ecs:RunTask"]
    resources = [local.tasks]
  }
  statement {
    actions   = ["ecs:StopTask", "ecs:DescribeTasks"]
    resources = ["*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = var.task_role_arns
  }
  statement {
    actions   = ["events:PutTargets", "events:PutRule", "events:DescribeRule"]
    resources = ["${local.rules}/StepFunctionsGetEventsForECSTaskRule"]
  }
}

module "calculate" {
  source          = "./modules/workflow"
  name            = "settlement-calculate"
  policy          = data.aws_iam_policy_document.calculate.json
  alarm_topic_arn = var.alarm_topic_arn
  definition = templatefile("${path.module}/definitions/calculate.asl", {
    cluster  = var.cluster_arn
    task     = var.task_definition_arn
    subnets  = jsonencode(var.subnet_ids)
    security = jsonencode([var.security_group_id])
  })
}

data "aws_iam_policy_document" "report" {
  statement {
    actions   = ["lambda:InvokeFunction"]
    resources = [var.report_function_arn]
  }
}

module "report" {
  source          = "./modules/workflow"
  name            = "settlement-report"
  type            = "EXPRESS"
  tracing         = true
  policy          = data.aws_iam_policy_document.report.json
  alarm_topic_arn = var.alarm_topic_arn
  definition = templatefile("${path.module}/definitions/report.asl", {
    report = var.report_function_arn
  })
}

data "aws_iam_policy_document" "monthly" {
  statement {
    actions   = ["states:StartExecution"]
    resources = [module.calculate.arn, module.report.arn]
  }
}

module "monthly" {
  source          = "./modules/workflow"
  name            = "settlement-monthly"
  policy          = data.aws_iam_policy_document.monthly.json
  alarm_topic_arn = var.alarm_topic_arn
  definition = templatefile("${path.module}/definitions/monthly.asl", {
    calculate = module.calculate.arn
    report    = module.report.arn
  })
}

output "monthly_arn" {
  value = module.monthly.arn
}
