"""A canary should be started.

CloudFormation and Terraform create a canary without starting it, unless they are told to. It makes no run then, and its metrics
and alarms have no data, until somebody starts it by hand.

What to do: set StartCanaryAfterCreation (Terraform: start_canary) to true, or to false where something else starts it. False
is reported only where an alarm of the template watches the canary.
"""

from awslint_memo import Findings, Resource, alarms, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Synthetics::Canary",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonSynthetics/latest/APIReference/API_StartCanary.html",
)
def check(canary: Resource) -> Findings:
    starts = canary.get("StartCanaryAfterCreation")
    if starts.is_absent:
        yield canary.finding(starts, "so it makes no run until somebody starts it", do="set it to true")
    elif starts.flag is False and not canary.is_exposed():
        watch = next(alarms.watching(canary, "CanaryName"), None)
        if watch is not None:
            message = f"so {watch[0].title} gets no data until somebody starts it"
            yield canary.finding(starts, message, do="set it to true", related=[(watch[0], "the alarm")])


BAD = """
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
---
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}, StartCanaryAfterCreation: false}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Site}]}}
---
resource "aws_synthetics_canary" "site" {
  name         = "site"
  start_canary = false

  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_cloudwatch_metric_alarm" "down" {
  alarm_name = "down"

  metric_query {
    id = "m"

    metric {
      metric_name = "SuccessPercent"
      namespace   = "CloudWatchSynthetics"
      dimensions  = { CanaryName = aws_synthetics_canary.site.name }
    }
  }
}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(5 minutes)"
  }
}
"""

GOOD = """
Parameters: {Starts: {Type: String}}
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}, StartCanaryAfterCreation: !Ref Starts}}
  ByHand: {Type: AWS::Synthetics::Canary, Properties: {Name: by-hand, Schedule: {Expression: rate(5 minutes)}, StartCanaryAfterCreation: false}}
  Up: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Site}]}}
---
resource "aws_synthetics_canary" "site" {
  name         = "site"
  start_canary = true

  schedule {
    expression = "rate(5 minutes)"
  }
}
"""
