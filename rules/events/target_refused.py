"""A rule should have at most five targets, each on its own bus.

EventBridge refuses a sixth target of a rule. In Terraform a target names the bus of its rule: without event_bus_name the rule is
looked for on the default bus, where it is not, and the target is refused.

What to do: set event_bus_name of the target to that of its rule, as in aws_cloudwatch_event_rule.x.event_bus_name, and write a second
rule with the same pattern for more targets, or let one topic hand the events on.
"""

from awslint_memo import Findings, Resource, each, event_targets, rule, targets

MOST = event_targets.MOST


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/APIReference/API_PutTargets.html",
)
def check(event_rule: Resource) -> Findings:
    for target in event_targets.elsewhere(event_rule):
        ids, to = targets.names(event_rule, [target])
        message = f"{to}names no bus and so means the default one, where this rule is not, so it is refused"
        related = [(event_rule.get("EventBusName"), "the bus of the rule")]
        yield event_rule.finding(target, message, of=f"Target{ids}", do="name the bus of the rule", related=related)
    all_ = [target for target in each(event_rule, "Targets") if target.is_known]
    if len(all_) > MOST:
        message = f"has {len(all_)} targets, but a rule has {MOST} at most, so EventBridge refuses the rest"
        yield event_rule.finding(event_rule, message, do="write a second rule with the same pattern for the others")


BAD = """
Resources:
  Orders: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: [{Id: a, Arn: !ImportValue A}, {Id: b, Arn: !ImportValue B}, {Id: c, Arn: !ImportValue C}, {Id: d, Arn: !ImportValue D}, {Id: e, Arn: !ImportValue E}, {Id: f, Arn: !ImportValue F}]}}
---
resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "stock" {
  name           = "stock"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "stock" {
  rule = aws_cloudwatch_event_rule.stock.name
  arn  = "arn:aws:sns:eu-west-1:123456789012:stock"
}
"""

GOOD = """
Parameters: {More: {Type: CommaDelimitedList}}
Resources:
  Orders: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, EventBusName: shop, Targets: [{Id: a, Arn: !ImportValue A}, {Id: b, Arn: !ImportValue B}, {Id: c, Arn: !ImportValue C}, {Id: d, Arn: !ImportValue D}, {Id: e, Arn: !ImportValue E}]}}
  Unknown: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, Targets: !Ref More}}
---
variable "bus" {}

resource "aws_cloudwatch_event_bus" "shop" {
  name = "shop"
}

resource "aws_cloudwatch_event_rule" "stock" {
  name           = "stock"
  event_bus_name = aws_cloudwatch_event_bus.shop.name
  event_pattern  = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "stock" {
  rule           = aws_cloudwatch_event_rule.stock.name
  event_bus_name = aws_cloudwatch_event_rule.stock.event_bus_name
  arn            = "arn:aws:sns:eu-west-1:123456789012:stock"
}

resource "aws_cloudwatch_event_target" "by_text" {
  rule           = aws_cloudwatch_event_rule.stock.name
  event_bus_name = "shop"
  arn            = "arn:aws:sns:eu-west-1:123456789012:text"
}

resource "aws_cloudwatch_event_target" "by_arn" {
  rule           = aws_cloudwatch_event_rule.stock.name
  event_bus_name = aws_cloudwatch_event_bus.shop.arn
  arn            = "arn:aws:sns:eu-west-1:123456789012:arn"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule           = aws_cloudwatch_event_rule.nightly.name
  event_bus_name = "default"
  arn            = "arn:aws:sns:eu-west-1:123456789012:nightly"
}

resource "aws_cloudwatch_event_rule" "given" {
  name           = "given"
  event_bus_name = var.bus
  event_pattern  = jsonencode({ source = ["shop"] })
}

resource "aws_cloudwatch_event_target" "given" {
  rule = aws_cloudwatch_event_rule.given.name
  arn  = "arn:aws:sns:eu-west-1:123456789012:given"
}
"""
