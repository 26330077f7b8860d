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
  region = var.home_region
}

provider "aws" {
  alias  = "standby"
  region = var.standby_region
}

data "aws_caller_identity" "current" {}
