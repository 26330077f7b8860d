variable "name" { type = string }
variable "topic_arns" { type = list(string) }
variable "alarm_topic_arn" { type = string }

resource "aws_sqs_queue" "this" {
  name                      = "${var.name}-undelivered"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "mirror_failed" {
  name                      = "${var.name}-mirror-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue_policy" "this" {
  queue_url = aws_sqs_queue.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "sns.amazonaws.com" }
      Action    = "sqs:SendMessage"
      Resource  = aws_sqs_queue.this.arn
      Condition = { ArnEquals = { "aws:SourceArn" = var.topic_arns } }
    }]
  })
}

output "arn" {
  value = aws_sqs_queue.this.arn
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each            = toset([aws_sqs_queue.this.name, aws_sqs_queue.mirror_failed.name])
  alarm_name          = each.value
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]

  dimensions = {
    QueueName = each.value
  }
}
output "mirror_failed_arn" {
  value = aws_sqs_queue.mirror_failed.arn
}
