"""Custom metrics should not be in a namespace that begins with AWS/.

These namespaces are reserved for AWS services: CloudWatch rejects such a metric, or shows it among the metrics of the
service, where it is mistaken for one of them.

What to do: give the metric filter a namespace of your own, such as the application's name.
"""

from awslint_memo import Findings, Resource, metrics, rule


@rule(
    level="warning",
    resource="AWS::Logs::MetricFilter",
    memo="Namespace は AWS サービスやカスタムアプリケーションごとに異なり、メトリクスの一元管理を可能にします。",
    aws="AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html",
)
def check(metric_filter: Resource) -> Findings:
    for transformation in metric_filter.get("MetricTransformations").items:
        namespace = transformation.get("MetricNamespace")
        if namespace.starts_with(metrics.RESERVED):
            written = f"is {namespace.text}" if namespace.text else f"begins with {metrics.RESERVED}"
            yield metric_filter.finding(
                namespace,
                f"{written}{namespace.note}, but {metrics.RESERVED} is reserved for AWS services",
                of="MetricNamespace",
                do="set it to a name of your own, such as the application's name",
            )


BAD = """
Resources:
  Errors: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: AWS/Lambda, MetricValue: "1"}]}}
---
Resources:
  Errors: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: !Sub "AWS/${AWS::StackName}", MetricValue: "1"}]}}
---
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  pattern        = "ERROR"
  log_group_name = "orders"

  metric_transformation {
    name      = "Errors"
    namespace = "AWS/Orders"
    value     = "1"
  }
}
"""

GOOD = """
Parameters: {Namespace: {Type: String}}
Resources:
  Errors: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: AWSOrders, MetricValue: "1"}]}}
  Unknown: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: orders, FilterPattern: ERROR, MetricTransformations: [{MetricName: Errors, MetricNamespace: !Ref Namespace, MetricValue: "1"}]}}
---
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  pattern        = "ERROR"
  log_group_name = "orders"

  metric_transformation {
    name      = "Errors"
    namespace = "Orders"
    value     = "1"
  }
}
"""
