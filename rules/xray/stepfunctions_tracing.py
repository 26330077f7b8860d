"""A state machine should record its traces.

A trace of a state machine shows every state that an execution went through, how long each took, and the functions that
it called. Without it the calls stand beside each other and nobody sees what started them.

What to do: set TracingConfiguration.Enabled to true (SAM: Tracing.Enabled; Terraform: tracing_configuration).
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, rule, tracing


@rule(
    "xray-stepfunctions-tracing",
    level="advice",
    resource="AWS::StepFunctions::StateMachine",
    memo="AWS で動作するアプリケーションのパフォーマンスや問題を分析するためのサービスです",
    aws="step-functions/latest/dg/concepts-xray-tracing.html",
)
def check(machine: Resource) -> Iterator[Finding]:
    if tracing.is_traced(machine) is False:
        message = "records no traces of its executions; set TracingConfiguration.Enabled to true"
        yield machine.finding(tracing.switch(machine), message)


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Work: {Type: AWS::Serverless::StateMachine, Properties: {Tracing: {Enabled: "false"}}}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  tracing_configuration {
    enabled = false
  }
}
"""

GOOD = """
Parameters: {Traced: {Type: String}}
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, TracingConfiguration: {Enabled: true}}}
  Unknown: {Type: AWS::StepFunctions::StateMachine, Properties: {RoleArn: r, TracingConfiguration: {Enabled: !Ref Traced}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {StateMachine: {Tracing: {Enabled: true}}}
Resources:
  Work: {Type: AWS::Serverless::StateMachine}
---
resource "aws_sfn_state_machine" "work" {
  name       = "work"
  role_arn   = "r"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  tracing_configuration {
    enabled = true
  }
}
"""
