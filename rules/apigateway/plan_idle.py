"""A usage plan should limit methods that ask for a key.

The throttle and the quota of a usage plan count requests by their API key, and API Gateway looks for a key only in methods that
require one. Where no method of the plan's APIs does, nobody is limited: requests without a key pass, and so do those with one.

What to do: set ApiKeyRequired of the methods to true (SAM: Auth.ApiKeyRequired), or limit the stage itself with ThrottlingRateLimit
in its MethodSettings.
"""

from awslint_memo import Findings, Resource, apis, each, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ApiGateway::UsagePlan",
    memo="Private は VPC 内で API をホストし、パブリックインターネットを経由せずにプライベートネットワーク内でアクセス可能です",
    aws="apigateway/latest/developerguide/api-gateway-api-usage-plans.html",
)
def check(plan: Resource) -> Findings:
    limits = [value for value in (plan.get("Throttle"), plan.get("Quota")) if value.is_known]
    named = list(each(plan, "ApiStages.ApiId"))
    found = [plan.deployment.find(value, apis.API) for value in named]
    limited = [api for api in found if api is not None and apis.asks_for_no_key(api)]
    if limits and limited and len(limited) == len(named):
        api = limited[0]
        message = f"limits nothing, because no method of {api.title} requires a key"
        do = "let its methods require one"
        yield plan.finding(limits[0], message, of=str(limits[0].route), do=do, related=[(api, "the API")])


BAD = """
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: partners}}
  Entries: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: POST, AuthorizationType: AWS_IAM}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, paths: {/: {get: {responses: {}}}}}}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: v1}], Throttle: {RateLimit: 20, BurstLimit: 40}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
  Get: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.get, CodeUri: src, Events: {Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /, Method: get}}}}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: !Ref Api.Stage}], Throttle: {RateLimit: 20, BurstLimit: 40}}}
Outputs:
  Url: {Value: !Sub "https://${Api}.execute-api.${AWS::Region}.amazonaws.com/v1/"}
---
resource "aws_api_gateway_rest_api" "partners" {
  name = "partners"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.partners.id
  resource_id   = aws_api_gateway_rest_api.partners.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.partners.id
    stage  = "v1"
  }

  throttle_settings {
    rate_limit = 20
  }
}
"""

GOOD = """
Parameters: {Needed: {Type: String}, Body: {Type: String}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: partners}}
  Entries: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: POST, AuthorizationType: AWS_IAM, ApiKeyRequired: true}}
  Open: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: OPTIONS, AuthorizationType: NONE}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
  Unknown: {Type: AWS::ApiGateway::RestApi, Properties: {Name: unknown}}
  OfUnknown: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Unknown, ResourceId: !GetAtt Unknown.RootResourceId, HttpMethod: POST, AuthorizationType: AWS_IAM, ApiKeyRequired: !Ref Needed}}
  ForUnknown: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Unknown, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
  Documented: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, paths: {/: {get: {security: [{api_key: []}]}}}}}}
  ForDocumented: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Documented, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
  Given: {Type: AWS::ApiGateway::RestApi, Properties: {Body: !Ref Body}}
  ForGiven: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Given, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
  Keys: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !ImportValue Api, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: partners}}
  Entries: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: POST, AuthorizationType: AWS_IAM}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
Outputs:
  Api: {Value: !Ref Api, Export: {Name: api}}
---
Resources:
  Open: {Type: AWS::ApiGateway::RestApi, Properties: {Name: open}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Open, ResourceId: !GetAtt Open.RootResourceId, HttpMethod: GET, AuthorizationType: NONE}}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: partners}}
  Entries: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, ResourceId: !GetAtt Api.RootResourceId, HttpMethod: POST, AuthorizationType: AWS_IAM, ApiKeyRequired: true}}
  Both: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Open, Stage: v1}, {ApiId: !Ref Api, Stage: v1}], Quota: {Limit: 50000, Period: DAY}}}
  Unlimited: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Open, Stage: v1}]}}
  Later: {Type: AWS::ApiGateway::UsagePlan, Properties: {Quota: {Limit: 50000, Period: DAY}}}
---
resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  quota_settings {
    limit  = 50000
    period = "DAY"
  }
}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
  Get: {Type: AWS::Serverless::Function, Properties: {Runtime: python3.13, Handler: app.get, CodeUri: src, Events: {Get: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /, Method: get, Auth: {ApiKeyRequired: true}}}}}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {ApiStages: [{ApiId: !Ref Api, Stage: !Ref Api.Stage}], Throttle: {RateLimit: 20, BurstLimit: 40}}}
---
variable "needed" {}

resource "aws_api_gateway_rest_api" "partners" {
  name = "partners"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id      = aws_api_gateway_rest_api.partners.id
  resource_id      = aws_api_gateway_rest_api.partners.root_resource_id
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = var.needed
}

resource "aws_api_gateway_usage_plan" "partners" {
  name = "partners"

  api_stages {
    api_id = aws_api_gateway_rest_api.partners.id
    stage  = "v1"
  }

  throttle_settings {
    rate_limit = 20
  }
}
"""
