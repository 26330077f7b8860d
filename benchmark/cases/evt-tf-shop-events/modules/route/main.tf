resource "aws_cloudwatch_event_rule" "this" {
  name           = var.name
  event_bus_name = var.bus_name
  event_pattern = jsonencode({
    source        = ["shop"]
    "detail-type" = var.detail_types
  })
}

resource "aws_cloudwatch_event_target" "this" {
  rule           = aws_cloudwatch_event_rule.this.name
  event_bus_name = aws_cloudwatch_event_rule.this.event_bus_name
  target_id      = "queue"
  arn            = var.queue_arn

  retry_policy {
    maximum_retry_attempts       = 30
    maximum_event_age_in_seconds = 21600
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_arn == null ? [] : [var.dead_letter_arn]
    content {
      arn = dead_letter_config.value
    }
  }
}

data "aws_iam_policy_document" "queue" {
  statement {
    sid       = "Rule"
    actions   = ["sqs:SendMessage"]
    resources = [var.queue_arn]
    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.this.arn]
    }
  }

  dynamic "statement" {
    for_each = length(var.topic_arns) > 0 ? [1] : []
    content {
      sid       = "Topics"
      actions   = ["sqs:SendMessage"]
      resources = [var.queue_arn]
      principals {
        type        = "Service"
        identifiers = ["sns.amazonaws.com"]
      }
      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = var.topic_arns
      }
    }
  }
}

resource "aws_sqs_queue_policy" "queue" {
  queue_url = var.queue_url
  policy    = data.aws_iam_policy_document.queue.json
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  count               = var.alarm_topic_arn == null ? 0 : 1
  alarm_name          = "${var.name}-failed"
  namespace           = "AWS/Events"
  metric_name         = "FailedInvocations"
  dimensions          = { RuleName = aws_cloudwatch_event_rule.this.name, EventBusName = var.bus_name }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
}
