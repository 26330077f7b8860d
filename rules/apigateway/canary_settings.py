"""A canary should take a small part of the traffic, to a version that is not the stage's own.

With 100 percent everybody gets the new version at once, and nothing is left to compare it with. With 0 nobody tries it,
and a canary of the deployment that the stage already has tries nothing. Right after it is made, before anything new is
deployed, a canary of the stage's own deployment may rest at 0.

What to do: set PercentTraffic (Terraform: percent_traffic) to 50 or less, and promote or delete the canary afterwards.
"""

from collections.abc import Iterator

from awslint_memo import Finding, Resource, Value, apis, rule


@rule(
    "apigateway-canary-settings",
    level="warning",
    resource=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"),
    memo="トラフィックをシフトしてメインにもデプロイを反映する昇格か変更を切り戻す削除化を選ぶことができます",
    aws="apigateway/latest/developerguide/create-canary-deployment.html",
)
def check(resource: Resource) -> Iterator[Finding]:
    for canary in apis.canaries(resource):
        share = canary.get("PercentTraffic")
        percent = 0 if share.is_absent and canary.is_known else share.number
        is_own = apis.is_own_version(resource, canary)
        if percent is not None and percent >= 100:
            yield resource.finding(share, "gives its canary all of the traffic; give it 50 % or less")
        elif percent is not None and percent > 50:
            message = (
                f"gives its canary {percent:g} % of the traffic, more than the stage itself keeps; give it 50 % or less"
            )
            yield resource.finding(share, message, level="advice")
        elif percent == 0 and is_own is False:
            message = "has a canary that gets no traffic, so nobody tries its version; give it some or delete it"
            yield resource.finding(share, message, level="advice")
        elif percent and is_own is True:
            yield own_version(resource, canary, percent)


def own_version(stage: Resource, canary: Value, percent: float) -> Finding:
    """The finding about a canary of what the stage already has."""
    place = canary.get("DeploymentId")
    message = f"sends {percent:g} % of the traffic to a canary of the deployment that it has itself"
    related = [(stage.get("DeploymentId"), "the stage's own deployment")]
    return stage.finding(place, f"{message}; point it to the new one", level="advice", related=related)


BAD = """
Resources:
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, CanarySetting: {PercentTraffic: "100"}}}
---
Resources:
  Canary: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: abc, StageName: live, DeploymentCanarySettings: {PercentTraffic: 0}}}
---
Resources:
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, DeploymentId: abc, CanarySetting: {DeploymentId: abc, PercentTraffic: 10}}}
---
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "abc"
  stage_name    = "live"
  deployment_id = "abc"

  canary_settings {
    deployment_id   = "def"
    percent_traffic = 51
  }
}
"""

GOOD = """
Parameters: {Percent: {Type: Number}}
Resources:
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, DeploymentId: abc, CanarySetting: {DeploymentId: def, PercentTraffic: 50}}}
  Resting: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, DeploymentId: abc, CanarySetting: {DeploymentId: abc, PercentTraffic: 0}}}
  Made: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, DeploymentId: abc, CanarySetting: {UseStageCache: false}}}
  Unknown: {Type: AWS::ApiGateway::Stage, Properties: {StageName: live, DeploymentId: abc, CanarySetting: {DeploymentId: def, PercentTraffic: !Ref Percent}}}
---
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "abc"
  stage_name    = "live"
  deployment_id = "abc"

  canary_settings {
    deployment_id   = "def"
    percent_traffic = 10
  }
}
"""
