terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

resource "aws_codepipeline" "this" {
  name           = var.name
  role_arn       = var.role_arn
  pipeline_type  = var.pipeline_type
  execution_mode = var.execution_mode

  artifact_store {
    type     = "S3"
    location = var.artifact_bucket
  }

  stage {
    name = "Source"
    dynamic "on_failure" {
      for_each = var.source_rollback ? [1] : []
      content {
        result = "ROLLBACK"
      }
    }
    action {
      name             = "Source"
      category         = "Source"
      owner            = "AWS"
      provider         = var.source_provider
      version          = "1"
      namespace        = "Source"
      configuration    = var.source_configuration
      output_artifacts = ["Source"]
    }
  }

  dynamic "stage" {
    for_each = var.stages
    content {
      name = stage.value.name
      dynamic "on_failure" {
        for_each = stage.value.rollback ? [1] : []
        content {
          result = "ROLLBACK"
        }
      }
      dynamic "action" {
        for_each = stage.value.actions
        content {
          name             = action.value.name
          category         = action.value.category
          owner            = "AWS"
          provider         = action.value.provider
          version          = "1"
          run_order        = action.value.run_order
          namespace        = action.value.namespace
          input_artifacts  = action.value.inputs
          output_artifacts = action.value.outputs
          configuration    = action.value.configuration
        }
      }
    }
  }
}

output "arn" {
  value = aws_codepipeline.this.arn
}
