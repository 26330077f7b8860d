terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { service = "payments", stage = var.stage }
  }
}

module "worker" {
  source   = "./modules/worker"
  for_each = var.workers

  name            = "payments-${var.stage}-${each.key}"
  settings        = each.value
  alarm_topic_arn = var.alarm_topic_arn
  code_bucket     = var.code_bucket
  code_key        = "payments/${var.release}.zip"
}

output "queues" {
  value = { for k, w in module.worker : k => w.queue_url }
}
