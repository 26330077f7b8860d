resource "aws_cloudwatch_metric_alarm" "failed" {
  for_each = {
    cancelling  = aws_sqs_queue.cancelling_failed.name
    undelivered = aws_sqs_queue.undelivered.name
    standby     = aws_sqs_queue.standby_failed.name
  }

  alarm_name          = "${local.name}-${each.key}"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alarm_topic_arn]
  dimensions          = { QueueName = each.value }
}

resource "aws_cloudwatch_metric_alarm" "booking_failed" {
  provider            = aws.dublin
  alarm_name          = "${local.name}-booking"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.dublin_alarm_topic_arn]

  dimensions = {
    QueueName = aws_sqs_queue.booking_failed.name
  }
}
