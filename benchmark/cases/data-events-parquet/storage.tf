resource "aws_s3_bucket" "lake" {
  bucket = "${local.name}-lake-${local.account}"
}

resource "aws_s3_bucket_versioning" "lake" {
  bucket = aws_s3_bucket.lake.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket     = aws_s3_bucket.lake.id
  depends_on = [aws_s3_bucket_versioning.lake]

  rule {
    id     = "events"
    status = "Enabled"
    filter {
      prefix = "events/"
    }
    transition {
      days          = 90
      storage_class = "STANDARD_IA"
    }
    expiration {
      days = 730
    }
    noncurrent_version_expiration {
      noncurrent_days = 14
    }
  }

  rule {
    id     = "errors"
    status = "Enabled"
    filter {
      prefix = "errors/"
    }
    expiration {
      days = 60
    }
  }
}

resource "aws_glue_catalog_database" "events" {
  name = "product_events"
}

resource "aws_glue_catalog_table" "events" {
  name          = "events"
  database_name = aws_glue_catalog_database.events.name
  table_type    = "EXTERNAL_TABLE"
  parameters    = { classification = "parquet" }
  storage_descriptor {
    location      = "s3://${aws_s3_bucket.lake.bucket}/events/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }
    dynamic "columns" {
      for_each = { event_id = "string", kind = "string", at = "timestamp", payload = "string" }
      content {
        name = columns.key
        type = columns.value
      }
    }
  }
}
