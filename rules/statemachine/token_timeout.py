"""A state that waits for somebody to answer should not wait for ever.

A task with .waitForTaskToken waits until a program sends the token back, and one with an activity until a worker takes it
and answers. Where that program fails or the token is lost, nobody notices: the execution stands still for up to a year,
which is the longest that a standard one lasts.

What to do: set TimeoutSeconds or HeartbeatSeconds of the state to a little more than an answer may take, and catch
States.Timeout. A TimeoutSeconds of the whole definition is enough.
"""

from awslint_memo import Findings, Resource, definitions, listed, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/sfn-best-practices.html",
)
def check(machine: Resource) -> Findings:
    waiting = definitions.waiting_for_ever(machine)
    if waiting:
        names = listed([state.name for state in waiting], most=3)
        yield machine.finding(
            waiting[0].content,
            f"waits in {names} for an answer, without TimeoutSeconds or HeartbeatSeconds, so it hangs if none comes",
            do="set one of them",
        )


BAD = """
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: |
        {"StartAt": "Pick", "States": {
          "Pick": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "HeartbeatSeconds": 600, "Next": "Confirm"},
          "Confirm": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "End": true}}}
---
Resources:
  Confirm: {Type: AWS::StepFunctions::Activity, Properties: {Name: confirm}}
  Orders: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: !Ref Confirm, End: true}}}}}
---
resource "aws_sfn_state_machine" "orders" {
  definition = jsonencode({
    StartAt = "Confirm"
    States = {
      Confirm = { Type = "Task", Resource = "arn:aws:states:eu-west-1:123456789012:activity:confirm", End = true }
    }
  })
}
"""

GOOD = """
Parameters: {Resource: {Type: String}, More: {Type: String}}
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      Definition:
        StartAt: Pick
        States:
          Pick: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", TimeoutSecondsPath: $.wait, Next: Send}
          Send: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Next: Any}
          Any: {Type: Task, Resource: !Ref Resource, End: true}
  Whole: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, TimeoutSeconds: 86400, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true}}}}}
  Short: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", End: true}}}}}
---
variable "wait" {}

resource "aws_sfn_state_machine" "orders" {
  definition = jsonencode({
    StartAt = "Confirm"
    States = {
      Confirm = { Type = "Task", Resource = "arn:aws:states:::sns:publish.waitForTaskToken", TimeoutSeconds = var.wait, End = true }
    }
  })
}
"""
