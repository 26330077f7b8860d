terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.70"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
  default_tags {
    tags = { system = "loyalty", stage = var.stage }
  }
}

variable "stage" {
  type = string
}

variable "members_billing_mode" {
  type = string
}

variable "members_scaling_max" {
  type = number
}

variable "points_capacity" {
  type = object({ read = number, write = number })
}

variable "points_index_write" {
  type    = number
  default = 10
}

variable "replicas" {
  type = list(object({ region = string, recovery = optional(bool) }))
}

module "members" {
  source       = "./modules/table"
  name         = "loyalty-members-${var.stage}"
  hash_key     = "memberId"
  attributes   = { memberId = "S" }
  billing_mode = var.members_billing_mode
  capacity     = { read = 20, write = 20 }
  scaling_max  = var.members_scaling_max
  recovery     = true
  replicas     = var.replicas
}

module "points" {
  source       = "./modules/table"
  name         = "loyalty-points-${var.stage}"
  hash_key     = "memberId"
  range_key    = "at"
  attributes   = { memberId = "S", at = "N", shop = "S" }
  billing_mode = "PROVISIONED"
  capacity     = var.points_capacity
  scaling_max  = 0
  recovery     = var.stage == "prod"
  indexes = [
    { name = "by-shop", hash_key = "shop", range_key = "at", read = 10, write = var.points_index_write },
  ]
}

module "coupons" {
  source        = "./modules/table"
  name          = "loyalty-coupons-${var.stage}"
  hash_key      = "couponId"
  attributes    = { couponId = "S", validUntil = "S" }
  indexes       = [{ name = "by-end", hash_key = "validUntil" }]
  ttl_attribute = "validUntil"
}

module "sessions" {
  source        = "./modules/table"
  name          = "loyalty-sessions-${var.stage}"
  hash_key      = "sessionId"
  attributes    = { sessionId = "S" }
  ttl_attribute = "expires"
  recovery      = true
}

module "ledger" {
  source       = "./modules/table"
  name         = "loyalty-ledger-${var.stage}"
  hash_key     = "account"
  range_key    = "booked"
  attributes   = { account = "S", booked = "N", partner = "S" }
  billing_mode = "PROVISIONED"
  capacity     = { read = 20, write = 20 }
  scaling_max  = 200
  recovery     = true
  indexes      = [{ name = "by-partner", hash_key = "partner", range_key = "booked", read = 20, write = 20 }]
}

output "tables" {
  value = [module.members.name, module.points.name, module.coupons.name, module.sessions.name, module.ledger.name]
}
