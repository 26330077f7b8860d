variable "name" {
  type = string
}

variable "role_arn" {
  type = string
}

variable "log_group" {
  type = string
}

variable "repository" {
  type    = string
  default = null
}

variable "artifacts" {
  type    = string
  default = "CODEPIPELINE"
}

variable "timeout" {
  type    = number
  default = 30
}

variable "privileged" {
  type    = bool
  default = false
}

variable "cache_modes" {
  type    = list(string)
  default = []
}

variable "buildspec" {
  type = string
}

variable "filters" {
  description = "Filter groups of the webhook"
  type        = list(list(object({ type = string, pattern = string })))
  default     = []
}

resource "aws_codebuild_project" "this" {
  name          = var.name
  service_role  = var.role_arn
  build_timeout = var.timeout

  artifacts {
    type = var.artifacts
  }
  cache {
    type  = length(var.cache_modes) > 0 ? "LOCAL" : "NO_CACHE"
    modes = var.cache_modes
  }
  environment {
    type            = "LINUX_CONTAINER"
    compute_type    = "BUILD_GENERAL1_MEDIUM"
    image           = "aws/codebuild/standard:7.0"
    privileged_mode = var.privileged
  }
  logs_config {
    cloudwatch_logs {
      group_name = var.log_group
    }
  }
  source {
    type      = var.repository == null ? "CODEPIPELINE" : "GITHUB"
    location  = var.repository
    buildspec = var.buildspec
  }
}

resource "aws_codebuild_webhook" "this" {
  count        = length(var.filters) > 0 ? 1 : 0
  project_name = aws_codebuild_project.this.name

  dynamic "filter_group" {
    for_each = var.filters
    content {
      dynamic "filter" {
        for_each = filter_group.value
        content {
          type    = filter.value.type
          pattern = filter.value.pattern
        }
      }
    }
  }
}

output "name" {
  value = aws_codebuild_project.this.name
}

output "arn" {
  value = aws_codebuild_project.this.arn
}
