"""Step Functions should accept the settings of each state.

States.ALL stands for every error, so it stands alone in its ErrorEquals, in the last entry of Retry or Catch. A task's
HeartbeatSeconds is below its TimeoutSeconds. Only tasks have TimeoutSeconds, and only Task, Map and Parallel have Retry and
Catch. A state whose QueryLanguage is JSONata has Arguments and Output, one with JSONPath has InputPath, Parameters, ResultSelector,
ResultPath and OutputPath, and a machine in JSONata has no state in JSONPath. Step Functions refuses any other definition.

What to do: give States.ALL the last entry for itself, shorten the heartbeat, and remove what the type of the state, or its query
language, does not have.
"""

from awslint_memo import Findings, Resource, rule, state_settings


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="メッセージ処理のデバックやリドライブにも活用できます。",
    aws="step-functions/latest/dg/concepts-error-handling.html",
)
def check(machine: Resource) -> Findings:
    for fault in state_settings.faults(machine):
        yield machine.finding(fault.value, f"{fault.says}, so Step Functions refuses it", do=fault.do)


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Retry: [{ErrorEquals: [Busy, States.ALL]}], End: true}}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}, {"ErrorEquals": ["Busy"], "Next": "B"}], "Next": "B"}, "B": {"Type": "Fail"}}}'}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken", TimeoutSeconds: "${Wait}", HeartbeatSeconds: 600, End: true}}}, DefinitionSubstitutions: {Wait: 600}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Map, TimeoutSeconds: 60, ItemProcessor: {StartAt: B, States: {B: {Type: Pass, End: true}}}, End: true}}}}}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Send"
    States = {
      Send = {
        Type     = "Task"
        Resource = "arn:aws:states:::sns:publish"
        Retry    = [{ ErrorEquals = ["States.ALL"] }, { ErrorEquals = ["SNS.ThrottlingException"] }]
        End      = true
      }
    }
  })
}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {QueryLanguage: JSONata, StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Arguments: {QueueUrl: q}, ResultPath: $.sent, OutputPath: $.sent, End: true}}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Map, QueryLanguage: JSONata, Items: "{% $states.input.all %}", ItemProcessor: {StartAt: B, States: {B: {Type: Pass, Output: "{% $states.input.id %}", End: true}}}, End: true}}}}}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    QueryLanguage = "JSONata"
    StartAt       = "Send"
    States = {
      Send = {
        Type          = "Pass"
        QueryLanguage = "JSONPath"
        ResultPath    = "$.sent"
        End           = true
      }
    }
  })
}
"""

GOOD = """
Parameters: {Error: {Type: String}, Seconds: {Type: Number}}
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", TimeoutSeconds: 60, HeartbeatSeconds: 59, Retry: [{ErrorEquals: [Busy, States.Timeout]}, {ErrorEquals: [States.ALL]}], Catch: [{ErrorEquals: [States.ALL], Next: B}], Next: B}, B: {Type: Pass, End: true}}}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, TimeoutSeconds: 900, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", TimeoutSeconds: !Ref Seconds, HeartbeatSeconds: 600, Retry: [{ErrorEquals: [!Ref Error]}, {ErrorEquals: [States.ALL]}], End: true}}}}}
  OwnTime: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", TimeoutSecondsPath: $.wait, HeartbeatSeconds: 600, End: true}}}}}
  Query: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {QueryLanguage: JSONata, StartAt: A, States: {A: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", TimeoutSeconds: "{% $wait %}", HeartbeatSeconds: 600, End: true}}}}}
  Mixed: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {StartAt: A, States: {A: {Type: Pass, Parameters: {id.$: $.id}, Assign: {id.$: $.id}, ResultPath: null, Next: B}, B: {Type: Pass, QueryLanguage: JSONata, Output: "{% $id %}", Assign: {id: 1}, End: true}}}}}
  AnyLanguage: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, Definition: {QueryLanguage: !Ref Error, StartAt: A, States: {A: {Type: Pass, Parameters: {id: 1}, Output: 1, End: true}}}}}
---
variable "retries" {
  type    = list(any)
  default = []
}

resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Send"
    States = {
      Send = {
        Type     = "Task"
        Resource = "arn:aws:states:::sns:publish"
        Retry    = var.retries
        End      = true
      }
    }
  })
}
"""
