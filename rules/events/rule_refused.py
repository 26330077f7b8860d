"""A rule should say when it is invoked, and give each target one input.

EventBridge refuses a rule with neither an EventPattern nor a ScheduleExpression. Of a target, Input, InputPath and
InputTransformer exclude each other. The account in the ARN of a target has twelve digits: a word that somebody was to replace is
refused too.

What to do: add a pattern or a schedule, keep one of the inputs, and refer to the target instead of writing its ARN.
"""

import re

from awslint_memo import Findings, Resource, Value, each, listed, placeholders, rule, targets

ACCOUNT = re.compile(r"arn:[^:]*:(?:lambda|sns|sqs|states):[^:]*:([^:]*):.*", re.DOTALL)

INPUTS = ("Input", "InputPath", "InputTransformer.InputTemplate")


@rule(
    level="error",
    since="0.2",
    resource="AWS::Events::Rule",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="eventbridge/latest/APIReference/API_PutRule.html",
)
def check(event_rule: Resource) -> Findings:
    # https://github.com/awsdocs/aws-cloudformation-user-guide/pull/456; "Parameter(s) EventPattern or ScheduleExpression must be
    # specified": https://github.com/getmoto/moto, moto/events/models.py (both read on 2026-11-29)
    asked = [event_rule.get(name) for name in ("EventPattern", "ScheduleExpression")]
    # Who calls a module that has a variable for each gives one of them.
    if all(value.is_absent for value in asked) and not all(value.origin.defaults for value in asked):
        message = "has neither an EventPattern nor a ScheduleExpression, so EventBridge refuses it"
        yield event_rule.finding(event_rule, message, do="add one of them")
    # "Only one of Input, InputPath, or InputTransformer must be provided": https://github.com/localstack/localstack,
    # services/events/target.py (read on 2026-11-29)
    for target in each(event_rule, "Targets"):
        account = account_of(target.get("Arn").text or "")
        if account and not re.fullmatch(r"\d{12}", account) and not placeholders.is_left_to_a_tool(account):
            message = f"which names {account} as its account, so EventBridge refuses it"
            yield event_rule.finding(target.get("Arn"), message, do="write the account, or refer to the target")
        given = [name for name in INPUTS if is_given(target.get(name))]
        if len(given) > 1:
            names = listed([event_rule.in_file_words(f"Targets.{name}").removeprefix("Targets.") for name in given])
            ids, to = targets.names(event_rule, [target])
            message = f"{to}has {names}, which exclude each other, so EventBridge refuses it"
            yield event_rule.finding(target, message, of=f"Target{ids}", do="keep one of them")


def is_given(value: Value) -> bool:
    """Whether something surely stands there: JSON that Terraform makes, or a text of which a part is known, too."""
    return value.is_known or len(value.pieces) > 1


def account_of(arn: str) -> str:
    match = ACCOUNT.fullmatch(arn)
    return match[1] if match else ""


BAD = """
Resources:
  Orders: {Type: AWS::Events::Rule, Properties: {State: ENABLED, Targets: [{Id: a, Arn: !ImportValue Work}]}}
---
Resources:
  Nightly: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work, Input: "{}", InputPath: $.detail}]}}
---
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule  = aws_cloudwatch_event_rule.nightly.name
  arn   = "arn:aws:sns:eu-west-1:123456789012:nightly"
  input = "{}"

  input_transformer {
    input_template = "\\"<a>\\""
  }
}
---
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule  = aws_cloudwatch_event_rule.nightly.name
  arn   = "arn:aws:sns:eu-west-1:123456789012:nightly"
  input = jsonencode({ what = "all" })

  input_transformer {
    input_template = "\\"<a>\\""
  }
}
---
resource "aws_cloudwatch_event_rule" "nightly" {
  name = "nightly"
}
---
resource "aws_cloudwatch_event_rule" "checked" {
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "checked" {
  rule = aws_cloudwatch_event_rule.checked.name
  arn  = "arn:aws:lambda:eu-west-1:ACCOUNT_ID:function:check"
}
"""

GOOD = """
variable "pattern" {}

variable "schedule" {}

resource "aws_cloudwatch_event_rule" "any" {
  event_pattern       = var.pattern
  schedule_expression = var.schedule
}
---
Parameters: {Pattern: {Type: String}, Input: {Type: String}}
Resources:
  Orders: {Type: AWS::Events::Rule, Properties: {EventPattern: !Ref Pattern, Targets: [{Id: a, Arn: !ImportValue Work, Input: "{}"}, {Id: b, Arn: !ImportValue Work, InputPath: $.detail}]}}
  Both: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [shop]}, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !ImportValue Work, Input: !Ref Input, InputPath: $.detail}]}}
---
resource "aws_cloudwatch_event_rule" "nightly" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = "arn:aws:sns:eu-west-1:123456789012:nightly"

  input_transformer {
    input_template = "\\"<a>\\""
  }
}

# A tool writes the account before it is deployed.
resource "aws_cloudwatch_event_target" "left" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = "arn:aws:sns:eu-west-1:%ACCOUNT_ID%:nightly"
}
"""
