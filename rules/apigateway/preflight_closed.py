"""Browsers should be let in with a preflight request.

Before a page of another origin sends a request with a token, the browser asks by OPTIONS, without the token, whether it may. An
API that wants authorization or an API key for OPTIONS answers 401 or 403, and the browser sends nothing else. SAM adds the
default authorizer to the OPTIONS that Cors makes, unless it is told not to.

What to do: set AddDefaultAuthorizerToCorsPreflight, or AddApiKeyRequiredToCorsPreflight, to false in Auth; let methods and routes of
OPTIONS have no authorization (Terraform: authorization = "NONE").
"""

from awslint_memo import Findings, Resource, Value, apigateway, rule


@rule(
    level="warning",
    since="0.2",
    resource="AWS::ApiGateway::RestApi",
    memo="自動で頻繁に本番環境へリリースを行うこと",
    aws="serverless-application-model/latest/developerguide/sam-property-api-apiauth.html",
)
def check(api: Resource) -> Findings:
    auth, cors = api.get("Auth"), api.get("Cors")
    if cors.is_absent or cors.is_unknown:
        return
    needs = [("AddApiKeyRequiredToCorsPreflight", auth.get("ApiKeyRequired"), auth.get("ApiKeyRequired").flag is True)]
    needs.append(("AddDefaultAuthorizerToCorsPreflight", auth.get("DefaultAuthorizer"), wants_header(auth)))
    for name, wanted, is_wanted in needs:
        added = auth.get(name)
        if is_wanted and (added.is_absent or added.flag is True):
            default = "" if added.is_known else " (default)"
            message = f"is true{default}, so {name_of(wanted)} rejects the OPTIONS request that browsers send first"
            place = wanted if added.is_absent else added
            yield api.finding(
                place, message, of=f"Auth.{name}", do="set it to false", related=[(cors, "is for browsers")]
            )


def name_of(wanted: Value) -> str:
    return f"the authorizer {wanted.text}" if wanted.flag is None else "the check of the API key"


def wants_header(auth: Value) -> bool:
    """Whether the default authorizer surely asks for a header that no preflight request has."""
    name = auth.get("DefaultAuthorizer").text
    authorizer = auth.get("Authorizers").fields.get(name or "")
    if authorizer is None:
        return name == "AWS_IAM"
    kind = authorizer.get("FunctionPayloadType")
    headers = [item.text for item in authorizer.get("Identity.Headers").items]
    return kind.is_absent or kind.text == "TOKEN" or "Authorization" in headers


@check.on("AWS::ApiGateway::Method", "AWS::ApiGateway::MethodRequest")
def method(method: Resource) -> Findings:
    asks = method.get("AuthorizationType")
    if method.get("HttpMethod").is_one_of("OPTIONS"):
        asks = asks if asks.is_one_of(*apigateway.apis.SIGNED) else method.get("ApiKeyRequired")
        if asks.is_one_of(*apigateway.apis.SIGNED) or asks.flag is True:
            yield method.finding(asks, closed(), do=opened(asks))


@check.on("AWS::ApiGatewayV2::Route")
def route(route: Resource) -> Findings:
    asks, api = route.get("AuthorizationType"), route.follow("ApiId", "AWS::ApiGatewayV2::Api")
    is_preflight = (route.get("RouteKey").text or "").startswith("OPTIONS ")
    # With CORS, the API answers for itself.
    if (
        is_preflight
        and asks.is_one_of(*apigateway.apis.SIGNED)
        and api is not None
        and api.get("CorsConfiguration").is_absent
    ):
        yield route.finding(asks, closed(), do=opened(asks))


def closed() -> str:
    return "but browsers send OPTIONS without it, and nothing else where that is refused"


def opened(asks: Value) -> str:
    return "set it to false" if asks.flag is True else "set it to NONE"


BAD = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop:
    Type: AWS::Serverless::Api
    Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: Pool, Authorizers: {Pool: {UserPoolArn: !ImportValue Pool}}}}
---
Transform: AWS::Serverless-2016-10-31
Globals: {Api: {Cors: {AllowOrigin: "'https://example.com'"}, Auth: {ApiKeyRequired: true}}}
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: true}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: Own, Authorizers: {Own: {FunctionArn: !ImportValue Own, FunctionPayloadType: TOKEN}}}}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: Own, Authorizers: {Own: {FunctionArn: !ImportValue Own, FunctionPayloadType: REQUEST, Identity: {Headers: [Authorization]}}}}}}
---
Resources:
  Shop: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Preflight: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Shop, RouteKey: "OPTIONS /{proxy+}", AuthorizationType: JWT, AuthorizerId: a}}
---
resource "aws_api_gateway_method" "preflight" {
  rest_api_id   = "a"
  resource_id   = "b"
  http_method   = "OPTIONS"
  authorization = "AWS_IAM"
}
---
resource "aws_api_gateway_method" "preflight" {
  rest_api_id      = "a"
  resource_id      = "b"
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = true
}
"""

GOOD = """
Transform: AWS::Serverless-2016-10-31
Parameters: {Adds: {Type: String}, Authorizer: {Type: String}}
Resources:
  Shop: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: false}}}
  Unknown: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: AWS_IAM, AddDefaultAuthorizerToCorsPreflight: !Ref Adds}}}
  AnyName: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: !Ref Authorizer}}}
  AnyCors: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: !Ref Adds, Auth: {DefaultAuthorizer: AWS_IAM}}}
  NoCors: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Auth: {ApiKeyRequired: true}}}
  # What its function asks of a request, only that knows.
  Asks: {Type: AWS::Serverless::Api, Properties: {StageName: v1, Cors: "'*'", Auth: {DefaultAuthorizer: Own, Authorizers: {Own: {FunctionArn: !ImportValue Own, FunctionPayloadType: REQUEST, Identity: {QueryStrings: [token]}}}}}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ["*"]}}}
  Preflight: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Http, RouteKey: "OPTIONS /{proxy+}", AuthorizationType: JWT, AuthorizerId: a}}
  Own: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: own, ProtocolType: HTTP}}
  Open: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Own, RouteKey: "OPTIONS /{proxy+}", AuthorizationType: NONE}}
  Read: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Own, RouteKey: "GET /{proxy+}", AuthorizationType: JWT, AuthorizerId: a}}
  Orders: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: AWS_IAM, RestApiId: a, ResourceId: b}}
---
resource "aws_api_gateway_method" "preflight" {
  rest_api_id   = "a"
  resource_id   = "b"
  http_method   = "OPTIONS"
  authorization = "NONE"
}
"""
