"""An alarm should ask for its metric in the unit that it has.

CloudWatch gives an alarm with a Unit only the values that were written with this unit. Services write each metric with
one unit, so with another one the alarm deploys and stays in INSUFFICIENT_DATA.

So it is with a threshold: FreeStorageSpace is a number of bytes, and an alarm below 20 waits until the disk is full.

What to do: write the threshold in the unit of the metric, and remove Unit (Terraform: unit); the alarm then takes the values as they
are. Where Unit is another measure of the same, as gigabytes of bytes, the threshold is meant in it, and there is no fix.
"""

from awslint_memo import Findings, Fix, Resource, Value, alarms, metrics, rule

COUNTING = ("SampleCount", "PR(", "TC(")
"""How the statistics begin that say how many values there are, and not how great they are.

AmazonCloudWatch/latest/monitoring/Statistics-definitions.html, read 2026-12-01.
"""


@rule(
    level="error",
    since="0.2",
    widened={"0.2": "thresholds of free space that are no bytes"},
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
            do, fix = "remove it", alarm.unset(str(unit.route))
            if is_in(alarm.get("Threshold"), unit.text or "", own):
                do, fix = f"remove it, and write Threshold in {own}", Fix.lacks(f"Threshold has to be in {own} then")
            yield alarm.finding(unit, message, of="Unit", do=do, fix=fix)
        yield from of_threshold(alarm, metric)


def is_in(threshold: Value, unit: str, own: str) -> bool:
    """Whether a threshold may be meant in another unit of the same measure as the metric's own: of time or size."""
    is_alike = any(unit.lower().endswith(end) and own.lower().endswith(end) for end in ("seconds", "bytes", "bits"))
    is_great = own == "Bytes" and threshold.above((1 << 20) - 1)  # chosen: more than anybody has of a larger unit
    return not threshold.is_absent and is_alike and not is_great


def of_threshold(alarm: Resource, metric: alarms.Metric) -> Findings:
    """The finding about free space in bytes that is compared with a number of gigabytes, megabytes or per cent."""
    threshold, operator = alarm.get("Threshold"), alarm.get("ComparisonOperator")
    number, is_less = threshold.number or 0, operator.is_one_of("LessThanThreshold", "LessThanOrEqualToThreshold")
    statistic = metric.statistic.text or alarm.get("ExtendedStatistic").text or ""
    is_in_bytes = metric.unit.text in (None, "Bytes") and not statistic.startswith(COUNTING)
    if not (metric.is_compared and is_less and is_in_bytes and metrics.is_free_space(metric)):
        return
    if 0 < number < 1 << 20:  # chosen: a megabyte is nothing for a database or a cache
        message = f"but {metric.name.text} is published in Bytes, so the alarm fires only when nothing is free any more"
        other = metrics.called_after(f"{alarm.written} {alarm.get('AlarmName').text or ''}", metric)
        meant = f"set MetricName to {other}, after which it is called, or " if other else ""
        do = f"{meant}write bytes, such as {number * (1 << 30):.0f} for {number:g} GiB"
        yield alarm.finding(threshold, message, do=do, since="0.2")


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
---
resource "aws_cloudwatch_metric_alarm" "full" {
  alarm_name          = "full"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 20
  dimensions = {
    DBInstanceIdentifier = "orders"
  }
}
---
Resources:
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/ElastiCache, MetricName: FreeableMemory, Statistic: Average, ComparisonOperator: LessThanThreshold, Threshold: 100, Dimensions: [{Name: CacheClusterId, Value: sessions-001}]}}
---
resource "aws_cloudwatch_metric_alarm" "orders_ReadLatency" {
  alarm_name          = "orders-read-latency"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  statistic           = "Average"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 1
  period              = 60
}
---
# No fix: without the unit, the threshold would be 20 bytes.
Resources:
  Full: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/RDS, MetricName: FreeStorageSpace, Unit: Gigabytes, Statistic: Average, ComparisonOperator: LessThanThreshold, Threshold: 20, Dimensions: [{Name: DBInstanceIdentifier, Value: orders}]}}
"""

GOOD = """
resource "aws_cloudwatch_metric_alarm" "full" {
  alarm_name          = "full"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = 21474836480
}

variable "least" {
  type = number
}

resource "aws_cloudwatch_metric_alarm" "short" {
  alarm_name          = "short"
  namespace           = "AWS/RDS"
  metric_name         = "FreeableMemory"
  statistic           = "Minimum"
  comparison_operator = "LessThanThreshold"
  threshold           = var.least
}

# An expression makes per cent of it.
resource "aws_cloudwatch_metric_alarm" "share" {
  alarm_name          = "share"
  comparison_operator = "LessThanThreshold"
  threshold           = 10

  metric_query {
    id          = "share"
    expression  = "free / 1073741824"
    return_data = true
  }

  metric_query {
    id = "free"

    metric {
      namespace   = "AWS/RDS"
      metric_name = "FreeStorageSpace"
      stat        = "Minimum"
      period      = 300
    }
  }
}
---
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
