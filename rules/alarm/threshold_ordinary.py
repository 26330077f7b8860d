"""The threshold of an alarm should be above what its metric gets to when nothing is wrong.

Firehose keeps records until its buffer is full or has waited for its time: with an IntervalInSeconds of 600, the oldest record
gets 600 s old before each delivery, whenever there is less traffic than fills the buffer. An alarm on DataFreshness above
300 s is then on although nothing is late, and nobody looks at it when something is. Not reported is an alarm that waits for more
datapoints than lie between its threshold and the time of the buffer.

What to do: set Threshold (Terraform: threshold) above the time of the buffer, as AWS recommends, or let the buffer wait for
less.
"""

from awslint_memo import Findings, Resource, alarms, bounds, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="firehose/latest/dev/firehose-cloudwatch-metrics-best-practices.html",
    useless_with=alarms.NEVER_DATA,
)
def check(alarm: Resource) -> Findings:
    threshold, comparison = alarm.get("Threshold"), alarm.get("ComparisonOperator")
    compared = [metric for metric in alarms.metrics(alarm) if metric.is_compared]
    if len(compared) != 1 or comparison.starts_with("GreaterThan") is not True:
        return
    statistic, number = compared[0].statistic.text or alarm.get("ExtendedStatistic").text, threshold.number
    usual = None if statistic is None else bounds.waiting(compared[0], statistic, alarm.deployment)
    datapoints = alarm.get("DatapointsToAlarm", default=alarm.get("EvaluationPeriods").number).number
    if usual is None or statistic is None or number is None or datapoints is None:
        return
    if bounds.is_above_for(number, usual.most, compared[0], statistic, datapoints):
        of = f"the buffer of {usual.owner.title}"
        message = f"but {of} waits for {usual.most:g} s{usual.setting.note}, so it fires when nothing is late"
        do = f"set it above {usual.most:g}"
        yield alarm.finding(threshold, message, unit="s", do=do, related=[(usual.setting, of)])


BAD = """
Resources:
  Clicks:
    Type: AWS::KinesisFirehose::DeliveryStream
    Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 64, IntervalInSeconds: 600}}}
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 300}}
---
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {DeliveryStreamName: clicks, S3DestinationConfiguration: {Prefix: clicks/}}}
  Late:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics: [{Id: m, MetricStat: {Stat: p90, Period: 60, Metric: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: clicks}]}}}]
      EvaluationPeriods: 5
      DatapointsToAlarm: 3
      ComparisonOperator: GreaterThanOrEqualToThreshold
      Threshold: 120
---
resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url                = "https://collector.example.com"
    buffering_interval = 900
  }
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name          = "late"
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToHttpEndpoint.DataFreshness"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 5
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.audit.name }
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}}
Resources:
  Clicks: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 64, IntervalInSeconds: 600}}}}
  Late: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 900}}
  AtTheTime: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 600}}
  Few: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: SampleCount, ComparisonOperator: GreaterThanThreshold, Threshold: 10}}
  Fresh: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: LessThanThreshold, Threshold: 300}}
  Records: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.Records, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 300}}
  Elsewhere: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: elsewhere}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 300}}
  Any: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {ExtendedS3DestinationConfiguration: {BufferingHints: {SizeInMBs: 64, IntervalInSeconds: !Ref Seconds}}}}
  OfAny: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Any}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 300}}
  # A record is above the threshold for less time than the alarm waits for.
  Short: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Maximum, Period: 60, EvaluationPeriods: 5, ComparisonOperator: GreaterThanThreshold, Threshold: 480}}
  Mean: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}], Statistic: Average, Period: 300, EvaluationPeriods: 1, ComparisonOperator: GreaterThanThreshold, Threshold: 450}}
  # Its time by default is not in question.
  Splunk: {Type: AWS::KinesisFirehose::DeliveryStream, Properties: {SplunkDestinationConfiguration: {HECEndpoint: https://splunk.example.com}}}
  OfSplunk: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Firehose, MetricName: DeliveryToSplunk.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Splunk}], Statistic: Maximum, Period: 300, EvaluationPeriods: 3, ComparisonOperator: GreaterThanThreshold, Threshold: 30}}
  # The alarm is on what is made of it.
  Sum:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: e, Expression: m / 60}
        - {Id: m, ReturnData: false, MetricStat: {Stat: Maximum, Period: 60, Metric: {Namespace: AWS/Firehose, MetricName: DeliveryToS3.DataFreshness, Dimensions: [{Name: DeliveryStreamName, Value: !Ref Clicks}]}}}
      ComparisonOperator: GreaterThanThreshold
      Threshold: 15
---
resource "aws_kinesis_firehose_delivery_stream" "audit" {
  name        = "audit"
  destination = "http_endpoint"

  http_endpoint_configuration {
    url                = "https://collector.example.com"
    buffering_interval = 60
  }
}

resource "aws_cloudwatch_metric_alarm" "late" {
  alarm_name          = "late"
  namespace           = "AWS/Firehose"
  metric_name         = "DeliveryToHttpEndpoint.DataFreshness"
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 600
  dimensions          = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.audit.name }
}
"""
