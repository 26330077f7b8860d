"""A production stage of a REST API should be deployed with a canary.

A deployment to a stage replaces the version for all of its traffic at once. A canary sends part of the traffic to the new
version, which is then promoted or rolled back.

What to do: add CanarySetting to the stage (Terraform: canary_settings), or DeploymentCanarySettings to the deployment. A
stage counts as production by its name; see `production` in the configuration.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, apis, naming, rule


@rule(
    "apigateway-canary",
    level="advice",
    resource=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"),
    memo="API Gateway はカナリアリリースも可能です",
    aws="apigateway/latest/developerguide/canary-release.html",
)
def check(resource: Resource) -> Iterator[Finding]:
    name = resource.get("StageName")
    if not naming.is_production(resource.deployment, name) or apis.stage_api(resource) is None:
        return
    if not any(apis.canaries(one) for one in (resource, *apis.deployments(resource))):
        missing = "CanarySetting" if resource.type == apis.STAGE else "DeploymentCanarySettings"
        yield resource.finding(
            name,
            f"has no {missing}, so a new version gets all production traffic (StageName {name.text}{name.note}) at once; "
            "add it with a share such as 10 %",
        )


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: production}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: prod}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = "prod"
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Stage: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: prod, CanarySetting: {PercentTraffic: 10}}}
  Test: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: test}}
  Unknown: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: !Ref Stage}}
  Canary: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, DeploymentCanarySettings: {PercentTraffic: 10}}}
  Live2: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: live, DeploymentId: !Ref Canary}}
  Function: {Type: AWS::Serverless::Function, Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = "prod"

  canary_settings {
    deployment_id   = "abc"
    percent_traffic = 10
  }
}
"""
