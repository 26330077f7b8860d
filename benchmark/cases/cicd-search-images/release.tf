resource "aws_s3_bucket" "artifacts" {
  bucket_prefix = "search-artifacts-"
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "artifacts" {
  bucket                  = aws_s3_bucket.artifacts.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

data "aws_iam_policy_document" "pipeline" {
  statement {
    actions   = ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"]
    resources = ["${aws_s3_bucket.artifacts.arn}/*"]
  }
  statement {
    actions   = ["ecr:DescribeImages"]
    resources = [for r in aws_ecr_repository.part : r.arn]
  }
  statement {
    actions   = ["codebuild:StartBuild", "codebuild:BatchGetBuilds"]
    resources = [aws_codebuild_project.definitions.arn]
  }
  statement {
    actions   = ["ecs:DescribeServices", "ecs:DescribeTaskDefinition", "ecs:DescribeTasks", "ecs:ListTasks", "ecs:RegisterTaskDefinition", "ecs:TagResource", "ecs:UpdateService"]
    resources = ["*"]
  }
  statement {
    actions   = ["iam:PassRole"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["ecs-tasks.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "pipeline" {
  name               = "search-pipeline"
  assume_role_policy = data.aws_iam_policy_document.assume["codepipeline"].json
}

resource "aws_iam_role_policy" "pipeline" {
  role   = aws_iam_role.pipeline.id
  policy = data.aws_iam_policy_document.pipeline.json
}

resource "aws_codebuild_project" "definitions" {
  name         = "search-image-definitions"
  service_role = aws_iam_role.build.arn
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
  }
  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.builds.name
    }
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - jq '[{name:"app", imageUri:.ImageURI}]' imageDetail.json > imagedefinitions.json
      artifacts:
        files: [imagedefinitions.json]
    YAML
  }
}

resource "aws_codepipeline" "release" {
  for_each       = toset(["query", "indexer"])
  name           = "search-${each.key}-release"
  role_arn       = aws_iam_role.pipeline.arn
  pipeline_type  = "V2"
  execution_mode = "QUEUED"
  artifact_store {
    type     = "S3"
    location = aws_s3_bucket.artifacts.bucket
  }
  stage {
    name = "Source"
    action {
      name             = "Image"
      category         = "Source"
      owner            = "AWS"
      provider         = "ECR"
      version          = "1"
      configuration    = { RepositoryName = aws_ecr_repository.part[each.key].name }
      output_artifacts = ["Image"]
    }
  }
  stage {
    name = "Prepare"
    action {
      name             = "Definitions"
      category         = "Build"
      owner            = "AWS"
      provider         = "CodeBuild"
      version          = "1"
      input_artifacts  = ["Image"]
      output_artifacts = ["Definitions"]
      configuration    = { ProjectName = aws_codebuild_project.definitions.name }
    }
  }
  stage {
    name = "Production"
    on_failure {
      result = "ROLLBACK"
    }
    action {
      name            = "Deploy"
      category        = "Deploy"
      owner           = "AWS"
      provider        = "ECS"
      version         = "1"
      input_artifacts = ["Definitions"]
      configuration   = { ClusterName = var.cluster, ServiceName = "search-${each.key}" }
    }
  }
}

resource "aws_iam_role" "start" {
  name               = "search-release-start"
  assume_role_policy = data.aws_iam_policy_document.assume["events"].json
}

resource "aws_iam_role_policy" "start" {
  role = aws_iam_role.start.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "codepipeline:StartPipelineExecution", Resource = [for p in aws_codepipeline.release : p.arn] }]
  })
}

resource "aws_cloudwatch_event_rule" "pushed" {
  for_each = aws_codepipeline.release
  name     = "search-${each.key}-pushed"
  event_pattern = jsonencode({
    source      = ["aws.ecr"]
    detail-type = ["ECR Image Action"]
    detail      = { action-type = ["PUSH"], result = ["SUCCESS"], repository-name = ["search/${each.key}"] }
  })
}

resource "aws_cloudwatch_event_target" "pushed" {
  for_each = aws_codepipeline.release
  rule     = aws_cloudwatch_event_rule.pushed[each.key].name
  arn      = each.value.arn
  role_arn = aws_iam_role.start.arn
}

resource "aws_codestarnotifications_notification_rule" "failed" {
  for_each       = aws_codepipeline.release
  name           = "search-${each.key}-failed"
  detail_type    = "FULL"
  resource       = each.value.arn
  event_type_ids = ["codepipeline-pipeline-pipeline-execution-failed"]
  target {
    address = var.alert_topic_arn
  }
}
