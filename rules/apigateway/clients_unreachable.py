"""A function that sends to the clients of a WebSocket API should be allowed to.

Sending to a client is a request of https to the API (@connections), for which the role of the function needs
execute-api:ManageConnections; execute-api:Invoke does not cover it. Without it each message is denied, and clients hear nothing.

What to do: allow the role execute-api:ManageConnections for the API's ARN with /POST/@connections/* behind the stage.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="デッドレターキューの利用: メッセージの処理でエラーが発生した場合",
    aws="apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html",
    language="cloudformation",
)
def check(function: Resource) -> Findings:
    if not function.deployment.of_type("AWS::ApiGatewayV2::Api"):
        return
    from awslint_memo import callbacks  # Most templates have no such API.

    found = callbacks.mute(function)
    if found is not None:
        missing = f"{found.role.title} does not allow {callbacks.ANSWERS}"
        yield function.finding(
            found.value,
            f"is told where to send to the clients of {found.api.title}, but {missing}, so each message is denied",
            do=f"allow it in a policy of {found.role.title}",
            related=[(found.role, "the role"), (found.api, "the API")],
        )


BAD = """
Resources:
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "execute-api:Invoke", Resource: "*"}]}}]}}
  Tell: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {TO: !Sub "https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live"}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Tell: {Type: AWS::Serverless::Function, Properties: {Environment: {Variables: {TO: !Sub "https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live"}}}}
"""

GOOD = """
Parameters: {Policy: {Type: String}}
Resources:
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Role: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: a, PolicyDocument: {Statement: [{Effect: Allow, Action: "execute-api:Manage*", Resource: !Sub "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat}/live/POST/@connections/*"}]}}]}}
  Plain: {Type: AWS::IAM::Role}
  Given: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Policy]}}
  Tell: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Environment: {Variables: {TO: !Sub "https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live"}}}}
  Shows: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Plain.Arn, Environment: {Variables: {TO: !Sub "wss://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live", ID: !Ref Chat}}}}
  Asks: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Plain.Arn, Environment: {Variables: {TO: !Sub "https://${Http}.execute-api.${AWS::Region}.amazonaws.com"}}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Given.Arn, Environment: {Variables: {TO: !Sub "https://${Chat}.execute-api.${AWS::Region}.amazonaws.com/live"}}}}
---
resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_lambda_function" "tell" {
  function_name = "tell"
  role          = var.role

  environment {
    variables = { TO = "https://${aws_apigatewayv2_api.chat.id}.execute-api.eu-west-1.amazonaws.com/live" }
  }
}

variable "role" {}
"""
