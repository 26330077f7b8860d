resource "aws_sqs_queue" "trips" {
  name                       = "${local.name}-trips"
  visibility_timeout_seconds = 240
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "alerts" {
  name                       = "${local.name}-alerts"
  visibility_timeout_seconds = 240
  redrive_policy             = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "charging" {
  name                        = "${local.name}-charging.fifo"
  fifo_queue                  = true
  content_based_deduplication = true
  visibility_timeout_seconds  = 240
  redrive_policy              = jsonencode({ deadLetterTargetArn = aws_sqs_queue.charging_failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "charging_failed" {
  name                      = "${local.name}-charging-failed.fifo"
  fifo_queue                = true
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue",
    sourceQueueArns   = ["arn:aws:sqs:${var.region}:${var.account}:${local.name}-trips", "arn:aws:sqs:${var.region}:${var.account}:${local.name}-alerts"]
  })
}

resource "aws_sqs_queue" "undelivered" {
  for_each                  = toset(["trips", "alerts", "charging"])
  name                      = "${local.name}-undelivered-${each.key}"
  message_retention_seconds = 1209600
}

data "aws_iam_policy_document" "alerts" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.alerts.arn, aws_sqs_queue.trips.arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.alerts.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "alerts" {
  queue_url = aws_sqs_queue.alerts.id
  policy    = data.aws_iam_policy_document.alerts.json
}

resource "aws_sqs_queue_policy" "charging" {
  queue_url = aws_sqs_queue.charging.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.charging.arn
      Condition = { ArnEquals = { "aws:SourceArn" = aws_cloudwatch_event_rule.charging.arn } }
    }]
  })
}

data "aws_iam_policy_document" "undelivered" {
  for_each = {
    trips    = aws_cloudwatch_event_rule.trips.arn
    alerts   = aws_cloudwatch_event_rule.alerts.arn
    charging = aws_cloudwatch_event_rule.trips.arn
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.undelivered[each.key].arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [each.value]
    }
  }
}

resource "aws_sqs_queue_policy" "undelivered" {
  for_each  = aws_sqs_queue.undelivered
  queue_url = each.value.id
  policy    = data.aws_iam_policy_document.undelivered[each.key].json
}
