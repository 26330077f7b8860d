"""A method should be cached only where its stage has a cache.

MethodSettings with CachingEnabled ask API Gateway to answer from a cache, which is a cluster of the stage. A stage without
one (CacheClusterEnabled) asks the backend each time.

What to do: set CacheClusterEnabled (Terraform: cache_cluster_enabled) and CacheClusterSize of the stage, or remove
CachingEnabled.
"""

from awslint_memo import Findings, Resource, rule


@rule(
    level="advice",
    since="0.2",
    resource="AWS::ApiGateway::Stage",
    memo="そのリージョン内のすべてのエンドユーザーに向けて高パフォーマンスな接続を提供します",
    aws="apigateway/latest/developerguide/api-gateway-caching.html",
)
def check(stage: Resource) -> Findings:
    cluster = stage.get("CacheClusterEnabled", default=False)
    for settings in stage.get("MethodSettings").items if cluster.flag is False else ():
        cached = settings.get("CachingEnabled")
        if cached.flag is True and cached.is_literal:
            yield stage.finding(
                cached,
                f"but CacheClusterEnabled of {stage.title} is false{cluster.note}, so nothing is cached",
                do="set CacheClusterEnabled to true, or remove CachingEnabled",
                related=[(cluster, "CacheClusterEnabled")],
            )


BAD = """
Resources:
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, MethodSettings: [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: true}]}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: live, CacheClusterEnabled: false, MethodSettings: [{ResourcePath: /, HttpMethod: GET, CachingEnabled: true}, {ResourcePath: /a, HttpMethod: GET}]}}
---
resource "aws_api_gateway_stage" "live" {
  rest_api_id   = "abc"
  deployment_id = "def"
  stage_name    = "live"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "abc"
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    caching_enabled = true
  }
}
"""

GOOD = """
Parameters: {Cached: {Type: String}, Methods: {Type: String, Default: "true"}}
Resources:
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, CacheClusterEnabled: true, CacheClusterSize: "0.5", MethodSettings: [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: true}]}}
  Unknown: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, CacheClusterEnabled: !Ref Cached, MethodSettings: [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: true}]}}
  Given: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, MethodSettings: [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: !Ref Methods}]}}
  Off: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: abc, StageName: live, MethodSettings: [{ResourcePath: "/*", HttpMethod: "*", CachingEnabled: false}]}}
---
resource "aws_api_gateway_stage" "live" {
  rest_api_id           = "abc"
  deployment_id         = "def"
  stage_name            = "live"
  cache_cluster_enabled = true
  cache_cluster_size    = "0.5"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = "abc"
  stage_name  = aws_api_gateway_stage.live.stage_name
  method_path = "*/*"

  settings {
    caching_enabled = true
  }
}
"""
