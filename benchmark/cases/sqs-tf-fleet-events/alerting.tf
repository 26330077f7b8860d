resource "aws_sns_topic" "oncall" {
  name              = "${local.name}-oncall"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "oncall" {
  topic_arn = aws_sns_topic.oncall.arn
  protocol  = "email"
  endpoint  = var.oncall_email
}

resource "aws_cloudwatch_metric_alarm" "queues" {
  for_each = toset(concat(
    [aws_sqs_queue.failed.name, aws_sqs_queue.charging_failed.name],
    [for q in aws_sqs_queue.undelivered : q.name],
  ))

  alarm_name          = each.value
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [aws_sns_topic.oncall.arn]
  dimensions          = { QueueName = each.value }
}

resource "aws_sns_topic" "vehicles" {
  name              = "${local.name}-vehicles"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "vehicles" {
  topic_arn = aws_sns_topic.vehicles.arn
  protocol  = "email"
  endpoint  = var.oncall_email
}

resource "aws_iam_role_policy" "dispatcher" {
  name = "vehicles-topic"
  role = aws_iam_role.functions.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = aws_sns_topic.vehicles.arn }]
  })
}
