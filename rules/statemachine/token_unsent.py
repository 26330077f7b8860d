"""A state that waits for its token should give it to somebody.

A task with .waitForTaskToken goes on when a program sends back the token of the task, which only the context of the state
holds. Where the message, event or payload has no token, nobody can answer, and each execution waits until it times out. So it does
where no role of the template may send the token back for this machine, though one may for another: who gets it is refused.

What to do: put the token into what the state sends, as "token.$": "$$.Task.Token", with JSONata as
"{% $states.context.Task.Token %}", and allow states:SendTaskSuccess and states:SendTaskFailure for the machine.
"""

from awslint_memo import Findings, Resource, definitions, machine_permissions, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/connect-to-resource.html",
    yields_to="statemachine-express-integration",
)
def check(machine: Resource) -> Findings:
    for state in definitions.tokenless(machine):
        yield machine.finding(
            state.content,
            f"waits in {state.name} for its task token, but gives it to nobody, so nobody can answer",
            do="send $$.Task.Token ($states.context.Task.Token with JSONata)",
        )
    action = machine_permissions.ANSWERS[0]
    for state in machine_permissions.unanswerable(machine)[:1]:
        message = f"waits in {state.name} for its task token, but no role here allows {action} for it"
        yield machine.finding(state.content, message, do="allow it in the role of who answers", level="warning")


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
Transform: AWS::Serverless-2016-10-31
Resources:
  Ask: {Type: AWS::Serverless::Function}
  Answer: {Type: AWS::Serverless::Function, Properties: {Policies: [{Statement: [{Effect: Allow, Action: ["states:SendTaskSuccess", "states:SendTaskFailure"], Resource: !Ref Claims}]}]}}
  Offer: {Type: AWS::Serverless::Function, Properties: {Policies: [{Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: !Ref Repairs}]}]}}
  Claims: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: !Ref Ask, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
  Repairs: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: !Ref Ask, Payload: {token.$: $$.Task.Token}}, Next: B}, B: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: !Ref Ask, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
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
Parameters: {Policy: {Type: String}}
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:SendTask*", Resource: !Ref Claims}]}}]}}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Claims: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
  Repairs: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
---
Resources:
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:*", Resource: !Ref Claims}]}}]}}
  Claims: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
  Repairs: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
Outputs: {Machine: {Value: !Ref Repairs}}
---
Resources:
  # Who answers is elsewhere.
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "states:StartExecution", Resource: !Ref Repairs}, {Effect: Deny, Action: "states:Send*", Resource: "*"}]}}]}}
  Repairs: {Type: AWS::StepFunctions::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", TimeoutSeconds: 60, Parameters: {FunctionName: f, Payload: {token.$: $$.Task.Token}}, End: true}}}}}
---
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
