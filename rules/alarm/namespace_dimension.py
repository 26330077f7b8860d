"""An alarm should ask a namespace for a metric and for dimensions that it has.

CloudWatch takes any name. An alarm on a metric that its service does not write (memory of EC2, which only the CloudWatch
agent measures), or by a dimension that it does not know, never has data and never rings.

What to do: take the names from AWS's page on the service's metrics; capitals count. An alarm that names no resource
watches nothing in most of AWS's namespaces. Namespaces of your own are not judged.
"""

from collections.abc import Iterator

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
            yield alarm.finding(metric.name, f"asks {where} for the metric {called}, which it does not have; {hint}")
        for name in (dimension.name for dimension in metric.dimensions):
            if name.text is not None and name.text not in namespace.dimensions:
                known = ", ".join(sorted(namespace.dimensions))
                yield alarm.finding(
                    name,
                    f"asks {where} by the dimension {name.text}, which it does not have, so it never has data; "
                    f"it has {known}",
                )
        if metric.has_no_dimensions and not namespace.fleet_wide and hint is None:
            yield alarm.finding(
                metric.namespace,
                f"asks {where} for {called or 'a metric'} of no resource, and the service writes none; "
                "name the resource in Dimensions",
                level="advice",
            )


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
