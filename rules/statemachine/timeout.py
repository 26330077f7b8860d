"""A state machine should not wait for longer than its executions may last.

An execution that lasts longer than TimeoutSeconds of the definition ends with States.Timeout, and one of an express machine after
five minutes. A state that waits for longer is the last one that it gets to: what stands behind it never happens.

What to do: set TimeoutSeconds above all that is waited for, with what the tasks take; or make the machine a standard one.
"""

from awslint_memo import Findings, Resource, machine_waits, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/statemachine-structure.html",
)
def check(machine: Resource) -> Findings:
    wait = machine_waits.overrun(machine)
    if wait is None:
        return
    is_express = wait.bound.text == "EXPRESS"
    of, do = (
        ("StateMachineType", "set it to STANDARD")
        if is_express
        else ("TimeoutSeconds", f"set it above {wait.seconds:g}")
    )
    bound = f"EXPRESS, whose executions last {wait.most:g} s at most" if is_express else f"{wait.most:g}"
    message = f"is {bound}, but {wait.seconds:g} s pass until the end of {wait.name}, so executions never get past that"
    yield machine.finding(wait.bound, message, of=of, do=do)


BAD = """
Resources:
  Hold:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        TimeoutSeconds: 1800
        StartAt: Hold
        States: {Hold: {Type: Wait, Seconds: 3600, Next: Release}, Release: {Type: Succeed}}
---
Resources:
  Hold:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: |
        {"TimeoutSeconds": 900, "StartAt": "A", "States": {
          "A": {"Type": "Wait", "Seconds": 600, "Next": "B"},
          "B": {"Type": "Choice", "Choices": [{"Variable": "$.long", "BooleanEquals": true, "Next": "Both"}], "Default": "C"},
          "Both": {"Type": "Parallel", "Branches": [{"StartAt": "D", "States": {"D": {"Type": "Wait", "Seconds": 301, "End": true}}}], "Next": "C"},
          "C": {"Type": "Succeed"}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Hold:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      DefinitionSubstitutions: {Seconds: 600}
      Definition: {TimeoutSeconds: 900, StartAt: Hold, States: {Hold: {Type: Wait, Seconds: "${Seconds}", End: true}}}
---
resource "aws_sfn_state_machine" "hold" {
  definition = jsonencode({
    TimeoutSeconds = 1800
    StartAt        = "Try"
    States = {
      Try  = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage", Catch = [{ ErrorEquals = ["States.ALL"], Next = "Hold" }], End = true }
      Hold = { Type = "Wait", Seconds = 1801, Next = "Try" }
    }
  })
}
"""

GOOD = """
Parameters: {Seconds: {Type: Number}, Next: {Type: String}}
Resources:
  # The way through B waits for less, and nobody waits for as long as the execution may last.
  Hold:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        TimeoutSeconds: 900
        StartAt: A
        States:
          A: {Type: Choice, Choices: [{Variable: $.long, BooleanEquals: true, Next: B}], Default: C}
          B: {Type: Wait, Seconds: 600, Next: C}
          C: {Type: Wait, Seconds: 900, Next: D}
          D: {Type: Succeed}
          NeverReached: {Type: Wait, Seconds: 1200, Next: D}
  Unbounded: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Wait, Seconds: 86400, End: true}}}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {TimeoutSeconds: 60, StartAt: A, States: {A: {Type: Wait, Seconds: !Ref Seconds, End: true}}}}}
  Bound: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {TimeoutSeconds: !Ref Seconds, StartAt: A, States: {A: {Type: Wait, Seconds: 60, End: true}}}}}
  ByPath: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {TimeoutSeconds: 60, StartAt: A, States: {A: {Type: Wait, SecondsPath: $.seconds, Next: B}, B: {Type: Pass, Seconds: 90, End: true}}}}}
  Short: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS, Definition: {StartAt: A, States: {A: {Type: Wait, Seconds: 300, End: true}}}}}
  # Where a state goes on is not known, so it may be the last one.
  Open: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {TimeoutSeconds: 900, StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.a, BooleanEquals: true, Next: !Ref Next}], Default: B}, B: {Type: Wait, Seconds: 600, Next: C}, C: {Type: Wait, Seconds: 600, End: true}}}}}
---
variable "longest" {}

resource "aws_sfn_state_machine" "hold" {
  definition = jsonencode({
    TimeoutSeconds = var.longest
    StartAt        = "Hold"
    States         = { Hold = { Type = "Wait", Seconds = 3600, End = true } }
  })
}
"""
