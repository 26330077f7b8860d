"""An alarm should not watch the Sum of what is measured.

An age, a utilization or the number of waiting messages is measured every minute, and in more than one place. The Sum adds
these measurements up: it is five times as great in 300 s as in 60 s, and says nothing about the value.

What to do: set Statistic (Terraform: statistic) to Maximum, or Average, and Threshold to one for a single measurement.
"""

from awslint_memo import Findings, Fix, Resource, alarms, metrics, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    fix="unsafe",
    useless_with=alarms.NEVER_DATA,
)
def check(alarm: Resource) -> Findings:
    threshold = alarm.get("Threshold")
    for metric in alarms.metrics(alarm):
        # A sum is above or below 0 or 1 where one of its values is.
        is_told = threshold.number is not None and threshold.number > 1 and metric.period.above(metrics.RESOLUTION)
        if metric.is_compared and is_told and metric.statistic.text == "Sum" and metrics.is_level(metric):
            message = f"but {metric.name.text} is measured, so its Sum grows with the number of measurements"
            most = metrics.greatest(metric, "Maximum")
            # A threshold that one measurement may reach is one of it; any other may be meant for the sum.
            fits = most is not None and threshold.number is not None and threshold.number < most
            do = "set it to Maximum" + ("" if fits else ", and the threshold to what one measurement should stay below")
            unsafe = "changes what the threshold is compared with"
            fix = (
                alarm.set(str(metric.statistic.route), "Maximum", unsafe=unsafe)
                if fits
                else Fix.lacks("the threshold may be meant for the sum, and would have to change too")
            )
            yield alarm.finding(metric.statistic, message, do=do, fix=fix)


BAD = """
Resources:
  Backlog:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Statistic: Sum
      Period: 300
      Threshold: 2
---
resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name          = "busy"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  statistic           = "Sum"
  period              = 300
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
}
---
Resources:
  # More than 100 % is no threshold for one measurement.
  Busy:
    Type: AWS::CloudWatch::Alarm
    Properties: {Namespace: AWS/RDS, MetricName: CPUUtilization, Statistic: Sum, Period: 300, Threshold: 400, ComparisonOperator: GreaterThanThreshold}
"""

GOOD = """
Parameters: {Statistic: {Type: String}}
Resources:
  Backlog: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Statistic: Maximum, Period: 300, Threshold: 1000}}
  AnyMessage: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Statistic: Sum, Period: 300, Threshold: 1}}
  OneMeasurement: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Statistic: Sum, Period: 60, Threshold: 1000}}
  Counted: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Statistic: Sum, Period: 300, Threshold: 1000}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Statistic: !Ref Statistic, Period: 300, Threshold: 1000}}
  Math:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Threshold: 1000
      Metrics:
        - {Id: e, Expression: m / 5}
        - {Id: m, ReturnData: false, MetricStat: {Stat: Sum, Period: 300, Metric: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible}}}
---
resource "aws_cloudwatch_metric_alarm" "busy" {
  alarm_name  = "busy"
  namespace   = "AWS/RDS"
  metric_name = "CPUUtilization"
  statistic   = "Average"
  period      = 300
  threshold   = 80
}
"""

FIXED = """
-  statistic           = "Sum"
+  statistic           = "Maximum"
"""
