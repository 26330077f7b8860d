"""A canary should be started.

CloudFormation and Terraform create a canary without starting it, unless they are told to. It makes no run then, and its metrics
and alarms have no data, until somebody starts it by hand.

What to do: set StartCanaryAfterCreation (Terraform: start_canary) to true, or to false where something else starts it.
"""

from awslint_memo import Findings, Resource, rule


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


BAD = """
Resources:
  Site: {Type: AWS::Synthetics::Canary, Properties: {Name: site, Schedule: {Expression: rate(5 minutes)}}}
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
---
resource "aws_synthetics_canary" "site" {
  name         = "site"
  start_canary = true

  schedule {
    expression = "rate(5 minutes)"
  }
}
"""
