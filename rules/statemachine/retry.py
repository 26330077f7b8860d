"""A task that calls a function should be retried.

Lambda sometimes answers an invocation with an error of its own, as when it has too many requests. Without Retry the whole
execution fails then, although the next attempt would succeed. So it does where Catch leads to a Fail state.

What to do: add Retry for Lambda.ClientExecutionTimeoutException, Lambda.ServiceException, Lambda.AWSLambdaException,
Lambda.SdkClientException and Lambda.TooManyRequestsException to the task, or to the Map or Parallel in which it stands. A task
with a Catch that does more than to fail is not reported. The error States.Runtime always fails the execution, so a Retry for it alone
does nothing: mend the path or the expression that fails.
"""

from awslint_memo import Findings, Resource, definitions, functions, listed, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/sfn-best-practices.html",
)
def check(machine: Resource) -> Findings:
    called = [state for state in definitions.tried_once(machine) if calls_function(state)]
    if called:
        names = listed([state.name for state in called], most=3)
        yield machine.finding(
            called[0].content,
            f"calls a function in {names} without Retry for errors of Lambda itself, so such an error fails the execution",
            do="add Retry for Lambda.ServiceException, Lambda.TooManyRequestsException and their like",
        )
    for state, errors in definitions.idle_retriers(machine):
        message = f"asks to retry {definitions.NEVER_RETRIED} in {state.name}, which always fails the execution"
        yield machine.finding(errors, message, do="remove it, and mend the path or expression that fails")


def calls_function(state: definitions.State) -> bool:
    called = state.resource
    if functions.function_of(state.machine.deployment, called) is not None:
        return True
    return ":lambda:invoke" in (called.pieces[-1].text or "") or (called.text or "").startswith("arn:aws:lambda:")


BAD = """
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::dynamodb:updateItem", Retry: [{ErrorEquals: [States.Runtime]}], End: true}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Count: {Type: AWS::Serverless::Function}
  Work:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: "${CountArn}", Next: B}, B: {Type: Parallel, Branches: [{StartAt: C, States: {C: {Type: Task, Resource: !Sub "arn:${AWS::Partition}:states:::lambda:invoke", End: true}}}], End: true}}}
      DefinitionSubstitutions: {CountArn: !GetAtt Count.Arn}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Count}}]
---
resource "aws_sfn_state_machine" "work" {
  definition = jsonencode({
    StartAt = "Send"
    States = {
      Send = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken", End = true }
    }
  })
}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:lambda:eu-west-1:123456789012:function:count", End: true}}}}}
---
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Retry: [{ErrorEquals: [Busy]}], Catch: [{ErrorEquals: [Gone], Next: D}, {ErrorEquals: [States.ALL], Next: B}], Next: D}
          B: {Type: Pass, Next: C}
          C: {Type: Fail}
          D: {Type: Succeed}
"""

GOOD = """
Parameters: {Called: {Type: String}}
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Retry: [{ErrorEquals: [States.ALL]}], Next: B}
          B: {Type: Map, Retry: [{ErrorEquals: [States.ALL]}], ItemProcessor: {StartAt: C, States: {C: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", End: true}}}, Next: D}
          D: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Catch: [{ErrorEquals: [States.ALL], Next: H}], Next: I}
          I: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Catch: [{ErrorEquals: [!Ref Called], Next: J}], Next: K}
          K: {Type: Parallel, Catch: [{ErrorEquals: [Busy], Next: J}], Branches: [{StartAt: L, States: {L: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", End: true}}}], Next: M}
          M: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Catch: [{ErrorEquals: [States.ALL], Next: !Ref Called}], Next: N}
          H: {Type: Pass, Next: J}
          N: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Catch: [{ErrorEquals: [States.ALL], Next: O}], Next: E}
          O: {Type: Task, Resource: "arn:aws:states:::sns:publish", Next: F}
          J: {Type: Choice, Choices: [{Variable: $.a, IsPresent: true, Next: F}], Default: E}
          E: {Type: Task, Resource: "arn:aws:states:::sns:publish", Next: G}
          G: {Type: Task, Resource: !Ref Called, End: true}
          F: {Type: Fail}
---
resource "aws_sfn_state_machine" "work" {
  definition = jsonencode({
    StartAt = "Send"
    States = {
      Send = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke.waitForTaskToken", Retry = [{ ErrorEquals = ["States.ALL"] }], End = true }
    }
  })
}
"""
