resource "aws_sns_topic" "on_call" {
  name = "fleet-${var.environment}-on-call"
}

resource "aws_sns_topic_subscription" "on_call" {
  for_each = toset(var.on_call_emails)

  topic_arn = aws_sns_topic.on_call.arn
  protocol  = "email"
  endpoint  = each.value
}

module "service_alarms" {
  source   = "./modules/service_alarms"
  for_each = var.services

  cluster_name     = var.cluster_name
  service_name     = each.key
  memory_threshold = each.value
  cpu_threshold    = 85
  actions_enabled  = var.page_on_alarm
  action_arns      = [aws_sns_topic.on_call.arn]
  ok_arns          = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_log_metric_filter" "slow_queries" {
  name           = "slow-queries"
  log_group_name = "/fleet/${var.environment}/queries"
  pattern        = "{ $.duration_ms > ${var.slow_threshold_ms} }"

  metric_transformation {
    name          = "SlowQueries"
    namespace     = "Fleet/Queries"
    value         = "1"
    default_value = "0"
  }
}

resource "aws_cloudwatch_metric_alarm" "slow_queries" {
  alarm_name          = "fleet-${var.environment}-slow-queries"
  namespace           = aws_cloudwatch_log_metric_filter.slow_queries.metric_transformation[0].namespace
  metric_name         = aws_cloudwatch_log_metric_filter.slow_queries.metric_transformation[0].name
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 50
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  actions_enabled     = var.notify_on_slow_queries
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

output "topic_arn" {
  value = aws_sns_topic.on_call.arn
}
