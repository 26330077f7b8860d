"""The states of a state machine should lead to states that exist, and end.

Step Functions refuses a definition whose StartAt, Next, Default or a Next of Choices and Catch names no state of the same
level, and one with a state that has neither Next nor End. Branches of a Parallel and the processor of a Map are levels of
their own.

What to do: correct the name, capitals included, or set End to true.
"""

from awslint_memo import Findings, Resource, rule, transitions


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/statemachine-structure.html",
)
def check(machine: Resource) -> Findings:
    for fault in transitions.faults(machine):
        yield machine.finding(fault.value, f"{fault.says}, so Step Functions refuses it", do=fault.do)


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: First, States: {Frist: {Type: Pass, End: true}}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.a, IsPresent: true, Next: B}], Default: c}, B: {Type: Succeed}, C: {Type: Fail}}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Function.Arn}"}}}'}}
  Function: {Type: AWS::Lambda::Function}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Parallel, End: true, Branches: [{StartAt: B, States: {B: {Type: Pass, Next: C}}}]}, C: {Type: Succeed}}}}}
---
resource "aws_sfn_state_machine" "work" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Pass", Next = "Done" }
    }
  })
}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionSubstitutions: {Next: C}, Definition: {StartAt: A, States: {A: {Type: Pass, Next: "${Next}"}}}}}
"""

GOOD = """
Parameters: {Next: {Type: String}, Rest: {Type: String}}
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: !GetAtt Function.Arn, Next: B, Catch: [{ErrorEquals: [States.ALL], Next: F}]}
          B: {Type: Choice, Choices: [{Variable: $.a, IsPresent: true, Next: C}, {And: [{Variable: $.a, IsNull: true}], Next: D}], Default: E}
          C: {Type: Succeed}
          D: {Type: Map, ItemProcessor: {StartAt: G, States: {G: {Type: Pass, End: true}}}, Next: E}
          E: {Type: Parallel, Branches: [{StartAt: H, States: {H: {Type: Wait, Seconds: 1, End: true}}}], End: true}
          F: {Type: Fail}
  Function: {Type: AWS::Lambda::Function}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: !Ref Next, States: {A: {Type: Pass, Next: !Ref Next}}}}}
  Substituted: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionSubstitutions: {Next: B, Start: !Ref Next}, Definition: {StartAt: "${Start}", States: {A: {Type: Pass, Next: "${Next}"}, B: {Type: Pass, Next: "${NotGiven}"}}}}}
  Pieces: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"} ${Rest}}}'}}
  File: {Type: AWS::StepFunctions::StateMachine, Properties: {DefinitionS3Location: {Bucket: a, Key: b}}}
---
resource "aws_sfn_state_machine" "work" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Pass", Next = "Done" }
      Done = { Type = "Succeed" }
    }
  })
}

variable "states" {}

resource "aws_sfn_state_machine" "given" {
  definition = jsonencode({
    StartAt = "A"
    States  = var.states
  })
}
"""
