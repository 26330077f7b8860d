"""The threshold of an alarm on a share should be one that a share can reach.

failed / (failed + succeeded) is between 0 and 1, however many requests fail. With a threshold of 5, which is meant as 5 percent, the
alarm is never in ALARM; with LessThanThreshold and 99 it always is.

What to do: write 100 * failed / (failed + succeeded), or set Threshold (Terraform: threshold) to a share such as 0.05.
"""

from awslint_memo import Findings, Resource, rule, shares


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/monitoring/using-metric-math.html",
)
def check(alarm: Resource) -> Findings:
    threshold, comparison = alarm.get("Threshold"), alarm.get("ComparisonOperator").text or ""
    number = threshold.number
    share = None if alarm.get("Metrics").is_absent else shares.share(alarm)
    if share is None or number is None:
        return
    is_beyond = number > share.most or (number == share.most and comparison == "GreaterThanThreshold")
    if is_beyond and comparison.startswith(("GreaterThan", "LessThan")):
        end = "never fires" if comparison.startswith("Greater") else "always fires"
        do = f"set it below {share.most}" if share.most == 100 else "multiply the expression by 100, or set it below 1"
        yield alarm.finding(
            threshold,
            f"but the expression is a share, which is at most {share.most}, so the alarm {end}",
            do=do,
            # A program may write values below 0.
            level=None if share.is_sure else "warning",
            related=[(share.expression, "the expression")],
        )


BAD = """
Resources:
  Rate:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: failed / (failed + succeeded)}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
---
Resources:
  Work: {Type: AWS::Lambda::Function}
  Rate:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: "IF(calls > 0, errors / calls, 0)"}
        - {Id: errors, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: !Ref Work}]}, Stat: Sum, Period: 60}}
        - {Id: calls, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{Name: FunctionName, Value: !Ref Work}]}, Stat: Sum, Period: 60}}
---
Resources:
  Rate:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: LessThanThreshold
      Threshold: 99
      Metrics:
        - {Id: rate, Expression: "(good / SUM([good, bad]))"}
        - {Id: good, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_2XX_Count}, Stat: Sum, Period: 60}}
        - {Id: bad, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/ApplicationELB, MetricName: HTTPCode_Target_5XX_Count}, Stat: Sum, Period: 60}}
---
resource "aws_cloudwatch_metric_alarm" "rate" {
  alarm_name          = "rate"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 100

  metric_query {
    id          = "rate"
    expression  = "100 * (failed / (failed + succeeded))"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "Shop"
      metric_name = "Failed"
      stat        = "Sum"
      period      = 60
    }
  }

  metric_query {
    id = "succeeded"

    metric {
      namespace   = "Shop"
      metric_name = "Succeeded"
      stat        = "SampleCount"
      period      = 60
    }
  }
}
"""

GOOD = """
Parameters: {Threshold: {Type: Number}, Expression: {Type: String}, Operator: {Type: String}}
Resources:
  Compared:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: !Ref Operator
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: failed / (failed + succeeded)}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
  Percent:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: (failed / (failed + succeeded)) * 100}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
  Share:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 1
      Metrics:
        - {Id: rate, Expression: "failed / MAX([failed, all])"}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: all, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Requests}, Stat: Sum, Period: 60}}
  # What is no share: of two things, of two functions, of averages, of what is not counted, or of more than a whole.
  Ratio:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: waiting / workers}
        - {Id: waiting, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Waiting}, Stat: Sum, Period: 60}}
        - {Id: workers, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Workers}, Stat: Sum, Period: 60}}
  Two:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: errors / calls}
        - {Id: errors, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{Name: FunctionName, Value: retry}]}, Stat: Sum, Period: 60}}
        - {Id: calls, ReturnData: false, MetricStat: {Metric: {Namespace: AWS/Lambda, MetricName: Invocations, Dimensions: [{Name: FunctionName, Value: orders}]}, Stat: Sum, Period: 60}}
  Averages:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: now / (now + before)}
        - {Id: now, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Change}, Stat: Average, Period: 60}}
        - {Id: before, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Change}, Stat: Average, Period: 3600}}
  Other:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: (failed + slow) / (failed + succeeded)}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
  Given:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: !Ref Threshold
      Metrics:
        - {Id: rate, Expression: failed / (failed + succeeded)}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
  Told:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: GreaterThanThreshold
      Threshold: 5
      Metrics:
        - {Id: rate, Expression: !Ref Expression}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
  Band:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: LessThanLowerOrGreaterThanUpperThreshold
      Threshold: 5
      ThresholdMetricId: band
      Metrics:
        - {Id: rate, Expression: failed / (failed + succeeded)}
        - {Id: band, ReturnData: false, Expression: "ANOMALY_DETECTION_BAND(rate, 2)"}
        - {Id: failed, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Failed}, Stat: Sum, Period: 60}}
        - {Id: succeeded, ReturnData: false, MetricStat: {Metric: {Namespace: Shop, MetricName: Succeeded}, Stat: Sum, Period: 60}}
---
resource "aws_cloudwatch_metric_alarm" "rate" {
  alarm_name          = "rate"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0.05

  metric_query {
    id          = "rate"
    expression  = "failed / (failed + succeeded)"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      namespace   = "Shop"
      metric_name = "Failed"
      stat        = "Sum"
      period      = 60
    }
  }

  metric_query {
    id = "succeeded"

    metric {
      namespace   = "Shop"
      metric_name = "Succeeded"
      stat        = "Sum"
      period      = 60
    }
  }
}
"""
