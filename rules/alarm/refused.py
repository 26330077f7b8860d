"""CloudWatch should accept an alarm.

An alarm on one metric has a Statistic or an ExtendedStatistic, not both, and no Metrics beside it. It compares with a
Threshold, or by the operators for it with the band that ThresholdMetricId names. It has five actions for a state at most,
and none of Auto Scaling with a band. A composite alarm with an ActionsSuppressor says how long it waits for it, and
an alarm that sends lines of a log has a role to read them.

What to do: keep one of the properties that exclude each other, and add the one that the message names.
"""

from awslint_memo import Findings, Link, Resource, Value, alarms, metrics, rule

POLICIES = ("AWS::AutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy")


@rule(
    level="error",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html",
)
def check(alarm: Resource) -> Findings:
    metric, statistic, extended = (alarm.get(name) for name in ("MetricName", "Statistic", "ExtendedStatistic"))
    operator, threshold, band = (alarm.get(name) for name in ("ComparisonOperator", "Threshold", "ThresholdMetricId"))
    if metric.is_known and alarm.get("Metrics").is_known:
        yield alarm.finding(metric, "but CloudWatch refuses it beside Metrics", do="keep one of the two")
    elif statistic.is_known and extended.is_known:
        yield alarm.finding(extended, "but CloudWatch refuses it beside Statistic", do="keep one of the two")
    elif metric.is_known and statistic.is_absent and extended.is_absent:
        yield alarm.finding(statistic, "and no ExtendedStatistic, so CloudWatch refuses it", do="add one of the two")
    if operator.is_one_of(*metrics.BANDS) and band.is_absent:
        message = "but CloudWatch refuses it without the ThresholdMetricId of a band"
        yield alarm.finding(operator, message, do="name the band, or take an operator for a Threshold")
    elif operator.text is not None and not operator.is_one_of(*metrics.BANDS) and band.text is not None:
        message = f"but CloudWatch refuses it with a band ({band.text})"
        yield alarm.finding(
            operator, message, do=f"set it to {metrics.BANDS[0]}, for example", related=[(band, "the band")]
        )
    # Terraform's provider sends 0 where there is no threshold.
    elif operator.is_known and threshold.is_absent and band.is_absent and alarm.language == "cloudformation":
        yield alarm.finding(threshold, "so CloudWatch refuses the alarm", do="set it")
    yield from acting(alarm, band)


@check.on("AWS::CloudWatch::CompositeAlarm")
def composite(alarm: Resource) -> Findings:
    suppressor = alarm.get("ActionsSuppressor")
    # A parameter surely has a value, which another condition may leave out.
    if suppressor.is_known or isinstance(suppressor, Link) or getattr(suppressor, "key", "").startswith("parameter "):
        for name in ("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod"):
            if alarm.get(name).is_absent:
                message = f"has an ActionsSuppressor and no {name}, so CloudWatch refuses it"
                yield alarm.finding(alarm.get(name), message, do="set it, to 120 for example")
    yield from acting(alarm, None)


@check.on("AWS::CloudWatch::LogAlarm")
def of_logs(alarm: Resource) -> Findings:
    lines, role = alarm.get("ActionLogLineCount"), alarm.get("ActionLogLineRoleArn")
    if lines.above(0) and role.is_absent:
        message = "but CloudWatch refuses it without the role that reads the lines"
        yield alarm.finding(lines, message, do="set ActionLogLineRoleArn")
    yield from acting(alarm, None)


def acting(alarm: Resource, band: Value | None) -> Findings:
    for name in alarms.ACTIONS:
        actions = [action for action in alarm.get(name).items if not action.is_unknown]
        scaling = [action for action in actions if alarm.deployment.find(action, *POLICIES)]
        if len(actions) > metrics.MOST_ACTIONS:
            message = f"has {len(actions)} {name}, but CloudWatch accepts {metrics.MOST_ACTIONS} at most"
            yield alarm.finding(
                actions[metrics.MOST_ACTIONS], message, do="publish to a topic with several subscriptions"
            )
        elif scaling and band is not None and band.text is not None:
            message = f"has a scaling policy in {name}, which CloudWatch refuses with a band ({band.text})"
            yield alarm.finding(scaling[0], message, do="compare with a Threshold", related=[(band, "the band")])


BAD = """
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, Statistic: Average, ExtendedStatistic: p99, Threshold: 3, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1}}
---
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, ComparisonOperator: GreaterThanThreshold, Threshold: 3, EvaluationPeriods: 1}}
---
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, Statistic: Average, ComparisonOperator: LessThanLowerThreshold, Threshold: 3, EvaluationPeriods: 1}}
---
Resources:
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: band, Expression: "ANOMALY_DETECTION_BAND(m)"}], ComparisonOperator: GreaterThanThreshold, ThresholdMetricId: band, EvaluationPeriods: 1}}
---
Resources:
  Both: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Wait, Metrics: [{Id: wait, Expression: a + b}], ComparisonOperator: GreaterThanThreshold, Threshold: 3, EvaluationPeriods: 1}}
---
Resources:
  Calm: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1}}
---
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: SimpleScaling, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1}}
  Odd: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: band, Expression: "ANOMALY_DETECTION_BAND(m)"}], ComparisonOperator: GreaterThanUpperThreshold, ThresholdMetricId: band, EvaluationPeriods: 1, AlarmActions: [!Ref Out]}}
---
Resources:
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: ALARM(slow), ActionsSuppressor: maintenance, ActionsSuppressorWaitPeriod: 60}}
---
Resources:
  Lines: {Type: AWS::CloudWatch::LogAlarm, Properties: {ActionLogLineCount: 5, QueryResultsToEvaluate: 3, QueryResultsToAlarm: 2}}
---
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "Shop"
  metric_name         = "Wait"
  statistic           = "Average"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 3
  evaluation_periods  = 1

  alarm_actions = [
    "arn:aws:sns:eu-west-1:123456789012:operations-0",
    "arn:aws:sns:eu-west-1:123456789012:operations-1",
    "arn:aws:sns:eu-west-1:123456789012:operations-2",
    "arn:aws:sns:eu-west-1:123456789012:operations-3",
    "arn:aws:sns:eu-west-1:123456789012:operations-4",
    "arn:aws:sns:eu-west-1:123456789012:operations-5",
  ]
}
"""

GOOD = """
Parameters: {Statistic: {Type: String}, Topics: {Type: CommaDelimitedList}, Operator: {Type: String}, Topic: {Type: String}}
Resources:
  Out: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: web, PolicyType: SimpleScaling, AdjustmentType: ChangeInCapacity, ScalingAdjustment: 1}}
  Busy: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, Statistic: Sum, Threshold: 3, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1, AlarmActions: [!Ref Out]}}
  AnyOperator: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: band, Expression: "ANOMALY_DETECTION_BAND(m)"}], ComparisonOperator: !Ref Operator, ThresholdMetricId: band, EvaluationPeriods: 1, AlarmActions: [!Ref Topic, !Ref Topic, !Ref Topic, !Ref Topic, !Ref Topic, !Ref Topic]}}
  NoLines: {Type: AWS::CloudWatch::LogAlarm, Properties: {ActionLogLineCount: 0}}
  Lines: {Type: AWS::CloudWatch::LogAlarm, Properties: {ActionLogLineCount: 1, ActionLogLineRoleArn: !Ref Topic}}
  Front: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: ALARM(slow)}}
  Slow: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, ExtendedStatistic: p99, Threshold: 3, ComparisonOperator: GreaterThanThreshold, EvaluationPeriods: 1}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Wait, Statistic: !Ref Statistic, ExtendedStatistic: p99, Threshold: 3, ComparisonOperator: !Ref Operator, EvaluationPeriods: 1, AlarmActions: !Ref Topics}}
  Odd: {Type: AWS::CloudWatch::Alarm, Properties: {Metrics: [{Id: band, Expression: "ANOMALY_DETECTION_BAND(m)"}], ComparisonOperator: GreaterThanUpperThreshold, ThresholdMetricId: band, EvaluationPeriods: 1, OKActions: ["arn:aws:sns:eu-west-1:123456789012:operations"]}}
  Query: {Type: AWS::CloudWatch::Alarm, Properties: {EvaluationCriteria: {PromQLCriteria: {Query: up == 0}}, EvaluationInterval: 60}}
  Shop: {Type: AWS::CloudWatch::CompositeAlarm, Properties: {AlarmRule: ALARM(slow), ActionsSuppressor: maintenance, ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60}}
---
variable "statistic" {}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "Shop"
  metric_name         = "Wait"
  statistic           = var.statistic
  extended_statistic  = var.statistic == null ? "p99" : null
  comparison_operator = "GreaterThanThreshold"
  threshold           = 3
  evaluation_periods  = 1
}

resource "aws_cloudwatch_metric_alarm" "any" {
  alarm_name          = "any"
  namespace           = "Shop"
  metric_name         = "Failed"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
}

resource "aws_cloudwatch_composite_alarm" "shop" {
  alarm_name = "shop"
  alarm_rule = "ALARM(slow)"

  actions_suppressor {
    alarm            = "maintenance"
    wait_period      = 60
    extension_period = 60
  }
}
"""
