"""A state that reads the result of another execution should read what is there.

A state that starts another state machine and waits for it (startExecution.sync) gets the description of that execution:
Output, Status, ExecutionArn and the like, not what the other machine returned. That stands in Output, as text with .sync, and as
JSON with .sync:2. A path to anything else leads to nothing, and each execution fails there with States.Runtime or
States.ParameterPathFailure.

What to do: write arn:aws:states:::states:startExecution.sync:2, and read below Output.
"""

from awslint_memo import Findings, Resource, rule, sync_outputs


@rule(
    level="error",
    since="0.2",
    resource="AWS::StepFunctions::StateMachine",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="step-functions/latest/dg/connect-stepfunctions.html",
)
def check(machine: Resource) -> Findings:
    for path in sync_outputs.unread(machine):
        why = (
            "Output is text with startExecution.sync" if path.is_text else "the result has what was returned in Output"
        )
        yield machine.finding(
            path.value,
            f"reads {path.value.text} in {path.state}, but {why}, so each execution fails there",
            do="use startExecution.sync:2, and read below Output",
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
"""
