"""A canary should go on making runs.

rate(0 minute) makes a single run when the canary is started, and with DurationInSeconds the runs end after this time. The canary is
then there and watches nothing, and its alarms get no more data.

What to do: write a rate such as rate(5 minutes), and leave DurationInSeconds (Terraform: duration_in_seconds) out, or set it to 0. A
canary that is to make one run, or runs for a while, is reported only where an alarm of the template watches it.
"""

from awslint_memo import Findings, Resource, alarms, rule, schedules


@rule(
    level="error",
    since="0.2",
    resource="AWS::Synthetics::Canary",
    memo="異常な状況が発生した場合に通知やアクションを実行できます。",
    aws="AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html",
)
def check(canary: Resource) -> Findings:
    watch = next(alarms.watching(canary, "CanaryName"), None)
    duration, expression = canary.get("Schedule.DurationInSeconds"), canary.get("Schedule.Expression")
    if watch is None:
        return
    related = [(watch[0], "the alarm")]
    if schedules.canary_minutes(canary) == 0:
        message = f"is {expression.text}{expression.note}, a single run, so {watch[0].title} gets no data after it"
        do = "write rate(5 minutes), for example"
        yield canary.finding(expression, message, of="Schedule.Expression", do=do, related=related)
    elif duration.above(0):
        message = f"so the canary makes no runs after that time, and {watch[0].title} gets no more data"
        yield canary.finding(duration, message, unit="s", do="set it to 0", related=related)


BAD = """
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(0 minute)}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Site}]}}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression          = "rate(30 minutes)"
    duration_in_seconds = 3600
  }
}

resource "aws_cloudwatch_metric_alarm" "down" {
  alarm_name  = "down"
  metric_name = "SuccessPercent"
  namespace   = "CloudWatchSynthetics"
  dimensions  = { CanaryName = "site" }
}
"""

GOOD = """
Parameters: {Rate: {Type: String}, Seconds: {Type: Number}}
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes), DurationInSeconds: "0"}}}
  Down: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Site}]}}
  Unknown: {Type: AWS::Synthetics::Canary, Properties: {Name: unknown, Schedule: {Expression: !Ref Rate, DurationInSeconds: !Ref Seconds}}}
  DownToo: {Type: AWS::CloudWatch::Alarm, Properties: {Namespace: CloudWatchSynthetics, MetricName: SuccessPercent, Dimensions: [{Name: CanaryName, Value: !Ref Unknown}]}}
  # One run behind a deployment.
  Once: {Type: AWS::Synthetics::Canary, Properties: {Name: once, Schedule: {Expression: rate(0 minute)}}}
---
resource "aws_synthetics_canary" "launch" {
  name = "launch"

  # Watched by people while a launch lasts.
  schedule {
    expression          = "rate(1 minute)"
    duration_in_seconds = 7200
  }
}
"""
