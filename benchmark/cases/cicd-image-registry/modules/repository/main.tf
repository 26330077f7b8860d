variable "name" {
  type = string
}

variable "mutability" {
  type    = string
  default = "IMMUTABLE"
}

variable "keep" {
  type        = number
  description = "How many release images stay"
}

variable "rules" {
  type    = any
  default = null
}

locals {
  default_rules = [
    {
      rulePriority = 10
      description  = "releases"
      selection = {
        tagStatus      = "tagged"
        tagPatternList = ["v*"]
        countType      = "imageCountMoreThan"
        countNumber    = var.keep
      }
      action = { type = "expire" }
    },
    {
      rulePriority = 90
      description  = "everything else"
      selection = {
        tagStatus   = "any"
        countType   = "sinceImagePushed"
        countUnit   = "days"
        countNumber = 60
      }
      action = { type = "expire" }
    },
  ]
}

resource "aws_ecr_repository" "this" {
  name                 = var.name
  image_tag_mutability = var.mutability
  image_scanning_configuration {
    scan_on_push = true
  }
  encryption_configuration {
    encryption_type = "KMS"
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  repository = aws_ecr_repository.this.name
  policy     = var.rules == null ? jsonencode({ rules = local.default_rules }) : jsonencode({ rules = var.rules })
}

output "url" {
  value = aws_ecr_repository.this.repository_url
}

output "arn" {
  value = aws_ecr_repository.this.arn
}
