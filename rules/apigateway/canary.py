"""A production stage of a REST API should be deployed with a canary.

A deployment to a stage replaces the version for all of its traffic at once. A canary sends part of the traffic to the new
version, which is then promoted or rolled back.

What to do: add CanarySetting to the stage (Terraform: canary_settings). API Gateway refuses a canary in a deployment that
makes its stage, so make such a stage a resource of its own. A stage counts as production by its name; see `production` in
the configuration. The stage of a SAM API is not checked: SAM always points it at the newest deployment. Nor is one that the
CDK names prod because nobody named it, nor one whose functions are all called without an alias: they change in place for all
requests, whatever the stage has.
"""

from awslint_memo import Findings, Resource, apis, integrations, invocations, naming, rule, tracing


@rule(
    level="advice",
    resource="AWS::ApiGateway::Stage",
    memo="API Gateway はカナリアリリースも可能です",
    aws="apigateway/latest/developerguide/create-canary-deployment.html",
)
def check(stage: Resource) -> Findings:
    if needs_canary(stage):
        name = stage.get("StageName")
        message = (
            f"has no CanarySetting, so a new version gets all production traffic (StageName {name.text}{name.note})"
        )
        yield stage.finding(
            name, f"{message} at once", do="add it with the new DeploymentId and a PercentTraffic such as 10"
        )


@check.on("AWS::ApiGateway::Deployment")
def deployment(deployment: Resource) -> Findings:
    """The finding about a stage that stands nowhere but in its deployment."""
    if needs_canary(deployment) and tracing.makes_stage(deployment):
        name, is_terraform = deployment.get("StageName"), deployment.language == "terraform"
        message = f"makes the production stage {name.text}{name.note}, so a new version gets all of its traffic at once"
        how = (
            "aws_api_gateway_stage with canary_settings"
            if is_terraform
            else "AWS::ApiGateway::Stage with CanarySetting"
        )
        yield deployment.finding(name, message, do=f"make the stage an {how}")


def needs_canary(resource: Resource) -> bool:
    """Whether a stage, or the stage of a deployment, surely is production, and nothing gives it a canary."""
    if resource.name != resource.written or is_named_by_cdk(resource):
        return False
    if not naming.is_production(resource.deployment, resource.get("StageName")):
        return False
    api = apis.stage_api(resource)
    if api is None or any(apis.canaries(holder) for holder in (resource, *apis.deployments(resource))):
        return False
    return not changes_in_place(api)


def changes_in_place(api: Resource) -> bool:
    """Whether an API surely calls functions, and each without a version or alias, so that these change in place."""
    backends = [one.name for one in integrations.backends(api) if one.type == "AWS::Lambda::Function"]
    holders = (api, *integrations.methods(api)) if backends else ()
    unpublished = {past.function.name for one in holders for past in invocations.past_aliases(one)}
    return bool(backends) and unpublished.issuperset(backends)


def is_named_by_cdk(stage: Resource) -> bool:
    """Whether a stage has the name that the CDK gives it by default."""
    made_by = stage.attribute("Metadata").get("aws:cdk:path").text or ""
    return made_by.endswith("/DeploymentStage.prod/Resource")


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: production}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: prod}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  stage_name  = "prod"
}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: prod}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Alias}/invocations"}}
  Orders: {Type: AWS::Lambda::Function}
  Alias: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, Name: live, FunctionVersion: "1"}}
"""

GOOD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  ApiDeploymentStageprod3EB9684E:
    Type: AWS::ApiGateway::Stage
    Properties: {RestApiId: !Ref Api, StageName: prod}
    Metadata: {"aws:cdk:path": Shop/Api/DeploymentStage.prod/Resource}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: prod}}
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}}
  Orders: {Type: AWS::Lambda::Function}
---
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
  Generated: {Type: AWS::Serverless::Api, Properties: {StageName: prod}}
  OfOtherStack: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !ImportValue Api, StageName: prod}}
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
