"""An alarm on metric math should compare one result, and name what it defines.

CloudWatch rejects an alarm of which none or several Metrics return data, and one whose expression uses an id that no
entry has or that searches for metrics; one that is compared with a band needs an entry that makes it. Actions that stop, reboot or recover an instance need the dimension InstanceId, which metric math has not.

What to do: set ReturnData (Terraform: return_data) to true for the result and to false for all others. In CloudFormation
an entry that says nothing returns data.
"""

from awslint_memo import Findings, Resource, Value, alarms, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
)
def check(alarm: Resource) -> Findings:
    listed = alarm.get("Metrics")
    queries = listed.items
    if not queries:
        return
    returning = [alarms.returns_data(query) for query in queries]
    is_band = not alarm.get("ThresholdMetricId").is_absent
    if None not in returning and returning.count(True) != 1 and not is_band:
        which = [
            name for query, returns in zip(queries, returning, strict=True) if returns and (name := alarms.id_of(query))
        ]
        what = f"{' and '.join(which)} return data" if which else "no entry returns data"
        message = f"has metric math of which {what}, so CloudWatch rejects the alarm"
        yield alarm.finding(listed, message, do="set ReturnData to true for one entry and to false for all others")
    ids = [query.get("Id").text for query in queries]
    band = alarm.get("ThresholdMetricId")
    named = [query.get("Expression") for query in queries if query.get("Id").text == band.text]
    if band.text is not None and None not in ids and not any(may_be_band(expression) for expression in named):
        message = "which is the Id of no ANOMALY_DETECTION_BAND, so CloudWatch rejects the alarm"
        do = "add an entry with this Id and the Expression ANOMALY_DETECTION_BAND(m, 2), where m is the metric"
        yield alarm.finding(band, message, do=do)
    for query in queries:
        if "SEARCH(" in (query.get("Expression").text or "").upper().replace(" ", ""):
            message = "searches for metrics, which CloudWatch rejects in an alarm"
            of = f"the expression {alarms.id_of(query)}"
            yield alarm.finding(query.get("Expression"), message, of=of, do="name the metrics, or query them by SQL")
            continue
        unknown = [] if None in ids else [name for name in alarms.used_ids(query.get("Expression")) if name not in ids]
        if unknown:
            message = f"uses {unknown[0]}, which no entry of Metrics has as Id, so CloudWatch rejects the alarm"
            of = f"the expression {alarms.id_of(query)}"
            yield alarm.finding(query.get("Expression"), message, of=of, do=f"add {unknown[0]}, or write another Id")
    for action in (item for name in alarms.ACTIONS for item in alarm.get(name).items):
        if ":ec2:" in (action.text or ""):
            message = "is an action on an instance, but metric math names no instance"
            yield alarm.finding(
                action, message, of="the action", do="watch one metric with InstanceId", level="warning"
            )


def may_be_band(expression: Value) -> bool:
    return expression.is_unknown or "BAND" in (expression.text or "").upper()


BAD = """
Resources:
  Share:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: share, Expression: errors / all}
        - {Id: errors, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}
        - {Id: all, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Invocations}}}
---
Resources:
  Share:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Metrics:
        - {Id: share, Expression: '100 * errors / MAX([errors, invocations])', Label: errors per call}
        - {Id: errors, ReturnData: "false", MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}
        - {Id: calls, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Invocations}}}
---
Resources:
  Any: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: any, Expression: "SUM(SEARCH('{AWS/SQS,QueueName} MetricName=NumberOfMessagesSent', 'Sum', 60))"}]}}
---
Resources:
  Broken:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmActions: ["arn:aws:automate:eu-west-1:ec2:recover"]
      Metrics: [{Id: m, MetricStat: {Stat: Maximum, Period: 60, Metric: {Namespace: AWS/EC2, MetricName: StatusCheckFailed}}}]
---
resource "aws_cloudwatch_metric_alarm" "share" {
  alarm_name          = "share"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1

  metric_query {
    id         = "share"
    expression = "errors * 100"
  }

  metric_query {
    id = "errors"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      period      = 60
      stat        = "Sum"
    }
  }
}
---
Resources:
  Odd:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ComparisonOperator: LessThanLowerOrGreaterThanUpperThreshold
      ThresholdMetricId: band
      Metrics: [{Id: m, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}]
"""

GOOD = """
Parameters: {Returns: {Type: String}, Expression: {Type: String}, Metrics: {Type: String}, Id: {Type: String}}
Resources:
  Share:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmActions: ["arn:aws:sns:eu-west-1:123456789012:operations"]
      Metrics:
        - {Id: share, Expression: 'IF(all > 1e2, FILL(errors, 0) / all, 0) + PERIOD(errors)'}
        - {Id: errors, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}
        - {Id: all, ReturnData: false, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Invocations}}}
  Queried:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: q, Period: 60, Expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)'}]}
  Band:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ThresholdMetricId: band
      Metrics:
        - {Id: band, Expression: 'ANOMALY_DETECTION_BAND(m, 2)'}
        - {Id: m, ReturnData: true, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}
  UnknownBand:
    Type: AWS::CloudWatch::Alarm
    Properties:
      ThresholdMetricId: band
      Metrics:
        - {Id: band, Expression: !Ref Expression}
        - {Id: m, ReturnData: true, MetricStat: {Stat: Sum, Period: 60, Metric: {Namespace: AWS/Lambda, MetricName: Errors}}}
  Unknown:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: a, ReturnData: !Ref Returns, Expression: !Ref Expression}, {Id: b, ReturnData: true, Expression: a + c}, {Id: !Ref Id, ReturnData: false, Expression: a}]}
  NotYetChosen:
    Type: AWS::CloudWatch::Alarm
    Properties: {Metrics: [{Id: a, ReturnData: !Ref Returns, Expression: b * 2}, {Id: b, ReturnData: false, Expression: b}]}
  AnyMetrics: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [!Ref Metrics]}}
  Reboots: {Type: AWS::CloudWatch::Alarm, Properties: {AlarmActions: ["arn:aws:automate:eu-west-1:ec2:reboot"], Namespace: AWS/EC2, MetricName: StatusCheckFailed_Instance}}
---
variable "returns" {
  type = bool
}

resource "aws_cloudwatch_metric_alarm" "all" {
  alarm_name = "all"

  metric_query {
    id          = "all"
    expression  = "a * 2"
    return_data = var.returns
  }

  metric_query {
    id          = "a"
    expression  = "all"
    return_data = false
  }
}
"""
