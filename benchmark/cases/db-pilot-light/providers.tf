terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}

provider "aws" {
  region = var.primary_region
}

provider "aws" {
  alias  = "recovery"
  region = var.recovery_region
}

variable "primary_region" {
  type    = string
  default = "ap-southeast-2"
}

variable "recovery_region" {
  type    = string
  default = "ap-southeast-1"
}

variable "network" {
  description = "Subnets (one per zone) and security groups of both Regions"
  type = object({
    primary  = object({ subnets = list(string), database_groups = list(string), app_groups = list(string), target_group = string })
    recovery = object({ subnets = list(string), database_groups = list(string), app_groups = list(string), target_group = string })
  })
}

variable "images" {
  description = "Golden image by Region"
  type        = map(string)
  default = {
    "ap-southeast-2" = "ami-0146fc9ad419e2cfd"
    "ap-southeast-1" = "ami-0464f90f5928bccb8"
  }
}
