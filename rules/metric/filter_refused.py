"""CloudWatch Logs should accept a metric filter.

A filter with dimensions has no DefaultValue, and three dimensions at most. Their values are fields of the lines, so the
pattern has to be one for JSON ("{ … }") or for words at fixed places ("[ … ]"). And only log groups of the class STANDARD have metric
filters.

What to do: keep Dimensions or DefaultValue (Terraform: dimensions, default_value), and a pattern that has the fields. Leave out
LogGroupClass (Terraform: log_group_class) of the log group; it can't be changed later, so an existing group is replaced.
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
    group = filtered.follow("LogGroupName", "AWS::Logs::LogGroup")
    kind = None if group is None else group.get("LogGroupClass")
    if group is not None and kind is not None and kind.is_one_of(*metrics.UNFILTERED):
        says = f"is {group.title}, whose class is {kind.text}{kind.note}, and which therefore has no metric filters"
        do, related = "give it the class STANDARD", [(kind, "the class of the log group")]
        yield filtered.finding(filtered.get("LogGroupName"), says, of="LogGroupName", do=do, related=related)
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
---
Resources:
  Audit: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: audit, LogGroupClass: INFREQUENT_ACCESS}}
  Denied: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Audit, FilterPattern: DENIED, MetricTransformations: [{MetricNamespace: Shop, MetricName: Denied, MetricValue: "1"}]}}
---
resource "aws_cloudwatch_log_group" "work" {
  name            = "/aws/lambda/work"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = aws_cloudwatch_log_group.work.name
  pattern        = "ERROR"

  metric_transformation {
    namespace = "Shop"
    name      = "Failed"
    value     = "1"
  }
}
"""

GOOD = """
Parameters: {Pattern: {Type: String}, Class: {Type: String}}
Resources:
  Usual: {Type: AWS::Logs::LogGroup, Properties: {LogGroupClass: STANDARD}}
  Given: {Type: AWS::Logs::LogGroup, Properties: {LogGroupClass: !Ref Class}}
  # Nothing filters the lines of this one.
  Kept: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: kept, LogGroupClass: INFREQUENT_ACCESS}}
  OfUsual: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Usual, FilterPattern: ERROR, MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1"}]}}
  OfGiven: {Type: AWS::Logs::MetricFilter, Properties: {LogGroupName: !Ref Given, FilterPattern: ERROR, MetricTransformations: [{MetricNamespace: Shop, MetricName: Failed, MetricValue: "1"}]}}
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
