"""DatapointsToAlarm of an alarm should be at most its EvaluationPeriods.

EvaluationPeriods is the number of most recent periods that an alarm evaluates, DatapointsToAlarm the number of them that
must be breaching. CloudWatch rejects an alarm in which the second is greater than the first. A log alarm has
QueryResultsToEvaluate and QueryResultsToAlarm instead.

What to do: set EvaluationPeriods (Terraform: evaluation_periods) to at least DatapointsToAlarm.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    widened={"0.2": "log alarms"},
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
)
def check(alarm: Resource) -> Findings:
    return compared(alarm, "DatapointsToAlarm", "EvaluationPeriods")


@check.on("AWS::CloudWatch::LogAlarm")
def of_logs(alarm: Resource) -> Findings:
    return compared(alarm, "QueryResultsToAlarm", "QueryResultsToEvaluate", since="0.2")


def compared(alarm: Resource, breaching: str, evaluated: str, since: str = "") -> Findings:
    datapoints, periods = alarm.get(breaching), alarm.get(evaluated)
    if datapoints.number is not None and periods.number is not None and datapoints.number > periods.number:
        yield alarm.finding(
            datapoints,
            f"but {evaluated} is {periods.number:g}{periods.note}, so CloudWatch rejects the alarm",
            do=f"set {evaluated} to at least {datapoints.number:g}",
            related=[(periods, evaluated)],
            since=since,
        )


BAD = """
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 2, DatapointsToAlarm: "3"}}
---
Resources:
  Failed: {Type: AWS::CloudWatch::LogAlarm, Properties: {QueryResultsToEvaluate: 2, QueryResultsToAlarm: 3}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  metric_name         = "Duration"
  evaluation_periods  = 1
  datapoints_to_alarm = 5
}
"""

GOOD = """
Parameters: {Datapoints: {Type: Number}, Periods: {Type: Number}}
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3, DatapointsToAlarm: 3}}
  Failed: {Type: AWS::CloudWatch::LogAlarm, Properties: {QueryResultsToEvaluate: 3, QueryResultsToAlarm: 3}}
  ByDefault: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: 3, DatapointsToAlarm: !Ref Datapoints}}
  AnyPeriods: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Duration, EvaluationPeriods: !Ref Periods, DatapointsToAlarm: 3}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  metric_name         = "Duration"
  evaluation_periods  = 5
  datapoints_to_alarm = 3
}
"""
