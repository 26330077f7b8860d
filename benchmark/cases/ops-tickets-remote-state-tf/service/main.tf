terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {
    bucket       = "tickets-terraform-state"
    key          = "service.tfstate"
    region       = "eu-north-1"
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-north-1"
}

data "terraform_remote_state" "foundation" {
  backend   = "s3"
  workspace = terraform.workspace
  config = {
    bucket = "tickets-terraform-state"
    key    = "foundation.tfstate"
    region = "eu-north-1"
  }
}

data "terraform_remote_state" "directory" {
  backend = "s3"
  config = {
    bucket = "directory-terraform-state"
    key    = "people.tfstate"
    region = "eu-north-1"
  }
}

locals {
  foundation = data.terraform_remote_state.foundation.outputs
  paging     = terraform.workspace == "prd"
  quiet      = terraform.workspace == "dev"
}

module "incoming" {
  source = "../modules/queue_with_alarm"

  name             = "tickets-${terraform.workspace}-incoming"
  topic_arn        = local.foundation.team_topic_arn
  actions_enabled  = local.paging
  max_age          = 600
  max_receives     = 5
  handling_seconds = 300
}

module "mails" {
  source = "../modules/queue_with_alarm"

  name             = "tickets-${terraform.workspace}-mails"
  topic_arn        = data.terraform_remote_state.foundation.outputs.on_call_topic_arn
  actions_enabled  = !local.quiet
  max_age          = 3600
  max_receives     = 10
  handling_seconds = 60
}

resource "aws_cloudwatch_log_metric_filter" "lost" {
  name           = "lost-tickets"
  log_group_name = local.foundation.log_group_name
  pattern        = "{ $.event = \"ticket lost\" }"

  metric_transformation {
    name      = "LostTickets"
    namespace = "Tickets/${terraform.workspace}"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_name          = "tickets-${terraform.workspace}-lost"
  namespace           = "Tickets"
  metric_name         = "LostTickets"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [local.foundation.team_topic_arn]
}

resource "aws_cloudwatch_log_metric_filter" "slow" {
  name           = "slow-answers"
  log_group_name = local.foundation.log_group_name
  pattern        = "{ $.event = \"answer slow\" }"

  metric_transformation {
    name      = "SlowAnswers"
    namespace = "Tickets/${terraform.workspace}"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "tickets-${terraform.workspace}-slow"
  namespace           = join("/", ["Tickets", terraform.workspace])
  metric_name         = one(aws_cloudwatch_log_metric_filter.slow.metric_transformation[*].name)
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 20
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [data.terraform_remote_state.directory.outputs.teams["support"].topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "table_throttled" {
  alarm_name          = "tickets-${terraform.workspace}-throttled"
  namespace           = "AWS/DynamoDB"
  metric_name         = "WriteThrottleEvents"
  dimensions          = { TableName = local.foundation.table.name }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [local.foundation.team_topic_arn]
}

output "queues" {
  value = [module.incoming.queue_url, module.mails.queue_url]
}
