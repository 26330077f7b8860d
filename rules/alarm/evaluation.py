"""An alarm should not want more breaching datapoints than it looks at.

EvaluationPeriods says how many of the last periods an alarm looks at, DatapointsToAlarm how many of these must be bad.
CloudWatch refuses an alarm in which the second is more than the first.

What to do: set EvaluationPeriods (Terraform: evaluation_periods) to at least DatapointsToAlarm.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule


@rule(
    "alarm-evaluation",
    level="error",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
)
def check(alarm: Resource) -> Iterator[Finding]:
    wanted, periods = alarm.get("DatapointsToAlarm"), alarm.get("EvaluationPeriods")
    if wanted.number is not None and periods.number is not None and wanted.number > periods.number:
        yield alarm.finding(
            wanted,
            f"wants {wanted.number:g} bad datapoints (DatapointsToAlarm) and looks at {periods.number:g} "
            f"(EvaluationPeriods), which CloudWatch refuses; look at {wanted.number:g} or more",
            related=[(periods, "the periods that it looks at")],
        )


BAD = """
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 2, DatapointsToAlarm: "3"}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  metric_name         = "Duration"
  evaluation_periods  = 1
  datapoints_to_alarm = 5
}
"""

GOOD = """
Parameters: {Datapoints: {Type: Number}}
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3, DatapointsToAlarm: 3}}
  ByDefault: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3, DatapointsToAlarm: !Ref Datapoints}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  metric_name         = "Duration"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
}
"""
