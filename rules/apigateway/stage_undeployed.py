"""A stage of an HTTP or WebSocket API should have a deployment.

A stage serves what was deployed to it. AutoDeploy is false unless it is set, so a stage without it and without a deployment answers
every request with an error until somebody deploys by hand.

What to do: set AutoDeploy (Terraform: auto_deploy) to true, or name a deployment of the API in DeploymentId.
"""

from awslint_memo import Findings, Resource, api_stages, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ApiGatewayV2::Stage",
    memo="あるステージに対して Canary ステージを定義するとデプロイ操作がいったん",
    aws="apigatewayv2/latest/api-reference/apis-apiid-stages.html",
)
def check(stage: Resource) -> Findings:
    api, automatic = api_stages.undeployed(stage), stage.get("AutoDeploy", default=False)
    if api is not None:
        says = f"is false{automatic.note}, and nothing here deploys {api.title} to it, so it answers with errors until somebody does"
        yield stage.finding(automatic, says, of="AutoDeploy", do="set it to true, or name a deployment in DeploymentId")


BAD = """
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Live: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: live}}
---
resource "aws_apigatewayv2_api" "account" {
  name          = "account"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "account" {
  api_id = aws_apigatewayv2_api.account.id
  name   = "v1"
}
"""

GOOD = """
Parameters: {Automatic: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Live: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: live, AutoDeploy: true}}
  Given: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: given, AutoDeploy: !Ref Automatic}}
  Elsewhere: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !ImportValue api, StageName: live}}
  Account: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: account, ProtocolType: HTTP}}
  Deployed: {Type: AWS::ApiGatewayV2::Deployment, Properties: {ApiId: !Ref Account}}
  Named: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Account, StageName: named, DeploymentId: !Ref Deployed}}
  Unnamed: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Account, StageName: unnamed}}
---
resource "aws_apigatewayv2_api" "account" {
  name          = "account"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "account" {
  api_id      = aws_apigatewayv2_api.account.id
  name        = "v1"
  auto_deploy = true
}

resource "aws_apigatewayv2_stage" "by_pipeline" {
  api_id = aws_apigatewayv2_api.account.id
  name   = "v2"

  lifecycle {
    ignore_changes = [deployment_id]
  }
}
"""
