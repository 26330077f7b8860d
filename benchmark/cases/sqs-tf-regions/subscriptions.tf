resource "aws_sns_topic_subscription" "booking" {
  topic_arn            = aws_sns_topic.reservations.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.booking.arn
  raw_message_delivery = true
  filter_policy        = jsonencode({ kind = ["booking"] })
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })
}

resource "aws_sns_topic_subscription" "cancelling" {
  topic_arn            = aws_sns_topic.reservations.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.cancelling.arn
  raw_message_delivery = true
  filter_policy = jsonencode({
    kind    = ["cancellation"]
    channel = ["web", "phone", "desk", "partner", "app", "agency"]
    country = ["de", "at", "ch", "fr", "it", "es"]
    rate    = ["flex", "saver", "group", "crew", "staff"]
  })
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })
}

resource "aws_sns_topic_subscription" "standby" {
  topic_arn            = aws_sns_topic.reservations.arn
  protocol             = "sqs"
  endpoint             = aws_sqs_queue.standby.arn
  raw_message_delivery = true
  redrive_policy       = jsonencode({ deadLetterTargetArn = aws_sqs_queue.undelivered.arn })
}

data "aws_iam_policy_document" "from_topic" {
  for_each = {
    booking     = aws_sqs_queue.booking.arn
    cancelling  = aws_sqs_queue.cancelling.arn
    standby     = aws_sqs_queue.standby.arn
    undelivered = aws_sqs_queue.undelivered.arn
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [each.value]
    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.reservations.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "from_topic" {
  for_each = {
    booking     = aws_sqs_queue.booking.id
    cancelling  = aws_sqs_queue.cancelling.id
    undelivered = aws_sqs_queue.undelivered.id
  }
  queue_url = each.value
  policy    = data.aws_iam_policy_document.from_topic[each.key].json
}

resource "aws_sqs_queue_policy" "standby" {
  provider  = aws.dublin
  queue_url = aws_sqs_queue.standby.id
  policy    = data.aws_iam_policy_document.from_topic["standby"].json
}
