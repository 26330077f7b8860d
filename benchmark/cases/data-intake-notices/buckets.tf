locals {
  feeds = {
    prices = { suffix = ".csv", days = 90 }
    stock  = { suffix = ".json", days = 30 }
  }
}

resource "aws_s3_bucket" "feed" {
  for_each = local.feeds
  bucket   = "supplier-${each.key}-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket" "invoices" {
  bucket = "supplier-invoices-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket" "contracts" {
  bucket = "supplier-contracts-${data.aws_caller_identity.current.account_id}"
}

resource "aws_s3_bucket_versioning" "all" {
  for_each = {
    prices    = aws_s3_bucket.feed["prices"].id
    stock     = aws_s3_bucket.feed["stock"].id
    invoices  = aws_s3_bucket.invoices.id
    contracts = aws_s3_bucket.contracts.id
  }
  bucket = each.value
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "feed" {
  for_each = local.feeds
  bucket   = aws_s3_bucket.feed[each.key].id
  rule {
    id     = "old-feeds"
    status = "Enabled"
    filter {}
    transition {
      days          = 60
      storage_class = "STANDARD_IA"
    }
    expiration {
      days = each.value.days
    }
    noncurrent_version_expiration {
      noncurrent_days = 10
    }
  }
  depends_on = [aws_s3_bucket_versioning.all]
}

resource "aws_s3_bucket_notification" "feed" {
  for_each = local.feeds
  bucket   = aws_s3_bucket.feed[each.key].id
  queue {
    queue_arn     = aws_sqs_queue.feed[each.key].arn
    events        = ["s3:ObjectCreated:*"]
    filter_suffix = each.value.suffix
  }
  depends_on = [aws_sqs_queue_policy.feed]
}

resource "aws_s3_bucket_notification" "invoices_read" {
  bucket = aws_s3_bucket.invoices.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.read.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".pdf"
  }
  depends_on = [aws_lambda_permission.read]
}

resource "aws_s3_bucket_notification" "invoices_scan" {
  bucket = aws_s3_bucket.invoices.id
  lambda_function {
    lambda_function_arn = var.scanner_arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".zip"
  }
}

resource "aws_s3_bucket_notification" "contracts" {
  bucket      = aws_s3_bucket.contracts.id
  eventbridge = true
  lambda_function {
    id                  = "signed"
    lambda_function_arn = aws_lambda_function.sign.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "signed/"
  }
  queue {
    id            = "drafts"
    queue_arn     = aws_sqs_queue.drafts.arn
    events        = ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"]
    filter_prefix = "drafts/"
  }
  queue {
    id            = "late-drafts"
    queue_arn     = aws_sqs_queue.drafts.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "drafts/late/"
  }
  depends_on = [aws_sqs_queue_policy.drafts, aws_lambda_permission.sign]
}

resource "aws_cloudwatch_event_rule" "removed" {
  name = "supplier-contracts-removed"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Deleted"]
    detail      = { bucket = { name = [aws_s3_bucket.contracts.bucket] } }
  })
}

resource "aws_cloudwatch_event_target" "removed" {
  rule = aws_cloudwatch_event_rule.removed.name
  arn  = aws_kinesis_stream.audit.arn
  dead_letter_config {
    arn = aws_sqs_queue.rules_failed.arn
  }
}

resource "aws_cloudwatch_event_rule" "paid" {
  name = "supplier-invoices-paid"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Tags Added"]
    detail      = { bucket = { name = [aws_s3_bucket.invoices.bucket] } }
  })
}

resource "aws_cloudwatch_event_target" "paid" {
  rule     = aws_cloudwatch_event_rule.paid.name
  arn      = aws_kinesis_stream.audit.arn
  role_arn = aws_iam_role.events.arn
  dead_letter_config {
    arn = aws_sqs_queue.rules_failed.arn
  }
}

resource "aws_kinesis_stream" "audit" {
  name             = "supplier-audit"
  retention_period = 168
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}
