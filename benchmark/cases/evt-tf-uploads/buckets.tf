resource "aws_s3_bucket" "this" {
  for_each = toset(["photos", "contracts", "exports"])
  bucket   = "${var.project}-${each.key}-${data.aws_caller_identity.this.account_id}"
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each                = aws_s3_bucket.this
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_notification" "photos" {
  bucket = aws_s3_bucket.this["photos"].id

  queue {
    id            = "resize"
    queue_arn     = aws_sqs_queue.resize.arn
    events        = ["s3:ObjectCreated:*"]
    filter_prefix = "original/"
  }

  queue {
    id            = "forget"
    queue_arn     = aws_sqs_queue.resize.arn
    events        = ["s3:ObjectRemoved:*"]
    filter_prefix = "original/"
  }

  depends_on = [aws_sqs_queue_policy.resize]
}

resource "aws_s3_bucket_notification" "contracts" {
  bucket      = aws_s3_bucket.this["contracts"].id
  eventbridge = true
}

resource "aws_s3_bucket_notification" "exports" {
  bucket = aws_s3_bucket.this["exports"].id

  topic {
    id            = "done"
    topic_arn     = aws_sns_topic.exports.arn
    events        = ["s3:ObjectCreated:*"]
    filter_suffix = ".done"
  }

  depends_on = [aws_sns_topic_policy.exports]
}
