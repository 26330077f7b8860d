"""An alarm should not ask for a unit that its metric does not have.

CloudWatch gives an alarm with a Unit only the values that were written with this unit. Services write each metric with
one unit, so with another one the alarm deploys and stays in INSUFFICIENT_DATA.

What to do: remove Unit (Terraform: unit); the alarm then takes the values as they are.
"""

from awslint_memo import Findings, Resource, alarms, metrics, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    fix="safe",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        own, unit = metrics.unit(metric), metric.unit
        if own is not None and unit.text not in (None, own):
            message = f"but {metric.name.text} is published in {own}, so the alarm never has data"
            yield alarm.finding(unit, message, of="Unit", do="remove it", fix=alarm.unset(str(unit.route)))


BAD = """
Resources:
  Old:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Unit: Count
---
Resources:
  Slow:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - Id: slow
          MetricStat:
            Metric: {Namespace: AWS/Lambda, MetricName: Duration, Dimensions: [{Name: FunctionName, Value: orders}]}
            Period: 60
            Stat: p95
            Unit: Seconds
---
resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  unit        = "Count"
  dimensions = {
    DBInstanceIdentifier = "orders"
  }
}
"""

GOOD = """
Parameters: {Unit: {Type: String}, Metric: {Type: String}}
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Unit: Seconds}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Unit: !Ref Unit}}
  AnyMetric: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: !Ref Metric, Unit: Count}}
  NotInTheTable: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ApplicationELB, MetricName: RequestCount, Unit: Count}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Duration, Unit: Count}}
---
resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  unit        = ""
}
"""

FIXED = """
-      Unit: Count
---
-            Unit: Seconds
---
-  unit        = "Count"
"""
