"""A state that waits for its token should give it to somebody.

A task with .waitForTaskToken goes on when a program sends back the token of the task, which only the context of the state
holds. Where the message, event or payload has no token, nobody can answer, and each execution waits until it times out.

What to do: put the token into what the state sends, as "token.$": "$$.Task.Token", with JSONata as
"{% $states.context.Task.Token %}".
"""

from awslint_memo import Findings, Resource, definitions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/connect-to-resource.html",
)
def check(machine: Resource) -> Findings:
    for state in definitions.tokenless(machine):
        yield machine.finding(
            state.content,
            f"waits in {state.name} for its task token, but gives it to nobody, so nobody can answer",
            do="send $$.Task.Token ($states.context.Task.Token with JSONata)",
        )


BAD = """
Resources:
  Approvals: {Type: AWS::SQS::Queue}
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionSubstitutions: {Queue: !Ref Approvals}
      DefinitionString: |
        {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "TimeoutSeconds": 60,
          "Parameters": {"QueueUrl": "${Queue}", "MessageBody": {"order.$": "$", "at.$": "$$.Task.EnteredTime"}}, "End": true}}}
---
Resources:
  Orders: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {QueryLanguage: JSONata, StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Arguments: {FunctionName: approve, Payload: "{% $states.context.Execution.Input %}"}, End: true}}}}}
---
resource "aws_sqs_queue" "approvals" {}

resource "aws_sfn_state_machine" "orders" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", TimeoutSeconds = 60, Parameters = { QueueUrl = aws_sqs_queue.approvals.url, "MessageBody.$" = "$" }, End = true }
    }
  })
}
"""

GOOD = """
Parameters: {Body: {Type: String}}
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionSubstitutions: {Body: !Ref Body}
      Definition:
        StartAt: A
        States:
          A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", TimeoutSeconds: 60, Parameters: {QueueUrl: q, MessageBody: {token.$: $$.Task.Token}}, Next: B}
          B: {Type: Task, Resource: "arn:aws:states:::sns:publish.waitForTaskToken", TimeoutSeconds: 60, Parameters: {TopicArn: t, Message.$: "States.Format('{}', $$.Task.Token)"}, Next: C}
          C: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload.$: $$}, Next: D}
          D: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: "${Body}"}, Next: E}
          E: {Type: Task, QueryLanguage: JSONata, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Arguments: {FunctionName: f, Payload: "{% $merge([$states.input, $states.context.Task]) %}"}, Next: F}
          F: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: q, MessageBody.$: $}, End: true}
---
variable "body" {}

resource "aws_sfn_state_machine" "orders" {
  definition = jsonencode({
    StartAt = "A"
    States = {
      A = { Type = "Task", Resource = "arn:aws:states:::sqs:sendMessage.waitForTaskToken", TimeoutSeconds = 60, Parameters = { QueueUrl = "q", MessageBody = var.body }, End = true }
    }
  })
}
"""
