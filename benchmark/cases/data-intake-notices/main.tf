terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "us-west-2"
}

variable "metrics_topic_arn" {
  type = string
}

variable "scanner_arn" {
  description = "Virus scanner of the security team"
  type        = string
}

data "aws_caller_identity" "current" {}
