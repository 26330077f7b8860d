resource "aws_cloudwatch_log_group" "delivery" {
  name              = "/${local.name}/delivery"
  retention_in_days = 30
}

resource "aws_cloudwatch_log_stream" "delivery" {
  for_each       = toset(["parquet", "views", "raw"])
  name           = each.key
  log_group_name = aws_cloudwatch_log_group.delivery.name
}

resource "aws_kinesis_stream" "events" {
  name             = local.name
  retention_period = 72
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesis_firehose_delivery_stream" "parquet" {
  name        = "${local.name}-parquet"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.events.arn
    role_arn           = aws_iam_role.delivery.arn
  }

  extended_s3_configuration {
    bucket_arn          = aws_s3_bucket.lake.arn
    role_arn            = aws_iam_role.delivery.arn
    prefix              = "events/day=!{timestamp:yyyy-MM-dd}/"
    error_output_prefix = "errors/parquet/!{firehose:error-output-type}/"
    buffering_size      = 128
    buffering_interval  = 600
    compression_format  = "GZIP"

    data_format_conversion_configuration {
      input_format_configuration {
        deserializer {
          open_x_json_ser_de {}
        }
      }
      output_format_configuration {
        serializer {
          parquet_ser_de {
            compression = "SNAPPY"
          }
        }
      }
      schema_configuration {
        database_name = aws_glue_catalog_database.events.name
        table_name    = aws_glue_catalog_table.events.name
        role_arn      = aws_iam_role.delivery.arn
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.delivery.name
      log_stream_name = aws_cloudwatch_log_stream.delivery["parquet"].name
    }
  }

  depends_on = [aws_iam_role_policy.delivery]
}

resource "aws_kinesis_firehose_delivery_stream" "views" {
  name        = "${local.name}-views"
  destination = "extended_s3"

  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.events.arn
    role_arn           = aws_iam_role.views.arn
  }

  extended_s3_configuration {
    bucket_arn          = aws_s3_bucket.lake.arn
    role_arn            = aws_iam_role.delivery.arn
    prefix              = "events/views/day=!{timestamp:yyyy-MM-dd}/"
    error_output_prefix = "errors/views/!{firehose:error-output-type}/"
    buffering_size      = 32
    buffering_interval  = 300
    compression_format  = "UNCOMPRESSED"

    processing_configuration {
      enabled = true
      processors {
        type = "Lambda"
        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "${aws_lambda_function.views.arn}:$LATEST"
        }
        parameters {
          parameter_name  = "BufferSizeInMBs"
          parameter_value = "5"
        }
        parameters {
          parameter_name  = "BufferIntervalInSeconds"
          parameter_value = "60"
        }
      }
    }

    data_format_conversion_configuration {
      input_format_configuration {
        deserializer {
          open_x_json_ser_de {}
        }
      }
      output_format_configuration {
        serializer {
          parquet_ser_de {}
        }
      }
      schema_configuration {
        database_name = aws_glue_catalog_database.events.name
        table_name    = aws_glue_catalog_table.events.name
        role_arn      = aws_iam_role.delivery.arn
      }
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.delivery.name
      log_stream_name = aws_cloudwatch_log_stream.delivery["views"].name
    }
  }

  depends_on = [aws_iam_role_policy.delivery]
}

resource "aws_kinesis_firehose_delivery_stream" "raw" {
  name        = "${local.name}-raw"
  destination = "extended_s3"

  extended_s3_configuration {
    bucket_arn         = var.partner_bucket_arn
    role_arn           = aws_iam_role.delivery.arn
    prefix             = "from-us/!{timestamp:yyyy/MM/dd}/"
    buffering_size     = 5
    buffering_interval = 60
    compression_format = "GZIP"

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.delivery.name
      log_stream_name = aws_cloudwatch_log_stream.delivery["raw"].name
    }
  }
}

resource "aws_lambda_function" "views" {
  function_name    = "${local.name}-views"
  role             = aws_iam_role.function.arn
  runtime          = "python3.13"
  handler          = "views.handler"
  filename         = "${path.module}/build/views.zip"
  source_code_hash = filebase64sha256("${path.module}/build/views.zip")
  timeout          = 300
  memory_size      = 512
}

resource "aws_cloudwatch_metric_alarm" "parquet_freshness" {
  alarm_name          = "${local.name}-parquet-late"
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToS3.DataFreshness"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.parquet.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1800
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "views_freshness" {
  alarm_name          = "${local.name}-views-late"
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToS3.DataFreshness"
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.views.name }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 1800
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
}
