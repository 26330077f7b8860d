"""An alarm should look back at most a week, in periods that its metric has.

CloudWatch rejects an alarm whose Period times EvaluationPeriods is above 604,800 s, or above 86,400 s where Period is
below an hour. With a Period of 10, 20 or 30 s on a metric of an AWS service, which has a value a minute, the alarm lapses
into INSUFFICIENT_DATA, and costs more. Any other Period is a multiple of 60.

What to do: set a longer Period or fewer EvaluationPeriods; for metrics of AWS services a Period of at least 60.
"""

from awslint_memo import Findings, Fix, Resource, alarms, listed, metrics, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
    fix="unsafe",
    useless_with=alarms.NEVER_DATA,
)
def check(alarm: Resource) -> Findings:
    times, fastest = alarm.get("EvaluationPeriods"), (*metrics.HIGHEST_RESOLUTION, *metrics.HIGH_RESOLUTION)
    for metric in alarms.metrics(alarm):
        period, longest = metric.period, metrics.LONGEST_RANGE
        if period.number is None:
            continue
        fast = metrics.HIGH_RESOLUTION if alarm.get("Metrics").is_absent else fastest
        if period.number % metrics.RESOLUTION and period.number not in fast:
            least = listed([str(one) for one in fast], last="or")
            message = (
                f"but CloudWatch rejects a Period that is neither {least} s nor a multiple of {metrics.RESOLUTION}"
            )
            yield alarm.finding(period, message, of="Period", unit="s", do="set it to 60")
        if times.number is not None and metric.is_compared:
            is_short = period.number < metrics.HOUR
            longest = metrics.LONGEST_SHORT_RANGE if is_short else metrics.LONGEST_RANGE
            if period.number * times.number > longest:
                whole = f"{period.number:g} s × {times.number:g} is {period.number * times.number:g} s"
                message = f"but {whole}, and CloudWatch rejects more than {longest} s"
                message += " with a Period below an hour" if is_short else ""
                do = f"set it to at most {longest // period.number:g}"
                yield alarm.finding(times, message, do=do, related=[(period, "the Period")])
        if period.number in metrics.HIGH_RESOLUTION and metric.namespace.starts_with(metrics.RESERVED):
            message = f"but {metric.namespace.text} has a value a minute, so the alarm often has no data"
            fix = minutes(alarm, metric)
            yield alarm.finding(period, message, of="Period", unit="s", do="set it to 60", level="warning", fix=fix)


def minutes(alarm: Resource, metric: alarms.Metric) -> Fix:
    """A period of a minute, and as many of them as keep the whole time after which the alarm goes off."""
    times, points = alarm.get("EvaluationPeriods"), alarm.get("DatapointsToAlarm")
    doubt = "compares the threshold with a minute's sum" if metric.statistic.text in ("Sum", "SampleCount") else ""
    whole, number = (metric.period.number or 0) * (times.number or 0), times.number
    periods = -(-whole // 60)
    if periods * 60 != whole and whole:
        longer = f"so it takes {periods * 60:g} s to alarm instead of {whole:g} s"
        doubt = " and ".join(filter(None, (f"replaces a number that somebody wrote, {longer}", doubt)))
    fix = alarm.set(str(metric.period.route), 60, unsafe=doubt)
    if times.is_absent or periods == number:
        return fix
    fast = [each for each in alarms.metrics(alarm) if each.period.number in metrics.HIGH_RESOLUTION]
    is_partial = not points.is_absent and points.number != number
    if number is None or is_partial or len(fast) > 1:
        return Fix.lacks("EvaluationPeriods has to keep the whole time after which the alarm goes off")
    fix += alarm.set("EvaluationPeriods", int(periods))
    return fix if points.is_absent else fix + alarm.set("DatapointsToAlarm", int(periods))


BAD = """
Resources:
  Days: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 86400, EvaluationPeriods: 8}}
---
Resources:
  Long: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Period: 300, EvaluationPeriods: "289"}}
---
Resources:
  Fast:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/Lambda
      MetricName: Errors
      Period: 10
      EvaluationPeriods: 3
---
resource "aws_cloudwatch_metric_alarm" "fast" {
  alarm_name          = "fast"
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"

  metric_query {
    id          = "m"
    return_data = true

    metric {
      namespace   = "AWS/SQS"
      metric_name = "NumberOfMessagesSent"
      period      = 30
      stat        = "Sum"
    }
  }
}
---
Resources:
  Odd: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 45, EvaluationPeriods: 3}}
---
resource "aws_cloudwatch_metric_alarm" "odd" {
  namespace           = "Shop"
  metric_name         = "Orders"
  period              = 90
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  statistic           = "Sum"
}
"""

GOOD = """
Parameters: {Periods: {Type: Number}, Seconds: {Type: Number}, Namespace: {Type: String}}
Resources:
  Week: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 86400, EvaluationPeriods: 7}}
  Day: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 300, EvaluationPeriods: 288}}
  Hours: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 3600, EvaluationPeriods: 25}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 300, EvaluationPeriods: !Ref Periods}}
  AnyPeriod: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: NumberOfMessagesSent, Period: !Ref Seconds, EvaluationPeriods: 300}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 10, EvaluationPeriods: 3}}
  Math:
    Type: AWS::CloudWatch::Alarm
    Properties:
      EvaluationPeriods: 300
      Metrics:
        - {Id: e, Expression: m * 2}
        - {Id: m, ReturnData: false, MetricStat: {Stat: Sum, Period: 300, Metric: {Namespace: Shop, MetricName: Orders}}}
  AnyNamespace: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: !Ref Namespace, MetricName: Orders, Period: 10, EvaluationPeriods: 3}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  period              = 60
  evaluation_periods  = 3
  datapoints_to_alarm = 3
}
---
Resources:
  Fine: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 10, EvaluationPeriods: 3}}
  Long: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Orders, Period: 180, EvaluationPeriods: 3}}
  Fastest: {Type: AWS::CloudWatch::Alarm, Properties: {EvaluationPeriods: 3, Metrics: [{Id: m, MetricStat: {Metric: {Namespace: Shop, MetricName: Orders}, Period: 5, Stat: Sum}}]}}
"""

FIXED = """
-      Period: 10
-      EvaluationPeriods: 3
+      Period: 60
+      EvaluationPeriods: 1
---
-  evaluation_periods  = 2
+  evaluation_periods  = 1
-      period      = 30
+      period      = 60
"""
