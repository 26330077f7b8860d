terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {}
}

variable "environment" {
  type = string
}

variable "orders_config" {
  type = string
}

variable "alarm_period" {
  type    = number
  default = 60
}

variable "function_role_arn" {
  type = string
}

variable "alarm_topic" {
  type = string
}

data "aws_iam_policy_document" "codedeploy" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "codedeploy" {
  name               = "${var.environment}-orders-codedeploy"
  assume_role_policy = data.aws_iam_policy_document.codedeploy.json
}

resource "aws_iam_role_policy_attachment" "codedeploy" {
  role       = aws_iam_role.codedeploy.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"
}

module "orders" {
  source            = "./modules/function"
  name              = "${var.environment}-orders"
  role_arn          = var.function_role_arn
  deploy_role_arn   = aws_iam_role.codedeploy.arn
  deployment_config = var.orders_config
  alarm_topic       = var.alarm_topic
  period            = var.alarm_period
}

module "returns" {
  source            = "./modules/function"
  name              = "${var.environment}-returns"
  role_arn          = var.function_role_arn
  deploy_role_arn   = aws_iam_role.codedeploy.arn
  publish           = false
  deployment_config = "CodeDeployDefault.LambdaCanary10Percent10Minutes"
  alarm_topic       = var.alarm_topic
}

module "stock" {
  source            = "./modules/function"
  name              = "${var.environment}-stock"
  role_arn          = var.function_role_arn
  deploy_role_arn   = aws_iam_role.codedeploy.arn
  deployment_config = "CodeDeployDefault.ECSCanary10Percent5Minutes"
  alarm_topic       = var.alarm_topic
}
