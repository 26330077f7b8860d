data "aws_iam_policy_document" "codedeploy_assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["codedeploy.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "codedeploy" {
  name               = "reporting-${var.environment}-codedeploy"
  assume_role_policy = data.aws_iam_policy_document.codedeploy_assume.json
}

resource "aws_iam_role_policy_attachment" "codedeploy" {
  role       = aws_iam_role.codedeploy.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSCodeDeployRole"
}

resource "aws_codedeploy_app" "reporting" {
  name             = "reporting-${var.environment}"
  compute_platform = "Server"
}

resource "aws_codedeploy_deployment_config" "web" {
  deployment_config_name = "reporting-${var.environment}-web"
  compute_platform       = "Server"
  minimum_healthy_hosts {
    type  = "HOST_COUNT"
    value = var.web_healthy_hosts
  }
}

resource "aws_codedeploy_deployment_config" "worker" {
  deployment_config_name = "reporting-${var.environment}-worker"
  minimum_healthy_hosts {
    type  = "FLEET_PERCENT"
    value = 67
  }
}

resource "aws_codedeploy_deployment_config" "batch" {
  deployment_config_name = "reporting-${var.environment}-batch"
  minimum_healthy_hosts {
    type  = "FLEET_PERCENT"
    value = 66
  }
}

resource "aws_cloudwatch_metric_alarm" "web_unhealthy" {
  alarm_name          = "reporting-${var.environment}-web-5xx"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "HTTPCode_Target_5XX_Count"
  dimensions          = { TargetGroup = aws_lb_target_group.web.arn_suffix, LoadBalancer = join("/", slice(split("/", var.listener_arn), 1, 4)) }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 3
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.alert_topic_arn]
}

resource "aws_codedeploy_deployment_group" "web" {
  app_name               = aws_codedeploy_app.reporting.name
  deployment_group_name  = "web"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = aws_codedeploy_deployment_config.web.id
  autoscaling_groups     = [aws_autoscaling_group.fleet["web"].name]

  deployment_style {
    deployment_type   = "IN_PLACE"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }
  load_balancer_info {
    target_group_info {
      name = aws_lb_target_group.web.name
    }
  }
  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.web_unhealthy.alarm_name]
  }
  auto_rollback_configuration {
    enabled = true
    events  = var.rollback_events
  }
}

resource "aws_codedeploy_deployment_group" "worker" {
  app_name               = aws_codedeploy_app.reporting.name
  deployment_group_name  = "worker"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = aws_codedeploy_deployment_config.worker.id
  autoscaling_groups     = [aws_autoscaling_group.fleet["worker"].name]

  deployment_style {
    deployment_type   = "IN_PLACE"
    deployment_option = "WITHOUT_TRAFFIC_CONTROL"
  }
  auto_rollback_configuration {
    enabled = true
    events  = ["DEPLOYMENT_FAILURE"]
  }
}

resource "aws_codedeploy_deployment_group" "batch" {
  app_name               = aws_codedeploy_app.reporting.name
  deployment_group_name  = "batch"
  service_role_arn       = aws_iam_role.codedeploy.arn
  deployment_config_name = aws_codedeploy_deployment_config.batch.id
  autoscaling_groups     = [aws_autoscaling_group.fleet["batch"].name]

  deployment_style {
    deployment_type   = "IN_PLACE"
    deployment_option = "WITH_TRAFFIC_CONTROL"
  }
  auto_rollback_configuration {
    enabled = false
  }
}

output "application" {
  value = aws_codedeploy_app.reporting.name
}
