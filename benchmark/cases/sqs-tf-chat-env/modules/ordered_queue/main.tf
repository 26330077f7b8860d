variable "name" { type = string }
variable "alarm_topic_arn" { type = string }

variable "scope" {
  type    = string
  default = "queue"
}

variable "limit" {
  type    = string
  default = "perQueue"
}

variable "failed_fifo" {
  type    = bool
  default = true
}

resource "aws_sqs_queue" "this" {
  name                        = var.name
  fifo_queue                  = true
  content_based_deduplication = true
  deduplication_scope         = var.scope
  fifo_throughput_limit       = var.limit
  visibility_timeout_seconds  = 360
  redrive_policy              = jsonencode({ deadLetterTargetArn = aws_sqs_queue.failed.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "failed" {
  name                      = "${trimsuffix(var.name, ".fifo")}-failed.fifo"
  fifo_queue                = var.failed_fifo
  message_retention_seconds = 1209600
}

resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = aws_sqs_queue.failed.name
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = [var.alarm_topic_arn]
  dimensions          = { QueueName = aws_sqs_queue.failed.name }
}

output "arn" {
  value = aws_sqs_queue.this.arn
}
