"""CloudWatch Logs should accept the dimensions of a metric filter.

A filter with dimensions has no DefaultValue, and three dimensions at most. Their values are fields of the lines, so the
pattern has to be one for JSON ("{ … }") or for words at fixed places ("[ … ]").

What to do: keep Dimensions or DefaultValue (Terraform: dimensions, default_value), and a pattern that has the fields.
"""

from awslint_memo import Findings, Resource, metrics, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Logs::MetricFilter",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html",
)
def check(filtered: Resource) -> Findings:
    pattern = (filtered.get("FilterPattern").text or "").strip()
    for metric in filtered.get("MetricTransformations").items:
        dimensions, default = metric.get("Dimensions"), metric.get("DefaultValue")
        number = len(dimensions.fields or dimensions.items) if dimensions.is_known else 0
        if number and default.number is not None:
            yield filtered.finding(
                default, "but CloudWatch Logs refuses it beside Dimensions", of="DefaultValue", do="keep one of the two"
            )
        if number > metrics.MOST_FILTERED:
            message = f"has {number} Dimensions, but CloudWatch Logs accepts {metrics.MOST_FILTERED} at most"
            yield filtered.finding(dimensions, message, do="remove the others")
        elif number and pattern and pattern[0] not in "{[":
            message = f"has Dimensions, but its FilterPattern ({pattern[:30]}) names no fields, so it is refused"
            yield filtered.finding(dimensions, message, do="write a pattern for JSON, such as { $.level = ERROR }")


BAD = """
Resources:
  Failed: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: '{ $.level = "ERROR" }', MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", DefaultValue: 0, Dimensions: [{Key: path, Value: $.path}]}]}}
---
Resources:
  Failed: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: xml error, MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", Dimensions: [{Key: path, Value: $.path}]}]}}
---
resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = "shop"
  pattern        = "{ $.level = \\"ERROR\\" }"

  metric_transformation {
    namespace  = "Shop"
    name       = "Failed"
    value      = "1"
    dimensions = { path = "$.path", shop = "$.shop", user = "$.user", step = "$.step" }
  }
}
"""

GOOD = """
Parameters: {Pattern: {Type: String}}
Resources:
  Failed: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: '{ $.level = "ERROR" }', MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", Dimensions: [{Key: path, Value: $.path}]}]}}
  Words: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: "[time, level = ERROR, path]", MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", Dimensions: [{Key: path, Value: $path}]}]}}
  Unknown: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: !Ref Pattern, MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", Dimensions: [{Key: path, Value: $.path}]}]}}
  Plain: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: shop, FilterPattern: ERROR, MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1", DefaultValue: 0}]}}
---
variable "dimensions" {}

resource "aws_cloudwatch_log_metric_filter" "any" {
  name           = "any"
  log_group_name = "shop"
  pattern        = "ERROR"

  metric_transformation {
    namespace     = "Shop"
    name          = "Any"
    value         = "1"
    default_value = 0
    dimensions    = var.dimensions
  }
}

resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = "shop"
  pattern        = "ERROR"

  metric_transformation {
    namespace     = "Shop"
    name          = "Failed"
    value         = "1"
    default_value = 0
  }
}
"""
