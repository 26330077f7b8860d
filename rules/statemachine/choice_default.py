"""A Choice that compares with single values should say what comes with any other.

Where no rule of a Choice matches and it has no Default, the execution fails with States.NoChoiceMatched. A value that nobody
thought of, such as a further status or a field in capitals, ends it so.

What to do: set Default to a state that reports the value or fails with a message of its own. A Choice with ranges, with And, Or
and Not or with tests such as IsPresent is not reported, since its rules may cover everything.
"""

from awslint_memo import Findings, Resource, listed, rule, state_settings


@rule(
    level="advice",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/state-choice.html",
)
def check(machine: Resource) -> Findings:
    choices = state_settings.undecided(machine)
    if choices:
        names = listed([state.name for state in choices], most=3)
        message = f"has no Default in {names}, so a value that none of the rules there names fails the execution"
        yield machine.finding(choices[0].content, message, do="set Default to a state that tells what came")


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.state, StringEquals: paid, Next: B}, {Variable: $.state, StringEquals: open, Next: C}]}, B: {Type: Pass, End: true}, C: {Type: Fail}}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.new", "BooleanEquals": true, "Next": "B"}]}, "B": {"Type": "Succeed"}}}'}}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Decide"
    States = {
      Decide = {
        Type = "Choice"
        Choices = [
          { Variable = "$.level", NumericEquals = 1, Next = "Done" },
          { Variable = "$.level", NumericEquals = 2, Next = "Done" },
        ]
      }
      Done = { Type = "Succeed" }
    }
  })
}
"""

GOOD = """
Parameters: {Next: {Type: String}}
Resources:
  Default: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.state, StringEquals: paid, Next: B}], Default: B}, B: {Type: Pass, End: true}}}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.state, StringEquals: paid, Next: B}], Default: !Ref Next}, B: {Type: Pass, End: true}}}}}
  Both: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.new, BooleanEquals: true, Next: B}, {Variable: $.new, BooleanEquals: false, Next: B}]}, B: {Type: Pass, End: true}}}}}
  There: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.a, IsPresent: true, Next: B}, {Variable: $.a, IsPresent: false, Next: B}]}, B: {Type: Pass, End: true}}}}}
  Range: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Choice, Choices: [{Variable: $.a, NumericEquals: 1, Next: B}, {Not: {Variable: $.a, NumericEquals: 1}, Next: B}]}, B: {Type: Pass, End: true}}}}}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Decide"
    States = {
      Decide = {
        Type    = "Choice"
        Choices = [{ Variable = "$.level", NumericEquals = 1, Next = "Done" }]
        Default = "Done"
      }
      Done = { Type = "Succeed" }
    }
  })
}
"""
