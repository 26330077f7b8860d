terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
  backend "s3" {}
}

variable "environment" {
  type = string
}

variable "keep_releases" {
  type = number
}

module "gateway" {
  source = "./modules/repository"
  name   = "${var.environment}/gateway"
  keep   = 20
}

module "billing" {
  source = "./modules/repository"
  name   = "${var.environment}/billing"
  keep   = var.keep_releases
}

module "tools" {
  source     = "./modules/repository"
  name       = "${var.environment}/tools"
  mutability = "MUTABLE"
  keep       = 5
  rules = [
    {
      rulePriority = 1
      selection = {
        tagStatus     = "untagged"
        tagPrefixList = ["tmp"]
        countType     = "sinceImagePushed"
        countUnit     = "days"
        countNumber   = 7
      }
      action = { type = "expire" }
    },
  ]
}

resource "aws_ecr_repository" "orders" {
  name                 = "${var.environment}/orders"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

resource "aws_ecr_lifecycle_policy" "orders" {
  repository = aws_ecr_repository.orders.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "all images after half a year"
        selection    = { tagStatus = "any", countType = "sinceImagePushed", countUnit = "days", countNumber = 180 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "thirty releases"
        selection    = { tagStatus = "tagged", tagPrefixList = ["v"], countType = "imageCountMoreThan", countNumber = 30 }
        action       = { type = "expire" }
      },
    ]
  })
}

resource "aws_ecr_repository" "search" {
  name                 = "${var.environment}/search"
  image_tag_mutability = "IMMUTABLE"
  image_scanning_configuration {
    scan_on_push = true
  }
}

data "aws_ecr_lifecycle_policy_document" "search" {
  rule {
    priority    = 20
    description = "feature builds"
    selection {
      tag_status      = "tagged"
      tag_prefix_list = ["pr-"]
      count_type      = "sinceImagePushed"
      count_unit      = "days"
      count_number    = 14
    }
  }
  rule {
    priority    = 10
    description = "untagged"
    selection {
      tag_status   = "untagged"
      count_type   = "sinceImagePushed"
      count_unit   = "days"
      count_number = 2
    }
  }
}

resource "aws_ecr_lifecycle_policy" "search" {
  repository = aws_ecr_repository.search.name
  policy     = data.aws_ecr_lifecycle_policy_document.search.json
}
