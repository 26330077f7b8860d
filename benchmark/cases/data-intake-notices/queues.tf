resource "aws_sqs_queue" "feed" {
  for_each                   = local.feeds
  name                       = "supplier-${each.key}"
  visibility_timeout_seconds = 360
  receive_wait_time_seconds  = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "drafts" {
  name                      = "supplier-drafts"
  receive_wait_time_seconds = 20
  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "failed" {
  name                      = "supplier-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "read_failed" {
  name                      = "supplier-read-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "sign_failed" {
  name                      = "supplier-sign-failed.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "rules_failed" {
  name                      = "supplier-rules-failed"
  message_retention_seconds = 1209600
}

data "aws_iam_policy_document" "feed" {
  for_each = local.feeds
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.feed[each.key].arn]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_s3_bucket.feed[each.key].arn]
    }
  }
}

resource "aws_sqs_queue_policy" "feed" {
  for_each  = local.feeds
  queue_url = aws_sqs_queue.feed[each.key].id
  policy    = data.aws_iam_policy_document.feed[each.key].json
}

data "aws_iam_policy_document" "drafts" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.drafts.arn]
    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_sqs_queue_policy" "drafts" {
  queue_url = aws_sqs_queue.drafts.id
  policy    = data.aws_iam_policy_document.drafts.json
}

data "aws_iam_policy_document" "rules_failed" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.rules_failed.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_sqs_queue_policy" "rules_failed" {
  queue_url = aws_sqs_queue.rules_failed.id
  policy    = data.aws_iam_policy_document.rules_failed.json
}
