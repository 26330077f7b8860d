terraform {
  required_version = ">= 1.10"
  backend "s3" {
    key          = "public-apis/terraform.tfstate"
    use_lockfile = true
  }
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

variable "code_bucket" { type = string }
variable "release" { type = string }
variable "alarm_topic_arn" { type = string }
variable "auto_deploy" {
  type    = bool
  default = true
}
