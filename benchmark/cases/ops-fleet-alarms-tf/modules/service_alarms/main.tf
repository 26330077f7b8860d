locals {
  dimensions = {
    ClusterName = var.cluster_name
    ServiceName = var.service_name
  }

  utilization = {
    cpu    = { metric = "CPUUtilization", threshold = var.cpu_threshold }
    memory = { metric = "MemoryUtilization", threshold = 90 }
  }
}

resource "aws_cloudwatch_metric_alarm" "utilization" {
  for_each = local.utilization

  alarm_name          = "${var.cluster_name}-${var.service_name}-${each.key}"
  namespace           = "AWS/ECS"
  metric_name         = each.value.metric
  dimensions          = local.dimensions
  statistic           = "Average"
  period              = var.period
  evaluation_periods  = 5
  threshold           = each.value.threshold
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  actions_enabled     = var.actions_enabled
  alarm_actions       = var.action_arns
  ok_actions          = var.ok_arns
}

resource "aws_cloudwatch_metric_alarm" "no_tasks" {
  alarm_name          = "${var.cluster_name}-${var.service_name}-no-tasks"
  alarm_description   = "No task of the service reports"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  dimensions          = { ServiceName = var.service_name }
  statistic           = "SampleCount"
  period              = var.period
  evaluation_periods  = 3
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = var.action_arns
}

resource "aws_cloudwatch_metric_alarm" "restarts" {
  alarm_name          = "${var.cluster_name}-${var.service_name}-running"
  alarm_description   = "Fewer tasks run than wanted; needs Container Insights, which the platform team turns on"
  evaluation_periods  = 10
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.action_arns

  metric_query {
    id          = "missing"
    expression  = "desired - running"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { desired = "DesiredTaskCount", running = "RunningTaskCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "ECS/ContainerInsights"
        metric_name = metric_query.value
        dimensions  = local.dimensions
        period      = 60
        stat        = "Average"
      }
    }
  }
}
