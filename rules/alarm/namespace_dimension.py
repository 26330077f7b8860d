"""An alarm should use a metric and dimensions that its namespace has.

CloudWatch accepts any name. An alarm on a metric that the service does not publish (the memory of an EC2 instance, which
only the CloudWatch agent measures), or with a dimension that the service does not use, never gets data and never alarms.

What to do: take the names from AWS's page about the service's metrics; they are case-sensitive. Most AWS namespaces have
no metric without dimensions, so name the resource. Custom namespaces are not checked.
"""

from collections.abc import Iterable, Iterator

from awslint_memo import Finding, Resource, alarms, metrics, rule


@rule(
    "alarm-namespace-dimension",
    level="error",
    resource="AWS::CloudWatch::Alarm",
    memo="Amazon EC2 のメトリクスは AWS/EC2 という Namespace に属します。",
    aws="AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html",
)
def check(alarm: Resource) -> Iterator[Finding]:
    for metric in alarms.metrics(alarm):
        namespace = metrics.NAMESPACES.get(metric.namespace.text or "")
        if namespace is None:
            continue
        where, called = metric.namespace.text, metric.name.text
        hint = metrics.instead(namespace, called) if called is not None else None
        if hint is not None:
            message = (
                f"is {called}{metric.name.note}, which {where} does not have, so the alarm never gets data; {hint}"
            )
            yield alarm.finding(metric.name, message, of="MetricName")
        for name in (dimension.name for dimension in metric.dimensions):
            if name.text is not None and name.text not in namespace.dimensions:
                yield alarm.finding(
                    name,
                    f"has the dimension {name.text}{name.note}, which {where} does not have, so it never gets data; "
                    f"use {choices(name.text, namespace.dimensions)}",
                )
        if metric.has_no_dimensions and not namespace.fleet_wide and hint is None:
            yield alarm.finding(
                metric.namespace,
                f"has no dimensions, but {where} has {called or 'its metrics'} only per resource; "
                "add the dimension that names the resource",
                level="advice",
            )


def choices(wrong: str, known: Iterable[str]) -> str:
    """The dimension that differs only in upper and lower case, else all that there are."""
    names = sorted(known)
    alike = [name for name in names if name.lower() == wrong.lower()] or names
    *others, last = alike
    return f"{', '.join(others)} or {last}" if others else last


BAD = """
Resources:
  Memory: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/EC2, MetricName: MemoryUtilization, Dimensions: [{Name: InstanceId, Value: i-0123456789abcdef0}]}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: Queue, Value: orders}]}}
---
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name = "failed"

  metric_query {
    id = "m"

    metric {
      namespace   = "AWS/Lambda"
      metric_name = "Errors"
      dimensions = {
        Functionname = "orders"
      }
    }
  }
}
"""

GOOD = """
Parameters: {Metric: {Type: String}, Dimension: {Type: String}}
Resources:
  Old: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateAgeOfOldestMessage, Dimensions: [{Name: QueueName, Value: orders}]}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: !Ref Metric, Dimensions: [{Name: !Ref Dimension, Value: orders}]}}
  Bill: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Billing, MetricName: EstimatedCharges, Dimensions: [{Name: Currency, Value: USD}]}}
  AllFunctions: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: ConcurrentExecutions}}
  Calls: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Usage, MetricName: CallCount, Dimensions: [{Name: Service, Value: DynamoDB}]}}
  Own: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop/SQS, MetricName: Lost}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name  = "failed"
  namespace   = "AWS/Lambda"
  metric_name = "Errors"
  dimensions = {
    FunctionName = "orders"
    Resource     = "orders:live"
  }
}
"""
