"""A function that is invoked should reserve more than no concurrency.

ReservedConcurrentExecutions of 0 throttles every invocation. What a queue or a rule sends is tried again until it goes to a
dead-letter queue or expires. Some keep 0 on purpose, to switch a function off: a comment on the line or above it, a
Description that says so, or a parameter tells that, and then nothing, or advice, is reported. What a mapping gives another
environment than production is advice.

What to do: remove ReservedConcurrentExecutions (Terraform: reserved_concurrent_executions), or set it above 0. To switch a
function off, disable what invokes it.
"""

from awslint_memo import Findings, Resource, invocations, rule

OFF = ("disable", "kill", "off", "pause", "retire", "stop", "switch", "throttle")  # chosen: words for it


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="lambda/latest/dg/configuration-concurrency.html",
    fix="unsafe",
    taste=True,
)
def check(function: Resource) -> Findings:
    reserved, description = function.get("ReservedConcurrentExecutions"), function.get("Description")
    is_off = description.is_unknown or any(word in (description.text or "").lower() for word in OFF)
    # A parameter that is 0 by default is a switch.
    if reserved.number != 0 or reserved.origin.defaults or is_off:
        return
    triggers = invocations.triggers(function)
    in_vain = f", and {triggers[0].title} invokes it in vain" if triggers else ""
    yield function.finding(
        reserved,
        f"so every invocation is throttled{in_vain}",
        do="remove it, or set it above 0",
        level=None if triggers else "advice",
        related=[(trigger, "invokes it") for trigger in triggers[:1]],
        fix=function.unset("ReservedConcurrentExecutions", unsafe="lets the function run")
        if reserved.is_literal
        else None,
    )


BAD = """
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: !Ref Work}}
---
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: "0", Description: Orders}}
---
Parameters: {State: {Type: String}}
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: !Ref Work, Enabled: false}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Target: !GetAtt Work.Arn, DesiredState: STOPPED}}
  Rule: {Type: AWS::Events::Rule, Properties: {State: DISABLED, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Other: {Type: AWS::Events::Rule, Properties: {State: !Ref State, ScheduleExpression: rate(1 day), Targets: [{Id: a, Arn: !GetAtt Work.Arn}]}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Work, Principal: events.amazonaws.com}}
---
Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}
Mappings: {Sizes: {dev: {Most: 2}, prod: {Most: 0}}}
Resources:
  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !FindInMap [Sizes, !Ref Stage, Most]}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !ImportValue queue, FunctionName: !Ref Work}}
---
resource "aws_lambda_function" "work" {
  function_name                  = "work"
  reserved_concurrent_executions = 0
}

resource "aws_cloudwatch_event_rule" "daily" {
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "daily" {
  rule = aws_cloudwatch_event_rule.daily.name
  arn  = aws_lambda_function.work.arn
}
"""

GOOD = """
Parameters: {Most: {Type: Number}, Switch: {Type: Number, Default: 0}, About: {Type: String}}
Resources:
  Some: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 1}}
  All: {Type: AWS::Lambda::Function}
  Unknown: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !Ref Most}}
  Switched: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: !Ref Switch}}
  Described: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0, Description: Disabled since the migration}}
  Told: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0, Description: !Ref About}}
---
resource "aws_lambda_function" "work" {
  function_name                  = "work"
  reserved_concurrent_executions = -1
}
"""

FIXED = """
-  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0}}
+  Work: {Type: AWS::Lambda::Function}
---
-  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: "0", Description: Orders}}
+  Work: {Type: AWS::Lambda::Function, Properties: {Description: Orders}}
---
-  Work: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 0}}
+  Work: {Type: AWS::Lambda::Function}
---
-  function_name                  = "work"
-  reserved_concurrent_executions = 0
+  function_name = "work"
"""
