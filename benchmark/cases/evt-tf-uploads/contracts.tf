resource "aws_cloudwatch_event_rule" "signed" {
  name = "${var.project}-signed"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail = {
      bucket = { name = [aws_s3_bucket.this["contracts"].bucket] }
      object = { key = [{ prefix = "signed/" }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "signed" {
  rule      = aws_cloudwatch_event_rule.signed.name
  target_id = "queue"
  arn       = aws_sqs_queue.contracts.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_event_rule" "replaced" {
  name = "${var.project}-replaced"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["s3:ObjectCreated:Put"]
    detail = {
      bucket = { name = [aws_s3_bucket.this["contracts"].bucket] }
      object = { key = [{ prefix = "templates/" }] }
    }
  })
}

resource "aws_cloudwatch_event_target" "replaced" {
  rule      = aws_cloudwatch_event_rule.replaced.name
  target_id = "queue"
  arn       = aws_sqs_queue.contracts.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_event_rule" "exported" {
  name = "${var.project}-exported"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail = {
      bucket = { name = [aws_s3_bucket.this["exports"].bucket] }
    }
  })
}

resource "aws_cloudwatch_event_target" "exported" {
  rule      = aws_cloudwatch_event_rule.exported.name
  target_id = "queue"
  arn       = aws_sqs_queue.contracts.arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}

resource "aws_cloudwatch_event_rule" "archived" {
  name = "${var.project}-archived"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["AWS API Call via CloudTrail"]
    detail = {
      eventSource       = ["s3.amazonaws.com"]
      eventName         = ["PutBucketLifecycle"]
      requestParameters = { bucketName = [aws_s3_bucket.this["exports"].bucket] }
    }
  })
}

resource "aws_cloudwatch_event_target" "archived" {
  rule      = aws_cloudwatch_event_rule.archived.name
  target_id = "desk"
  arn       = var.desk_topic_arn

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }
}
