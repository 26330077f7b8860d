"""A stage of a REST API should send traces.

Without tracing of the stage, a trace begins only at the function behind the API: the service map does not show the API,
and no trace contains the time that the API itself takes. HTTP APIs can't be traced.

Where nothing that is read traces, by a setting, a permission, a collector or an SDK, this advice is counted and not told
(--profile all tells it): whether a team traces at all is its own decision.

What to do: set TracingEnabled (Terraform: xray_tracing_enabled) of the stage to true; SAM: TracingEnabled of the API, or
in Globals.
"""

from awslint_memo import Findings, Fix, Resource, apis, integrations, rule, tracers, tracing


@rule(
    level="advice",
    resource="AWS::ApiGateway::Stage",
    memo="サービスマップ: アプリケーションの構成要素や依存関係をグラフィカルに表示します",
    aws="apigateway/latest/developerguide/apigateway-enabling-xray.html",
    fix="both",
    taste="tracing",
)
def check(stage: Resource) -> Findings:
    yield from untraced(stage, "TracingEnabled", "the stage sends no traces")


@check.on("AWS::ApiGateway::Deployment")
def deployment(deployment: Resource) -> Findings:
    if not tracing.makes_stage(deployment):
        return
    yield from untraced(deployment, "StageDescription.TracingEnabled", "it makes a stage that sends no traces")


def untraced(resource: Resource, path: str, what: str) -> Findings:
    """The finding about a stage whose tracing, at `path`, is surely off."""
    enabled = resource.get(path, default=False)
    if enabled.flag is not False:
        return
    api = resource.follow("RestApiId", apis.API)
    backends = [] if api is None else integrations.backends(api)
    behind = [backend for backend in backends if tracing.is_traced(backend)]
    # Traces of another product do not show the stage of X-Ray.
    if backends and all(
        backend.type == "AWS::Lambda::Function" and tracers.has_another(backend) for backend in backends
    ):
        return
    message, of, how = f"is false{enabled.note}, so {what}", path, f"set it to true{apis.in_globals(resource)}"
    fix: Fix | None = resource.set(path, True, unsafe=tracing.kept_off(resource, enabled, backends))
    if resource.type == "AWS::ApiGateway::Deployment":
        fix = Fix.lacks(REFUSED)
    if resource.language == "terraform" and resource.type == "AWS::ApiGateway::Deployment":
        if api is None and resource.get("RestApiId").is_unknown:
            return  # The stage of an API that is elsewhere may be made there, or by several.
        message, of, fix = "makes a stage that sends no traces", "", None
        how = "replace it with an aws_api_gateway_stage with xray_tracing_enabled = true"
    if behind:
        related = [(tracing.switch(behind[0]), f"{behind[0].title} is traced")]
        message = f"{message}, but {behind[0].title} behind it is traced"
        yield resource.finding(enabled, message, of=of, do=how, related=related, fix=fix)
    else:
        together = f"send no traces; set {path} of each to true" if resource.type == tracing.STAGE else ""
        yield resource.finding(enabled, message, of=of, do=how, together=together, fix=fix)


REFUSED = (
    "CloudFormation often refuses StageDescription where the stage is there already; make it an AWS::ApiGateway::Stage"
)


BAD = """
Resources:
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live}}
---
Resources:
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: abc, StageName: live, StageDescription: {TracingEnabled: "false"}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Tracing: Active, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi}
  Work: {Type: AWS::StepFunctions::StateMachine, Properties: {TracingConfiguration: {Enabled: true}}}
  Post: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, Integration: {Uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/StartExecution", RequestTemplates: {application/json: !Sub '{"stateMachineArn": "${Work}"}'}}}}
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: live}}
---
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}

resource "aws_lambda_function" "f" {
  function_name = "f"

  tracing_config {
    mode = "Active"
  }
}

resource "aws_api_gateway_integration" "get" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  uri         = aws_lambda_function.f.invoke_arn
}

resource "aws_api_gateway_stage" "live" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  stage_name    = "live"
  deployment_id = "abc"
}
---
Resources:
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, TracingEnabled: false}}
"""

GOOD = """
Parameters: {Traced: {Type: String}}
Resources:
  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, DeploymentId: !Ref OfLive, TracingEnabled: true}}
  OfLive: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: abc}}
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: abc, StageName: test, StageDescription: {TracingEnabled: true}}}
  # A canary goes to a stage that is there.
  Canary: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: abc, StageName: old, DeploymentCanarySettings: {PercentTraffic: 10}}}
  Unknown: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: x, TracingEnabled: !Ref Traced}}
  Http: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: abc, StageName: $default}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {TracingEnabled: true}}
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
---
resource "aws_api_gateway_stage" "live" {
  rest_api_id          = "abc"
  stage_name           = "live"
  deployment_id        = "abc"
  xray_tracing_enabled = true
}

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}
"""

FIXED = """
-  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live}}
+  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, TracingEnabled: true}}
---
-  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: live}}
+  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, StageName: live, TracingEnabled: true}}
---
-  rest_api_id   = aws_api_gateway_rest_api.orders.id
-  stage_name    = "live"
-  deployment_id = "abc"
+  rest_api_id          = aws_api_gateway_rest_api.orders.id
+  stage_name           = "live"
+  deployment_id        = "abc"
+  xray_tracing_enabled = true
---
-  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, TracingEnabled: false}}
+  Live: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, TracingEnabled: true}}
"""
