"""A canary should receive a small share of the traffic, and run another deployment than its stage.

With 100 percent all callers get the new version at once, and there is nothing left to compare it with. With 0 percent
nobody uses it. A canary with the stage's own deployment tests nothing; it may have 0 percent until the next deployment.

What to do: set PercentTraffic (Terraform: percent_traffic) to 50 or less, and promote or delete the canary afterwards.
"""

from awslint_memo import Finding, Findings, Resource, Value, apis, rule


@rule(
    level="warning",
    resource=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"),
    memo="トラフィックをシフトしてメインにもデプロイを反映する昇格か変更を切り戻す削除化を選ぶことができます",
    aws="apigateway/latest/developerguide/create-canary-deployment.html",
)
def check(resource: Resource) -> Findings:
    for canary in apis.canaries(resource):
        share = canary.get("PercentTraffic")
        percent = 0 if share.is_absent else share.number
        is_own = apis.is_own_version(resource, canary)
        if percent is not None and percent >= 100:
            message = f"is {percent:g}{share.note}, so the canary receives all of the traffic; set it to 50 or less"
            yield resource.finding(share, message, of="PercentTraffic")
        elif percent is not None and percent > 50:
            message = f"is {percent:g}{share.note}, so the canary receives most of the traffic; set it to 50 or less"
            yield resource.finding(share, message, of="PercentTraffic", level="advice")
        elif percent == 0 and is_own is False:
            note = " (default)" if share.is_absent else share.note
            message = f"is 0{note}, so the canary receives no traffic; set it to between 1 and 50, or remove the canary"
            yield resource.finding(share, message, of="PercentTraffic", level="advice")
        elif percent and is_own is True:
            yield own_version(resource, canary, percent)


def own_version(stage: Resource, canary: Value, percent: float) -> Finding:
    """The finding about a canary with the stage's own deployment."""
    place = canary.get("DeploymentId")
    message = f"is the stage's own deployment, so the canary ({percent:g} % of the traffic) tests no new version"
    related = [(stage.get("DeploymentId"), "the stage's own deployment")]
    remedy = "set it to the new deployment"
    of = "CanarySetting.DeploymentId"
    return stage.finding(place, message, of=of, do=remedy, level="advice", related=related)


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
