"""An alarm that counts errors should treat missing data as not breaching.

Many services publish a count of errors only when there are any. With the default, `missing`, such an alarm goes to
INSUFFICIENT_DATA between errors, and may stay in ALARM long after the last error.

What to do: set TreatMissingData (Terraform: treat_missing_data) to notBreaching. DynamoDB's metrics are not checked:
CloudWatch always ignores missing data for them.
"""

import re
from collections.abc import Iterator

from awslint_memo import Finding, Resource, alarms, rule

ERRORS = re.compile(r"error|fault|fail|exception|throttl|reject|5xx|4xx|deadletter", re.I)


@rule(
    "alarm-missing-data",
    level="advice",
    resource="AWS::CloudWatch::Alarm",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html",
)
def check(alarm: Resource) -> Iterator[Finding]:
    treatment = alarm.get("TreatMissingData", default="missing")
    name, namespace = alarm.get("MetricName").text or "", alarm.get("Namespace").text
    is_count = alarm.get("Statistic").text in ("Sum", "SampleCount")
    rises = alarm.get("ComparisonOperator").starts_with("Greater")
    if treatment.text != "missing" or not (is_count and rises and ERRORS.search(name)) or namespace == "AWS/DynamoDB":
        return
    if not any(alarms.may_have_default(metric, alarm.deployment) for metric in alarms.metrics(alarm)):
        yield alarm.finding(
            treatment,
            f'is "missing"{treatment.note}, but {name} may have no data while nothing fails, which sets the alarm to '
            "INSUFFICIENT_DATA; set it to notBreaching",
            of="TreatMissingData",
        )


BAD = """
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, Threshold: 0}}
---
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: PaymentFailures, Statistic: Sum, ComparisonOperator: GreaterThanOrEqualToThreshold, Threshold: 1, TreatMissingData: missing}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/ApiGateway"
  metric_name         = "5XXError"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
}
"""

GOOD = """
Parameters: {Missing: {Type: String}}
Resources:
  Failed: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching}}
  Unknown: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Statistic: Sum, ComparisonOperator: GreaterThanThreshold, TreatMissingData: !Ref Missing}}
  Rate: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/Lambda, MetricName: Errors, Statistic: Average, ComparisonOperator: GreaterThanThreshold}}
  Silence: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: ErrorsChecked, Statistic: Sum, ComparisonOperator: LessThanThreshold}}
  Backlog: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/SQS, MetricName: ApproximateNumberOfMessagesVisible, Statistic: Sum, ComparisonOperator: GreaterThanThreshold}}
  Table: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: AWS/DynamoDB, MetricName: SystemErrors, Statistic: Sum, ComparisonOperator: GreaterThanThreshold}}
  Logged: {Type: AWS::Logs::MetricFilter, Properties: {MetricTransformations: [{MetricName: LoggedErrors, MetricNamespace: Shop, MetricValue: "1", DefaultValue: 0}]}}
  OfLogs: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: Shop, MetricName: LoggedErrors, Statistic: Sum, ComparisonOperator: GreaterThanThreshold}}
---
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name          = "failed"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "ignore"
}
"""
