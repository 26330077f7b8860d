"""An alarm on a metric of one's own should have the name that the metric filter writes.

CloudWatch takes an alarm on any name. Where a metric filter writes TransferRejects and the alarm watches TransferRejected,
the alarm never gets data, and what it should tell goes unnoticed.

What to do: write the same MetricName and Namespace in the alarm and in the filter. Programs may write metrics of their
own: where one of the template may, the finding is advice.
"""

from awslint_memo import Findings, Resource, alarms, rule, written


@rule(
    level="warning",
    since="0.2",
    resource="AWS::CloudWatch::Alarm",
    memo="Namespace は AWS サービスやカスタムアプリケーションごとに異なり、メトリクスの一元管理を可能にします。",
    aws="AmazonCloudWatch/latest/logs/MonitoringLogData.html",
)
def check(alarm: Resource) -> Findings:
    for metric in alarms.metrics(alarm):
        meant = written.meant(metric, alarm.deployment)
        if meant is None:
            continue
        value, its = (metric.name, meant.name) if meant.is_other_name else (metric.namespace, meant.namespace)
        message = f"which nothing here writes, but {meant.metric_filter.title} writes {its.text}{its.note}"
        yield alarm.finding(
            value,
            message,
            do=f"write {its.text}, or what the program writes",
            level="advice" if written.programs_may_write(metric, alarm.deployment) else None,
            related=[(its, "what the filter writes")],
        )


BAD = """
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop/Orders, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/Orders, MetricName: RefusedOrder, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop/Orders, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/Order, MetricName: RefusedOrders, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "refused"
  pattern        = "REFUSED"
  log_group_name = "orders"

  metric_transformation {
    name      = "orders_refused"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  alarm_name          = "refused"
  namespace           = "Shop"
  metric_name         = "OrdersRefused"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"
}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop, MetricValue: "1"}]}}
  Status: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: Answers5xx, MetricNamespace: Shop, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrders}}
  # Written by the program, beside that of the filter.
  RefusedItems: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrder}}
  OtherAnswers: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Answers4xx}}
  Duration: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Duration}}
---
Parameters: {Name: {Type: String}}
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop, MetricValue: "1"}]}}
  Unknown: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: !Ref Name, MetricNamespace: Shop, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrder}}
---
resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "refused"
  pattern        = "REFUSED"
  log_group_name = "orders"

  metric_transformation {
    name      = "RefusedOrders"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  alarm_name  = "refused"
  namespace   = "Shop"
  metric_name = "RefusedOrders"
}
"""
