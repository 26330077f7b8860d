"""An alarm that guards a deployment should turn while the traffic still moves.

CodeDeploy goes back when an alarm goes into ALARM before all traffic is at the new version. An alarm that looks at more time than
the whole canary takes, as three periods of 300 s beside five minutes, turns when it is too late.

What to do: give the alarm shorter or fewer periods, or the deployment more time (Canary10Percent15Minutes).
"""

from awslint_memo import Findings, Resource, rule, shift_times


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CodeDeploy::DeploymentGroup",
    memo="これは一気に新しいバージョンに切り替えることによる思わぬトラブルを避けるためです",
    aws="codedeploy/latest/userguide/monitoring-create-alarms.html",
)
def check(group: Resource) -> Findings:
    slow = shift_times.too_slow(group)
    if slow is not None:
        alarm, periods, looked, whole = slow
        period = alarm.get("Period").text
        message = (
            f"so with a Period of {period} s it turns after {looked:g} s, but all traffic has moved after {whole:g} s"
        )
        do = f"let it turn within {whole:g} s, or deploy more slowly"
        yield alarm.finding(periods, message, do=do, related=[(group, "is guarded by it")])


BAD = """
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 300, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Releases: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Errors}]}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 300, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Quote: {Type: AWS::Serverless::Function, Properties: {CodeUri: a/, Handler: a.b, Runtime: python3.13, AutoPublishAlias: live, DeploymentPreference: {Type: Linear10PercentEvery1Minute, Alarms: [!Ref Errors]}}}
---
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  period              = 300
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "r"
  deployment_config_name = "CodeDeployDefault.LambdaCanary10Percent5Minutes"

  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
}
---
Resources:
  Errors: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 300, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Tenths: {Type: AWS::CodeDeploy::DeploymentConfig, Properties: {ComputePlatform: Lambda, TrafficRoutingConfig: {Type: TimeBasedLinear, TimeBasedLinear: {LinearPercentage: 10, LinearInterval: 1}}}}
  Releases: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: !Ref Tenths, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Errors}]}}}
---
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  period              = 300
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
}

resource "aws_codedeploy_deployment_config" "canary" {
  deployment_config_name = "canary"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "TimeBasedCanary"

    time_based_canary {
      interval   = 5
      percentage = 10
    }
  }
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "r"
  deployment_config_name = aws_codedeploy_deployment_config.canary.id

  alarm_configuration {
    enabled = true
    alarms  = [aws_cloudwatch_metric_alarm.errors.alarm_name]
  }
}
"""

GOOD = """
Parameters: {Period: {Type: Number}, Name: {Type: String}}
Resources:
  Fast: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 300, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  OneOf: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: 60, EvaluationPeriods: 10, DatapointsToAlarm: 2, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Period: !Ref Period, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold}}
  Both: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Slow}, {Name: !Ref Fast}]}}}
  Long: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent15Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Slow}]}}}
  Points: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref OneOf}]}}}
  AnyPeriod: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Any}]}}}
  Elsewhere: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Name}, {Name: !Ref Slow}]}}}
  Off: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.LambdaCanary10Percent5Minutes, AlarmConfiguration: {Enabled: false, Alarms: [{Name: !Ref Slow}]}}}
  # After the traffic has moved, the old tasks still wait.
  Tasks: {Type: AWS::CodeDeploy::DeploymentGroup, Properties: {ApplicationName: a, ServiceRoleArn: r, DeploymentConfigName: CodeDeployDefault.ECSCanary10Percent5Minutes, AlarmConfiguration: {Enabled: true, Alarms: [{Name: !Ref Slow}]}}}
---
resource "aws_codedeploy_deployment_config" "all" {
  deployment_config_name = "all"
  compute_platform       = "Lambda"

  traffic_routing_config {
    type = "AllAtOnce"
  }
}

resource "aws_codedeploy_deployment_group" "orders" {
  app_name               = "orders"
  deployment_group_name  = "orders"
  service_role_arn       = "r"
  deployment_config_name = aws_codedeploy_deployment_config.all.id
}
"""
