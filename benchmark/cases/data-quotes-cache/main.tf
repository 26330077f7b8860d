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
  region = "eu-west-1"
}

variable "stage" {
  type = string
}

variable "vpc_id" {
  type = string
}

variable "client_group_id" {
  type = string
}

variable "cidr" {
  type = string
}

variable "quote_nodes" {
  type = number
}

variable "quote_zones" {
  type    = list(string)
  default = null
}

variable "history_nodes" {
  type = number
}

variable "shared_subnet_ids" {
  description = "Subnets of the network team"
  type        = list(string)
}

locals {
  zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
}

resource "aws_subnet" "cache" {
  for_each          = { for i, z in local.zones : z => i }
  vpc_id            = var.vpc_id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr, 4, each.value)
  tags              = { Name = "quotes-cache-${each.key}" }
}

resource "aws_subnet" "rates" {
  count             = 2
  vpc_id            = var.vpc_id
  availability_zone = local.zones[0]
  cidr_block        = cidrsubnet(var.cidr, 4, 8 + count.index)
  tags              = { Name = "rates-cache-${count.index}" }
}

resource "aws_dynamodb_table" "this" {
  for_each                    = { quotes = "quoteId", history = "quoteId", rates = "pair", symbols = "symbol" }
  name                        = "${each.key}-${var.stage}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value
  deletion_protection_enabled = true
  attribute {
    name = each.value
    type = "S"
  }
  point_in_time_recovery {
    enabled = true
  }
}

module "quotes" {
  source          = "./modules/cache"
  name            = "quotes-${var.stage}"
  vpc_id          = var.vpc_id
  subnet_ids      = [for s in aws_subnet.cache : s.id]
  client_group_id = var.client_group_id
  table_arns      = [aws_dynamodb_table.this["quotes"].arn]
  nodes           = var.quote_nodes
  zones           = var.quote_zones
}

module "history" {
  source          = "./modules/cache"
  name            = "history-${var.stage}"
  vpc_id          = var.vpc_id
  subnet_ids      = values(aws_subnet.cache)[*].id
  client_group_id = var.client_group_id
  table_arns      = [aws_dynamodb_table.this["history"].arn]
  nodes           = var.history_nodes
  tls             = false
}

module "rates" {
  source          = "./modules/cache"
  name            = "rates-${var.stage}"
  vpc_id          = var.vpc_id
  subnet_ids      = aws_subnet.rates[*].id
  client_group_id = var.client_group_id
  table_arns      = [aws_dynamodb_table.this["rates"].arn]
  trusted_service = "lambda.amazonaws.com"
}

module "symbols" {
  source          = "./modules/cache"
  name            = "symbols-${var.stage}"
  vpc_id          = var.vpc_id
  subnet_ids      = var.shared_subnet_ids
  client_group_id = var.client_group_id
  table_arns      = [aws_dynamodb_table.this["symbols"].arn]
  tls             = false
  port            = 8111
}

output "endpoints" {
  value = { quotes = module.quotes.endpoint, history = module.history.endpoint, rates = module.rates.endpoint, symbols = module.symbols.endpoint }
}
