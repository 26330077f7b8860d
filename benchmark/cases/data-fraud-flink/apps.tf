variable "code_bucket_arn" {
  type = string
}

variable "ops_topic_arn" {
  type = string
}

locals {
  applications = {
    scoring = {
      jar         = "fraud/scoring-5.1.0.jar"
      runtime     = "FLINK-1_20"
      checkpoints = "CUSTOM"
      interval    = 20000
      snapshots   = true
      parallelism = 8
      metrics     = "APPLICATION"
    }
    enrich = {
      jar         = "fraud/enrich-2.8.1.jar"
      runtime     = "FLINK-1_20"
      checkpoints = "DEFAULT"
      interval    = null
      snapshots   = false
      parallelism = 4
      metrics     = "APPLICATION"
    }
    profiles = {
      jar         = "fraud/profiles-1.3.0.jar"
      runtime     = "FLINK-1_19"
      checkpoints = "DEFAULT"
      interval    = 300000
      snapshots   = true
      parallelism = 4
      metrics     = "APPLICATION"
    }
  }
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["kinesisanalytics.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "flink" {
  statement {
    actions   = ["s3:GetObject", "s3:GetObjectVersion"]
    resources = ["${var.code_bucket_arn}/fraud/*"]
  }
  statement {
    actions   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetShardIterator", "kinesis:GetRecords", "kinesis:ListShards"]
    resources = [aws_kinesis_stream.payments.arn, aws_kinesis_stream.alerts.arn]
  }
  statement {
    actions   = ["kinesis:PutRecord", "kinesis:PutRecords"]
    resources = [aws_kinesis_stream.alerts.arn]
  }
  statement {
    actions   = ["logs:PutLogEvents", "logs:DescribeLogStreams", "logs:DescribeLogGroups"]
    resources = ["*"]
  }
}

resource "aws_iam_role" "flink" {
  name               = "fraud-flink"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "flink" {
  role   = aws_iam_role.flink.id
  policy = data.aws_iam_policy_document.flink.json
}

resource "aws_kinesisanalyticsv2_application" "flink" {
  for_each               = local.applications
  name                   = "fraud-${each.key}"
  runtime_environment    = each.value.runtime
  service_execution_role = aws_iam_role.flink.arn
  start_application      = true

  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"
      code_content {
        s3_content_location {
          bucket_arn = var.code_bucket_arn
          file_key   = each.value.jar
        }
      }
    }

    application_snapshot_configuration {
      snapshots_enabled = each.value.snapshots
    }

    flink_application_configuration {
      checkpoint_configuration {
        configuration_type  = each.value.checkpoints
        checkpoint_interval = each.value.interval
      }
      monitoring_configuration {
        configuration_type = "CUSTOM"
        log_level          = "INFO"
        metrics_level      = each.value.metrics
      }
      parallelism_configuration {
        configuration_type   = "CUSTOM"
        parallelism          = each.value.parallelism
        parallelism_per_kpu  = 1
        auto_scaling_enabled = true
      }
    }

    run_configuration {
      application_restore_configuration {
        application_restore_type = each.value.snapshots ? "RESTORE_FROM_LATEST_SNAPSHOT" : "SKIP_RESTORE_FROM_SNAPSHOT"
      }
    }
  }

  cloudwatch_logging_options {
    log_stream_arn = aws_cloudwatch_log_stream.flink[each.key].arn
  }

  depends_on = [aws_iam_role_policy.flink]
}

resource "aws_kinesisanalyticsv2_application" "replay" {
  name                   = "fraud-replay"
  description            = "Reads a week again after a change of the model; holds no state that is worth keeping"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = aws_iam_role.flink.arn

  application_configuration {
    application_code_configuration {
      code_content_type = "ZIPFILE"
      code_content {
        s3_content_location {
          bucket_arn = var.code_bucket_arn
          file_key   = "fraud/replay-1.0.2.jar"
        }
      }
    }
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type            = "CUSTOM"
        checkpointing_enabled         = false
        checkpoint_interval           = 60000
        min_pause_between_checkpoints = 5000
      }
    }
  }

  cloudwatch_logging_options {
    log_stream_arn = aws_cloudwatch_log_stream.replay.arn
  }
}

resource "aws_kinesisanalyticsv2_application" "hourly" {
  name                   = "fraud-hourly"
  description            = "Sums by hour for the dashboard"
  runtime_environment    = "SQL-1_0"
  service_execution_role = aws_iam_role.flink.arn

  application_configuration {
    application_code_configuration {
      code_content_type = "PLAINTEXT"
      code_content {
        text_content = file("${path.module}/sql/hourly.sql")
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "restarts" {
  for_each            = local.applications
  alarm_name          = "fraud-${each.key}-restarts"
  namespace           = "AWS/KinesisAnalytics"
  metric_name         = "fullRestarts"
  dimensions          = { Application = "fraud-${each.key}" }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 2
  threshold           = 3
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "alerts_late" {
  alarm_name          = "fraud-alerts-late"
  namespace           = "AWS/Kinesis"
  metric_name         = "GetRecords.IteratorAgeMilliseconds"
  dimensions          = { StreamName = aws_kinesis_stream.alerts.name, ShardId = "shardId-000000000000" }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 600000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.ops_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "payments_late" {
  alarm_name          = "fraud-payments-late"
  namespace           = "AWS/Kinesis"
  metric_name         = "GetRecords.IteratorAgeMilliseconds"
  dimensions          = { StreamName = aws_kinesis_stream.payments.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 5
  threshold           = 600000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.ops_topic_arn]
}
