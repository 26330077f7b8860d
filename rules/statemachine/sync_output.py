"""A state that reads the result of a call should read what is there.

A state that starts another state machine and waits for it (startExecution.sync) gets the description of that execution:
Output, Status, ExecutionArn and the like, not what the other machine returned. That stands in Output, as text with .sync, and as
JSON with .sync:2. A state that invokes a function by arn:aws:states:::lambda:invoke gets what the function returned below Payload,
beside StatusCode and the like. Without ResultPath that is all that the next state gets: the input is gone. The same is true of items
of DynamoDB (Item, Attributes), events, and messages of SNS. A path to anything else leads to nothing, and each execution fails there
with States.Runtime or States.ParameterPathFailure.

What to do: read below Output, with arn:aws:states:::states:startExecution.sync:2, or below Payload, which OutputPath $.Payload makes
the output of the state; keep the input by a ResultPath such as $.result.
"""

from awslint_memo import Findings, Resource, rule, sync_outputs


@rule(
    level="error",
    resource="AWS::StepFunctions::StateMachine",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="step-functions/latest/dg/connect-stepfunctions.html",
    since="0.2",
)
def check(machine: Resource) -> Findings:
    for path in sync_outputs.unread(machine):
        why, do = f"the result of {path.of} has what was returned in {path.inner}", f"read below {path.inner}"
        if path.is_text:
            why = "Output is text with startExecution.sync"
        elif not path.inner:
            why, do = f"the result of {path.of} is that of {path.called}", ""
        if path.inner == "Output":
            do = "use startExecution.sync:2, and read below Output"
        keep = f"give {path.of} a ResultPath such as $.result to keep its input" if path.is_whole else ""
        yield machine.finding(
            path.value,
            f"reads {path.value.text} in {path.state}, but {why}, so each execution fails there",
            do=", or ".join(filter(None, (do, keep))) or "read what is there",
        )


BAD = """
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: r
      TracingConfiguration: {Enabled: true}
      Definition:
        StartAt: Extract
        States:
          Extract: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync", Parameters: {StateMachineArn: !ImportValue Other}, ResultPath: $.extraction, Next: Keep}
          Keep: {Type: Pass, Parameters: {"data.$": $.extraction.extracted_data}, End: true}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  tracing_configuration {
    enabled = true
  }

  definition = jsonencode({
    StartAt = "Extract"
    States = {
      Extract = {
        Type       = "Task"
        Resource   = "arn:aws:states:::states:startExecution.sync"
        Parameters = { StateMachineArn = "other" }
        ResultPath = "$.extraction"
        Next       = "IsThere"
      }
      IsThere = {
        Type    = "Choice"
        Choices = [{ Variable = "$.extraction.Output.found", BooleanEquals = true, Next = "Done" }]
        Default = "Done"
      }
      Done = { Type = "Succeed" }
    }
  })
}
---
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: r
      TracingConfiguration: {Enabled: true}
      Definition:
        StartAt: Check
        States:
          Check: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", Retry: [{ErrorEquals: [States.ALL]}], Parameters: {FunctionName: !ImportValue Check, "Payload.$": $}, Next: Pause}
          Pause: {Type: Wait, Seconds: 5, Next: IsOpen}
          IsOpen: {Type: Choice, Choices: [{And: [{Not: {Variable: $.open, BooleanEquals: true}}], Next: Done}], Default: Done}
          Done: {Type: Succeed}
---
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: r
      TracingConfiguration: {Enabled: true}
      DefinitionString: |
        {"StartAt": "Load", "States": {
          "Load": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:getItem", "Parameters": {"TableName": "orders", "Key": {"id": {"S.$": "$.id"}}}, "Next": "IsThere"},
          "IsThere": {"Type": "Choice", "Choices": [{"Variable": "$.StatusCode", "NumericEquals": 200, "Next": "Keep"}], "Default": "Keep"},
          "Keep": {"Type": "Succeed"}}}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  tracing_configuration {
    enabled = true
  }

  definition = jsonencode({
    StartAt = "Tell"
    States = {
      Tell = {
        Type       = "Task"
        Resource   = "arn:aws:states:::sns:publish"
        Parameters = { TopicArn = "t", Message = "begins" }
        Next       = "IsLarge"
      }
      IsLarge = {
        Type    = "Choice"
        Choices = [{ Variable = "$.MessageId", StringEquals = "0", Next = "Each" }]
        Default = "Each"
      }
      Each = {
        Type          = "Map"
        ItemsPath     = "$.orders"
        ItemProcessor = { StartAt = "One", States = { One = { Type = "Pass", End = true } } }
        End           = true
      }
    }
  })
}
"""

GOOD = """
Parameters: {Start: {Type: String}}
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: r
      Definition:
        StartAt: Extract
        States:
          Extract: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync:2", Parameters: {StateMachineArn: !ImportValue Other}, ResultPath: $.extraction, Next: Keep}
          Keep: {Type: Pass, Parameters: {"data.$": $.extraction.Output.extracted, "of.$": $.extraction.ExecutionArn, "other.$": $.configs}, Next: Again}
          Again: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync", Parameters: {StateMachineArn: !ImportValue Other}, ResultPath: $.again, ResultSelector: {"found.$": "States.StringToJson($.Output)"}, Next: Read}
          Read: {Type: Pass, Parameters: {"data.$": $.again.found}, Next: Other}
          Other: {Type: Task, Resource: !Ref Start, ResultPath: $.other, Next: Last}
          Last: {Type: Pass, Parameters: {"data.$": $.other.found}, Next: Asked}
          Asked: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync", Parameters: {StateMachineArn: !ImportValue Other}, ResultPath: $.asked, Next: IsThere}
          # It does not fail to ask whether something is there, and the second condition is not always asked.
          IsThere: {Type: Choice, Default: Each, Choices: [{Variable: $.asked.found, IsPresent: false, Next: Each}, {Variable: $.asked.found, BooleanEquals: true, Next: Each}]}
          Each: {Type: Task, Resource: "arn:aws:states:::states:startExecution.sync", Parameters: {StateMachineArn: !ImportValue Other}, ResultPath: $.each, Next: Within}
          # Its paths lead into what InputPath selects.
          Within: {Type: Map, InputPath: $.whole, ItemsPath: $.each.items, ItemProcessor: {StartAt: One, States: {One: {Type: Pass, End: true}}}, End: true}
---
resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Extract"
    States = {
      Extract = {
        Type       = "Task"
        Resource   = "arn:aws:states:::states:startExecution.sync:2"
        Parameters = { StateMachineArn = "other" }
        ResultPath = "$.extraction"
        Next       = "IsThere"
      }
      IsThere = {
        Type    = "Choice"
        Choices = [{ Variable = "$.extraction.Output.found", BooleanEquals = true, Next = "Done" }]
        Default = "Done"
      }
      Done = { Type = "Succeed" }
    }
  })
}
---
Resources:
  Work:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: r
      Definition:
        StartAt: Check
        States:
          Check: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", OutputPath: $.Payload, Parameters: {FunctionName: check}, Next: IsOpen}
          IsOpen: {Type: Choice, Choices: [{Variable: $.open, BooleanEquals: true, Next: Drop}], Default: Drop}
          Drop: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", ResultPath: null, Parameters: {FunctionName: check}, Next: IsStillOpen}
          IsStillOpen: {Type: Choice, Choices: [{Variable: $.open, BooleanEquals: true, Next: Keep}], Default: Keep}
          Keep: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", ResultPath: $.check, Parameters: {FunctionName: check}, Next: Whole}
          Whole: {Type: Pass, Parameters: {"open.$": $.open, "state.$": $.check.Payload.state}, Next: Asks}
          Asks: {Type: Task, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken", Parameters: {FunctionName: check, "Payload.$": $$.Task.Token}, Next: Answer}
          # It gets what was sent with the token.
          Answer: {Type: Choice, Choices: [{Variable: $.open, BooleanEquals: true, Next: Select}], Default: Select}
          Select: {Type: Task, Resource: "arn:aws:states:::lambda:invoke", ResultSelector: {"open.$": $.Payload.open}, Parameters: {FunctionName: check}, Next: Selected}
          Selected: {Type: Choice, Choices: [{Variable: $.open, BooleanEquals: true, Next: Load}], Default: Load}
          Load: {Type: Task, Resource: "arn:aws:states:::dynamodb:getItem", Parameters: {TableName: orders, Key: {id: {S: a}}}, Next: IsThere}
          # Asks whether the item is there before anything reads it, or what is beside it.
          IsThere: {Type: Choice, Choices: [{And: [{Variable: $.Item, IsPresent: true}, {Variable: $.Item.state.S, StringEquals: open}], Next: Late}], Default: Done}
          Late: {Type: Pass, Parameters: {"open.$": $.open}, Next: Direct}
          Direct: {Type: Task, Resource: "arn:aws:lambda:eu-west-1:123456789012:function:check", Next: IsDirect}
          IsDirect: {Type: Choice, Choices: [{Variable: $.open, BooleanEquals: true, Next: Done}], Default: Done}
          Done: {Type: Succeed}
---
variable "path" {
  default = null
}

resource "aws_sfn_state_machine" "work" {
  name     = "work"
  role_arn = "r"

  definition = jsonencode({
    StartAt = "Check"
    States = {
      Check  = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", ResultPath = var.path, Next = "IsOpen" }
      IsOpen = { Type = "Choice", Choices = [{ Variable = "$.open", BooleanEquals = true, Next = "Drop" }], Default = "Drop" }
      Drop   = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", ResultPath = null, Next = "IsSure" }
      IsSure = { Type = "Choice", Choices = [{ Variable = "$.sure", BooleanEquals = true, Next = "Query" }], Default = "Query" }
      Query  = { Type = "Task", Resource = "arn:aws:states:::lambda:invoke", QueryLanguage = "JSONata", Output = "{% $states.result.Payload %}", Next = "Last" }
      Last   = { Type = "Choice", Choices = [{ Variable = "$.sure", BooleanEquals = true, Next = "Done" }], Default = "Done" }
      Done   = { Type = "Succeed" }
    }
  })
}
"""
