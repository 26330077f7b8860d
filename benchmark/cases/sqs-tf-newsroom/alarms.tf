resource "aws_sns_topic" "oncall" {
  name = "${local.name}-oncall"
}

resource "aws_sns_topic_policy" "oncall" {
  arn = aws_sns_topic.oncall.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "budgets.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.oncall.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = aws_sns_topic.oncall.arn
  protocol  = "email"
  endpoint  = var.oncall_email
}

resource "aws_sns_topic" "desk" {
  name = "${local.name}-desk"
}

resource "aws_sns_topic_policy" "desk" {
  arn = aws_sns_topic.desk.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"] }
      Action    = "sns:Publish"
      Resource  = aws_sns_topic.desk.arn
    }]
  })
}

resource "aws_sns_topic_subscription" "desk_mail" {
  topic_arn = aws_sns_topic.desk.arn
  protocol  = "email"
  endpoint  = var.editors_email
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "${local.name}-failed"
  namespace           = "AWS/SQS"
  metric_name         = "NumberOfMessagesSent"
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.oncall.arn, aws_sns_topic.desk.arn]

  dimensions = {
    QueueName = aws_sqs_queue.failed.name
  }
}

resource "aws_cloudwatch_metric_alarm" "others" {
  for_each = toset([aws_sqs_queue.errata_failed.name, aws_sqs_queue.undelivered.name, aws_sqs_queue.errata_undelivered.name])

  alarm_name          = each.value
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.desk.arn]

  dimensions = {
    QueueName = each.value
  }
}
