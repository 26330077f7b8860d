"""A canary should have a schedule that Synthetics takes.

A rate is of minutes or one hour: rate(1 minute) to rate(1 hour), and rate(0 minute) for a single run. Longer intervals need a
cron expression with six fields, of which the last is *. A run may not last longer than the time to the next one. Any other canary
is refused when it is deployed.

What to do: write rate(30 minutes), or cron(0 0/2 * * ? *) for every two hours.
"""

from awslint_memo import Findings, Resource, rule, schedules


@rule(
    level="error",
    since="0.2",
    resource="AWS::Synthetics::Canary",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="AmazonSynthetics/latest/APIReference/API_CanaryScheduleInput.html",
)
def check(canary: Resource) -> Findings:
    expression, fault = canary.get("Schedule.Expression"), schedules.canary_fault(canary)
    minutes, timeout = schedules.canary_minutes(canary), canary.get("RunConfig.TimeoutInSeconds")
    if fault is not None:
        message = f"is {expression.text}{expression.note}, which {fault}"
        do = "write rate(30 minutes) or cron(0 0/2 * * ? *), for example"
        yield canary.finding(expression, message, of="Schedule.Expression", do=do)
    elif minutes and timeout.above(minutes * 60):
        message = f"but the canary runs every {minutes * 60} s, so it is refused"
        do, related = f"set it to at most {minutes * 60}", [(expression, "the schedule")]
        yield canary.finding(timeout, message, unit="s", do=do, related=related)


BAD = """
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(1 day)}}}
---
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: cron(0 3 * * ? 2027)}}}
---
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: cron(0 3 * * ?)}}}
---
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(1 minute)}, RunConfig: {TimeoutInSeconds: 120}}}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(120 minutes)"
  }
}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(2 hours)"
  }
}
"""

GOOD = """
Parameters: {Rate: {Type: String}}
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(1 hour)}, RunConfig: {TimeoutInSeconds: 600}}}
  Once: {Type: AWS::Synthetics::Canary, Properties: {Name: once, Schedule: {Expression: rate(0 minute)}, RunConfig: {TimeoutInSeconds: 600}}}
  Daily: {Type: AWS::Synthetics::Canary, Properties: {Name: daily, Schedule: {Expression: cron(0 3 ? * MON-FRI *)}}}
  Unknown: {Type: AWS::Synthetics::Canary, Properties: {Name: unknown, Schedule: {Expression: !Ref Rate}}}
---
resource "aws_synthetics_canary" "site" {
  name = "site"

  schedule {
    expression = "rate(1 minute)"
  }

  run_config {
    timeout_in_seconds = 60
  }
}
"""
