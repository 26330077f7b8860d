resource "aws_s3_bucket" "this" {
  for_each = toset(["scans", "letters", "forms"])
  bucket   = "${local.name}-${each.key}-${local.account}"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = aws_s3_bucket.this
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

data "aws_iam_policy_document" "from_bucket" {
  for_each = {
    scans   = aws_sqs_queue.scans.arn
    letters = aws_sqs_queue.letters.arn
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [aws_s3_bucket.this[each.key].arn]
    }
  }
}

resource "aws_sqs_queue_policy" "scans" {
  queue_url = aws_sqs_queue.scans.id
  policy    = data.aws_iam_policy_document.from_bucket["scans"].json
}

resource "aws_sqs_queue_policy" "letters" {
  queue_url = aws_sqs_queue.letters.id
  policy    = data.aws_iam_policy_document.from_bucket["letters"].json
}

resource "aws_sqs_queue_policy" "forms" {
  queue_url = aws_sqs_queue.forms.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.forms.arn
    }]
  })
}

resource "aws_s3_bucket_notification" "scans" {
  bucket     = aws_s3_bucket.this["scans"].id
  depends_on = [aws_sqs_queue_policy.scans]

  queue {
    queue_arn = aws_sqs_queue.scans.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_s3_bucket_notification" "letters" {
  bucket     = aws_s3_bucket.this["letters"].id
  depends_on = [aws_sqs_queue_policy.letters]

  queue {
    queue_arn = aws_sqs_queue.letters.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_s3_bucket_notification" "forms" {
  bucket     = aws_s3_bucket.this["forms"].id
  depends_on = [aws_sqs_queue_policy.forms]

  queue {
    queue_arn = aws_sqs_queue.forms.arn
    events    = ["s3:ObjectCreated:*"]
  }
}
