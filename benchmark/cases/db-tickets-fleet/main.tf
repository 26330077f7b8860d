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
  region = "sa-east-1"
}

data "aws_subnets" "databases" {
  filter {
    name   = "tag:tier"
    values = ["database"]
  }
}

data "aws_security_group" "databases" {
  name = "databases"
}

data "aws_iam_role" "monitoring" {
  name = "rds-monitoring"
}

variable "seats_family" {
  type        = string
  description = "Family of the parameter group of seats, as in the upgrade plan of the quarter"
}

variable "topic_arn" {
  type = string
}
