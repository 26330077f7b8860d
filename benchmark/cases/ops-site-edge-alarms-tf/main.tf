resource "aws_sns_topic" "on_call" {
  name = "site-on-call"
}

resource "aws_sns_topic_subscription" "on_call" {
  topic_arn = aws_sns_topic.on_call.arn
  protocol  = "email"
  endpoint  = var.on_call_email
}

resource "aws_sns_topic" "on_call_global" {
  provider = aws.global
  name     = "site-on-call"
}

resource "aws_sns_topic_subscription" "on_call_global" {
  provider  = aws.global
  topic_arn = aws_sns_topic.on_call_global.arn
  protocol  = "email"
  endpoint  = var.on_call_email
}

resource "aws_cloudwatch_metric_alarm" "site_errors" {
  alarm_name          = "site-5xx-rate"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = var.distribution_id, Region = "Global" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_metric_alarm" "asset_errors" {
  provider = aws.global

  alarm_name          = "assets-5xx-rate"
  namespace           = "AWS/CloudFront"
  metric_name         = "5xxErrorRate"
  dimensions          = { DistributionId = var.assets_distribution_id, Region = "Global" }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.on_call_global.arn]
}

resource "aws_cloudwatch_metric_alarm" "asset_not_found" {
  provider = aws.global

  alarm_name          = "assets-4xx-rate"
  namespace           = "AWS/CloudFront"
  metric_name         = "4xxErrorRate"
  dimensions          = { DistributionId = var.assets_distribution_id, Region = "Global" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 100
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.on_call_global.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_unhealthy" {
  provider = aws.global

  alarm_name          = "api-unhealthy"
  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckStatus"
  dimensions          = { HealthCheckId = var.api_health_check_id }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_metric_alarm" "api_flapping" {
  provider = aws.global

  alarm_name          = "api-partly-unhealthy"
  namespace           = "AWS/Route53"
  metric_name         = "HealthCheckPercentageHealthy"
  dimensions          = { HealthCheckId = var.api_health_check_id }
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  threshold           = 80
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.on_call_global.arn, var.status_topic_arn]
}

resource "aws_cloudwatch_metric_alarm" "origin_errors" {
  alarm_name          = "origin-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { LoadBalancer = var.origin_load_balancer }
  statistic           = "Sum"
  period              = 10
  evaluation_periods  = 6
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_metric_alarm" "origin_queue" {
  alarm_name          = "origin-render-queue"
  alarm_description   = "Written by the renderer with StorageResolution 1"
  namespace           = "Site/Renderer"
  metric_name         = "QueuedPages"
  statistic           = "Maximum"
  period              = 10
  evaluation_periods  = 6
  threshold           = 200
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_metric_alarm" "origin_healthy" {
  alarm_name          = "origin-healthy-hosts"
  namespace           = "AWS/NetworkELB"
  metric_name         = "HealthyHostCount"
  dimensions          = { LoadBalancer = var.origin_load_balancer, TargetGroup = var.origin_target_group }
  statistic           = "Minimum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 2
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

resource "aws_cloudwatch_metric_alarm" "origin_unhealthy" {
  alarm_name          = "origin-unhealthy-hosts"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "UnHealthyHostCount"
  dimensions          = { LoadBalancer = var.origin_load_balancer, TargetGroup = var.origin_target_group }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}

output "topics" {
  value = {
    regional = aws_sns_topic.on_call.arn
    global   = aws_sns_topic.on_call_global.arn
  }
}
