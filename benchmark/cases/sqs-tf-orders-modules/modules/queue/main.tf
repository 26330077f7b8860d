resource "aws_sqs_queue" "this" {
  name                        = var.name
  fifo_queue                  = var.fifo
  content_based_deduplication = var.fifo
  visibility_timeout_seconds  = var.visibility_timeout
  message_retention_seconds   = 345600
  tags                        = var.tags

  redrive_policy = var.dead_letter ? jsonencode({
    deadLetterTargetArn = aws_sqs_queue.dead_letter[0].arn
    maxReceiveCount     = 5
  }) : null
}

resource "aws_sqs_queue" "dead_letter" {
  count = var.dead_letter ? 1 : 0

  name                      = "${trimsuffix(var.name, ".fifo")}-failed"
  message_retention_seconds = 1209600
  tags                      = var.tags
}

resource "aws_cloudwatch_metric_alarm" "dead_letter" {
  count = var.dead_letter ? 1 : 0

  alarm_name          = aws_sqs_queue.dead_letter[0].name
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    QueueName = aws_sqs_queue.dead_letter[0].name
  }
}
