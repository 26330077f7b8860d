"""A canary should have an alarm, which tells of its silence too.

A canary that fails only changes its page in the console. Without an alarm on its metrics, or a rule for its events, nobody
learns that what it tries does not work. An alarm that takes missing data for good tells of failed runs, but not that the
canary stopped, or that its runs break before they write anything.

What to do: add an alarm on SuccessPercent (CloudWatchSynthetics, CanaryName) with TreatMissingData breaching, over a time in
which there is at least one run.
"""

from awslint_memo import Findings, Resource, alarms, canaries, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Synthetics::Canary",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html",
)
def check(canary: Resource) -> Findings:
    if not canaries.may_be_watched(canary):
        do, why = "add an alarm on SuccessPercent, unless another stack has one", "so nobody learns of failed runs"
        together = f"have no alarm on their metrics here, {why}; {do}"
        yield canary.finding(canary, f"has no alarm on its metrics here, {why}", do=do, together=together)


@check.on("AWS::CloudWatch::Alarm")
def silence(alarm: Resource) -> Findings:
    treatment, is_less = alarm.get("TreatMissingData"), alarm.get("ComparisonOperator").starts_with("LessThan") is True
    compared = [metric for metric in alarms.metrics(alarm) if metric.is_compared]
    is_of_canary = any(
        metric.namespace.text == canaries.NAMESPACE and metric.name.is_one_of("SuccessPercent") for metric in compared
    )
    if is_of_canary and is_less and treatment.text == "notBreaching":
        message = "but a canary that makes no more runs writes nothing, so the alarm stays OK when it stops"
        yield alarm.finding(treatment, message, shown='"notBreaching"', do="set it to breaching")


BAD = """
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
  Shop: {Type: AWS::Synthetics::Canary, Properties: {Name: shop, Schedule: {Expression: rate(5 minutes)}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Shop}]}}
---
Resources:
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: site}], ComparisonOperator: LessThanThreshold, Threshold: 90, TreatMissingData: notBreaching}}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(5 minutes)"
  }
}
"""

GOOD = """
Parameters: {Missing: {Type: String}, Which: {Type: String}}
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Site}], ComparisonOperator: LessThanThreshold, Threshold: 90, TreatMissingData: !Ref Missing}}
---
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
  Failed: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [aws.synthetics], detail-type: [Synthetics Canary TestRun Failure]}}}
---
Parameters: {Which: {Type: String}}
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: Failed, Dimensions: [{Name: CanaryName, Value: !Ref Which}]}}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(5 minutes)"
  }
}

# Of all canaries.
resource "aws_cloudwatch_metric_alarm" "down" {
  alarm_name  = "down"
  metric_name = "SuccessPercent"
  namespace   = "CloudWatchSynthetics"
}
"""
