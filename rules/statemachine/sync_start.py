"""What waits for the result of a state machine should start an express one.

A pipe with REQUEST_RESPONSE, which is the default of InvocationType, or with an enrichment, and whatever calls StartSyncExecution,
waits until an execution ends. Step Functions has that for machines of the type EXPRESS only, and refuses it for STANDARD.

What to do: set the type of the machine to EXPRESS, or start it without waiting (FIRE_AND_FORGET, StartExecution).
"""

from awslint_memo import Findings, Resource, rule, statemachines


@rule(
    level="error",
    since="0.2",
    resource=(
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
        "AWS::ApiGatewayV2::Integration",
        "AWS::Pipes::Pipe",
        "AWS::StepFunctions::StateMachine",
    ),
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="step-functions/latest/apireference/API_StartSyncExecution.html",
)
def check(resource: Resource) -> Findings:
    for waiting in statemachines.waiting_for_standard(resource):
        how = (
            f"is {waiting.value.text}{waiting.value.note}, which " if waiting.value.text == statemachines.WAITS else ""
        )
        instead = "set InvocationType to FIRE_AND_FORGET" if how else "start it without waiting"
        yield resource.finding(
            waiting.value,
            f"{how}waits for the result of {waiting.machine.title}, whose type is STANDARD{waiting.kind.note}, so it is refused",
            of=str(waiting.value.route or ""),
            do=f"set that type to EXPRESS, or {instead}",
            related=[(waiting.kind, "the type")],
        )


BAD = """
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Target: !Ref Work, TargetParameters: {InputTemplate: "{}"}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Target: !Ref Work, TargetParameters: {StepFunctionStateMachineParameters: {InvocationType: REQUEST_RESPONSE}}}}
---
Resources:
  Look: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: STANDARD}}
  Pipe: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Enrichment: !Ref Look, Target: !ImportValue target}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine}
  Post: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/StartSyncExecution", RequestTemplates: {application/json: !Sub '{"input": "$input.json()", "stateMachineArn": "${Work.Arn}"}'}}}}
---
Resources:
  Work: {Type: AWS::StepFunctions::StateMachine}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: !Sub '{"paths": {"/work": {"post": {"x-amazon-apigateway-integration": {"uri": "arn:aws:apigateway:eu-west-1:states:action/StartSyncExecution", "requestTemplates": {"application/json": "${Work}"}}}}}}'
---
resource "aws_sfn_state_machine" "work" {
  name = "work"
}

resource "aws_apigatewayv2_integration" "work" {
  integration_subtype = "StepFunctions-StartSyncExecution"

  request_parameters = {
    StateMachineArn = aws_sfn_state_machine.work.arn
  }
}
---
resource "aws_sfn_state_machine" "work" {
  name = "work"
}

resource "aws_sfn_state_machine" "whole" {
  definition = jsonencode({
    StartAt = "Work"
    States = {
      Work = { Type = "Task", Resource = "arn:aws:states:::aws-sdk:sfn:startSyncExecution", Parameters = { StateMachineArn = aws_sfn_state_machine.work.arn }, End = true }
    }
  })
}
---
resource "aws_sfn_state_machine" "work" {
  name = "work"
}

resource "aws_pipes_pipe" "work" {
  target = aws_sfn_state_machine.work.arn

  target_parameters {
    step_function_state_machine_parameters {
      invocation_type = "REQUEST_RESPONSE"
    }
  }
}
"""

GOOD = """
Parameters: {Type: {Type: String}}
Resources:
  Quick: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: EXPRESS}}
  Work: {Type: AWS::StepFunctions::StateMachine}
  Any: {Type: AWS::StepFunctions::StateMachine, Properties: {StateMachineType: !Ref Type}}
  Waits: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Enrichment: !Ref Any, Target: !Ref Quick, TargetParameters: {StepFunctionStateMachineParameters: {InvocationType: REQUEST_RESPONSE}}}}
  Sends: {Type: AWS::Pipes::Pipe, Properties: {Source: !ImportValue queue, Target: !Ref Work, TargetParameters: {StepFunctionStateMachineParameters: {InvocationType: FIRE_AND_FORGET}}}}
  Post: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/StartExecution", RequestTemplates: {application/json: !Sub '{"stateMachineArn": "${Work.Arn}"}'}}}}
  Either: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Type: AWS, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/StartSyncExecution", RequestTemplates: {application/json: !Sub '#if($x) ${Work.Arn} #else ${Quick.Arn} #end'}}}}
  Start: {Type: AWS::ApiGatewayV2::Integration, Properties: {IntegrationSubtype: StepFunctions-StartExecution, RequestParameters: {StateMachineArn: !Ref Work}}}
---
variable "type" {}

resource "aws_sfn_state_machine" "quick" {
  name = "quick"
  type = "EXPRESS"
}

resource "aws_sfn_state_machine" "any" {
  name = "any"
  type = var.type
}

resource "aws_apigatewayv2_integration" "quick" {
  integration_subtype = "StepFunctions-StartSyncExecution"

  request_parameters = {
    StateMachineArn = aws_sfn_state_machine.quick.arn
  }
}

resource "aws_apigatewayv2_integration" "any" {
  integration_subtype = "StepFunctions-StartSyncExecution"

  request_parameters = {
    StateMachineArn = aws_sfn_state_machine.any.arn
  }
}
"""
