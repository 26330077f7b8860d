"""A health check should name an alarm that Route 53 can read.

Route 53 reads the metric of the alarm itself, in the Region that AlarmIdentifier names. It supports no percentiles and
no periods below a minute, and finds nothing in another Region, so the check tells nothing.

What to do: give the alarm a Statistic and a Period of 60 s or more, and set AlarmIdentifier.Region (Terraform:
cloudwatch_alarm_region) to its Region.
"""

from awslint_memo import Findings, Resource, alarms, health_checks, metrics, regions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Route53::HealthCheck",
    memo="プライマリが利用できない場合にセカンダリにトラフィックを自動的にフェイルオーバーさせます",
    aws="Route53/latest/APIReference/API_AlarmIdentifier.html",
)
def check(health_check: Resource) -> Findings:
    named = health_checks.setting(health_check, "AlarmIdentifier.Name")
    alarm = health_check.deployment.find(named, alarms.ALARM)
    if alarm is None:
        return
    extended, period = alarm.get("ExtendedStatistic"), alarm.get("Period")
    start = f"names the alarm {alarm.title}"
    if extended.text:
        message = f"{start} on {extended.text}, but Route 53 supports no percentiles"
        yield health_check.finding(named, message, do="give the alarm a Statistic", related=[(extended, "the alarm")])
    if period.below(metrics.RESOLUTION):
        message = f"{start} with a Period of {period.number:g} s, but Route 53 supports none below 60 s"
        yield health_check.finding(named, message, do="set its Period to 60", related=[(period, "the alarm")])
    told, home = health_checks.setting(health_check, "AlarmIdentifier.Region"), regions.told(alarm)
    if home is not None and told.is_same_as(home) is False:
        message = f"but the alarm {alarm.title} is in {home.text}, so Route 53 does not find it"
        yield health_check.finding(told, message, do=f"set it to {home.text}", related=[(alarm, "the alarm")])


BAD = """
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: TargetResponseTime, ExtendedStatistic: p95, Period: 60}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: !Ref Slow, Region: !Ref AWS::Region}}}}
---
Resources:
  Lost: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmName: lost, Namespace: Shop, MetricName: Lost, Statistic: Sum, Period: 10}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: lost, Region: eu-west-1}}}}
---
provider "aws" {
  region = "eu-west-1"
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_name  = "lost"
  namespace   = "Shop"
  metric_name = "Lost"
  statistic   = "Sum"
  period      = 60
}

resource "aws_route53_health_check" "lost" {
  type                    = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name   = aws_cloudwatch_metric_alarm.lost.alarm_name
  cloudwatch_alarm_region = "us-east-1"
}
"""

GOOD = """
Parameters: {Statistic: {Type: String}, Alarm: {Type: String}, Region: {Type: String}}
Resources:
  Lost: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost, Statistic: Sum, Period: 60}}
  Check: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: !Ref Lost, Region: !Ref Region}}}}
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Lost, ExtendedStatistic: !Ref Statistic, Period: 60}}
  OfAny: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: !Ref Any, Region: eu-west-1}}}}
  Elsewhere: {Type: AWS::Route53::HealthCheck, Properties: {HealthCheckConfig: {Type: CLOUDWATCH_METRIC, AlarmIdentifier: {Name: !Ref Alarm, Region: us-east-1}}}}
---
provider "aws" {
  region = "eu-west-1"
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_name  = "lost"
  namespace   = "Shop"
  metric_name = "Lost"
  statistic   = "Sum"
  period      = 60
}

resource "aws_route53_health_check" "lost" {
  type                    = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name   = aws_cloudwatch_metric_alarm.lost.alarm_name
  cloudwatch_alarm_region = "eu-west-1"
}
"""
