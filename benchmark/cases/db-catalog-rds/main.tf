terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
  backend "s3" {}
}

provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      system = "catalog"
      stage  = var.stage
    }
  }
}

data "aws_sns_topic" "operations" {
  name = "operations-${var.stage}"
}

module "catalog" {
  source = "./modules/postgres"

  name                  = "catalog-${var.stage}"
  instance_class        = var.instance_class
  allocated_storage     = 200
  max_allocated_storage = var.catalog_max_storage
  multi_az              = var.multi_az
  backup_days           = var.backup_days
  skip_final_snapshot   = false
  subnet_ids            = var.subnet_ids
  security_group_ids    = var.security_group_ids
  topic_arn             = data.aws_sns_topic.operations.arn
  min_free_bytes        = 20 * 1024 * 1024 * 1024
}

module "media" {
  source = "./modules/postgres"

  name                      = "media-${var.stage}"
  instance_class            = var.instance_class
  allocated_storage         = 100
  max_allocated_storage     = 1000
  multi_az                  = var.multi_az
  backup_days               = 14
  skip_final_snapshot       = var.stage != "prod"
  final_snapshot_identifier = "media-${var.stage}-final"
  subnet_ids                = var.subnet_ids
  security_group_ids        = var.security_group_ids
  topic_arn                 = data.aws_sns_topic.operations.arn
  min_free_bytes            = 10
}

module "reviews" {
  source = "./modules/postgres"

  name                  = "reviews-${var.stage}"
  instance_class        = var.instance_class
  allocated_storage     = 50
  max_allocated_storage = 200
  multi_az              = true
  backup_days           = 14
  skip_final_snapshot   = true
  subnet_ids            = var.subnet_ids
  security_group_ids    = var.security_group_ids
  topic_arn             = data.aws_sns_topic.operations.arn
  min_free_bytes        = 5368709120
}
