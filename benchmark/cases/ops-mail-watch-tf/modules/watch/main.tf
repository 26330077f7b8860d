variable "name" { type = string }
variable "queue_name" { type = string }

variable "max_age" {
  description = "Seconds that a message may wait"
  type        = number
}

variable "period" {
  type    = number
  default = 60
}

variable "periods" {
  type    = number
  default = 5
}

variable "notify" {
  description = "Topics that get the alarms"
  type        = list(string)
  default     = []
}

resource "aws_cloudwatch_metric_alarm" "age" {
  alarm_name          = "${var.name}-age"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = var.queue_name }
  statistic           = "Maximum"
  period              = var.period
  evaluation_periods  = var.periods
  threshold           = var.max_age
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.notify
}

output "age_alarm" {
  value = aws_cloudwatch_metric_alarm.age.alarm_name
}
