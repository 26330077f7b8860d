"""An alarm on a metric of one's own should have the name and dimensions that the filter writes.

CloudWatch takes an alarm on any name. Where a metric filter writes TransferRejects and the alarm watches TransferRejected,
the alarm never gets data, and what it should tell goes unnoticed. So it is where the filter writes the metric with a
dimension that the alarm does not have: CloudWatch adds metrics of one's own up over no dimension. And so where the filter
writes to the namespace Shop/prod, with the name of the environment, and the alarm watches a metric of this name in Shop.

What to do: write the same MetricName, Namespace and Dimensions in the alarm and in the filter. Programs may write metrics
of their own: where one of the template may, the finding is advice.
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
        names = written.other_dimensions(metric, alarm.deployment)
        meant = written.meant(metric, alarm.deployment) if names is None else None
        meant = written.of_an_environment(metric, alarm.deployment) if names is None and meant is None else meant
        if names is not None:
            own = " and ".join(str(dimension.name.text) for dimension in metric.dimensions)
            has = f"has {f'the dimension {own}' if own else 'no dimensions'}"
            only = f"with the dimension {' and '.join(names)}" if names else "without dimensions"
            message = f"{has}, but its metric filter writes {metric.name.text} only {only}, so it never gets data"
            do = f"give both the same {alarm.in_file_words('Dimensions')}"
            may_write = written.programs_may_write(metric, alarm.deployment)
            yield alarm.finding(metric.namespace, message, do=do, level="advice" if may_write else None)
        elif meant is not None:
            value, its = (metric.name, meant.name) if meant.is_other_name else (metric.namespace, meant.namespace)
            shown = its.text if meant.is_other_name else meant.shown
            message = f"which nothing here writes, but {meant.metric_filter.title} writes {shown}{its.note}"
            do, related = f"write {shown}, or what the program writes", [(its, "what the filter writes")]
            may_write = written.programs_may_write(metric, alarm.deployment)
            yield alarm.finding(value, message, do=do, level="advice" if may_write else None, related=related)


BAD = """
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop/Orders, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/Orders, MetricName: RefusedOrder, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop/Orders, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/Order, MetricName: RefusedOrders, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: Shop, MetricValue: "1"}]}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: ErrorCount, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
Parameters: {Stage: {Type: String}}
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: "{ $.code = 500 }", MetricTransformations: [{MetricName: Errors, MetricNamespace: !Sub "Shop/${Stage}", MetricValue: "1", Dimensions: [{Key: Shop, Value: $.shop}]}]}}
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: !Sub "Shop/${Stage}", MetricName: Errors, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
---
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  pattern        = "ERROR"
  log_group_name = "orders"

  metric_transformation {
    name      = "Errors"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  namespace           = "Shop"
  metric_name         = "Errors"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 5
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    Shop = "berlin"
  }
}
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
---
resource "aws_cloudwatch_log_metric_filter" "lost" {
  name           = "lost"
  pattern        = "LOST"
  log_group_name = "tickets"

  metric_transformation {
    name      = "LostTickets"
    namespace = "Tickets/prod"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "lost" {
  alarm_name          = "lost"
  namespace           = "Tickets"
  metric_name         = "LostTickets"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
}
---
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: prod-Shop, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrders, Statistic: Sum, Period: 60, EvaluationPeriods: 1, Threshold: 5, ComparisonOperator: GreaterThanThreshold}}
"""

GOOD = """
Parameters: {Name: {Type: String}}
Resources:
  Filter: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: RefusedOrders, MetricNamespace: Shop, MetricValue: "1"}]}}
  Status: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: REFUSED, MetricTransformations: [{MetricName: Answers5xx, MetricNamespace: Shop, MetricValue: "1"}]}}
  Refused: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrders}}
  # Written by the program, beside that of the filter.
  RefusedItems: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: RefusedOrder}}
  Filters: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: "{ $.a = 1 }", MetricTransformations: [{MetricName: Sold, MetricNamespace: Shop, MetricValue: "1", Dimensions: [{Key: City, Value: $.city}]}]}}
  Sold: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Sold, Dimensions: [{Name: City, Value: Bern}]}}
  Ones: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: "{ $.a = 1 }", MetricTransformations: [{MetricName: Items, MetricNamespace: Shop, MetricValue: "1", Dimensions: [{Key: !Ref Name, Value: $.city}]}]}}
  Items: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Items}}
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
---
Parameters: {Stage: {Type: String}, Part: {Type: String}, Where: {Type: String}}
Resources:
  # Of another part of the shop, and what another alarm watches.
  Parts: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: a, FilterPattern: REFUSED, MetricTransformations: [{MetricName: Refused, MetricNamespace: Shop/Orders, MetricValue: "1"}]}}
  OfParts: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Refused}}
  Sold: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: b, FilterPattern: SOLD, MetricTransformations: [{MetricName: Sold, MetricNamespace: !Sub "Shop/${Stage}", MetricValue: "1"}]}}
  OfStage: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: !Sub "Shop/${Stage}", MetricName: Sold}}
  OfAll: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Sold}}
  # Either may be the namespace of the alarm.
  Any: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: c, FilterPattern: LEFT, MetricTransformations: [{MetricName: Left, MetricNamespace: !Ref Where, MetricValue: "1"}]}}
  Left: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: c, FilterPattern: LEFT, MetricTransformations: [{MetricName: Left, MetricNamespace: !Sub "Shop/${Stage}", MetricValue: "1"}]}}
  OfLeft: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: Left}}
"""
