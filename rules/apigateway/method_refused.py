"""A method should name its authorizer, and call a function by POST.

API Gateway invokes a function by POST, whichever method the caller uses: with another IntegrationHttpMethod each request gets
500. It refuses an integration with a service or an address without IntegrationHttpMethod, a method that asks for an
authorizer without AuthorizerId, and a WebSocket API without RouteSelectionExpression. An AuthorizerId beside the
AuthorizationType NONE has no effect: everybody may call the method. Where a method has no integration, of its own or in an
OpenAPI document, no deployment of the API is made.

What to do: set IntegrationHttpMethod (Terraform: integration_http_method) to POST for functions, and AuthorizerId with CUSTOM
or COGNITO_USER_POOLS, and each operation x-amazon-apigateway-integration.
"""

from awslint_memo import Findings, Link, Resource, integrations, rule


@rule(
    level="error",
    since="0.2",
    resource="AWS::ApiGateway::Method",
    memo="あるステージに対して Canary ステージを定義するとデプロイ操作がいったん",
    aws="apigateway/latest/developerguide/set-up-lambda-integrations.html",
    fix="safe",
)
def check(method: Resource) -> Findings:
    path = "Integration.IntegrationHttpMethod"
    verb, kind, authorizer = method.get(path), method.get("AuthorizationType"), method.get("AuthorizerId")
    if method.language != "terraform" and method.get("Integration").is_absent:
        yield method.finding(method.get("Integration"), "so the API can't be deployed", do="add it, MOCK if need be")
        return
    if verb.is_absent and method.get("Integration.Type").is_one_of("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY"):
        yield method.finding(verb, "so API Gateway refuses the integration", do="add it, POST for a function")
    elif verb.text not in (None, "POST") and integrations.is_invocation(method):
        so = "but API Gateway invokes functions by POST only, so each request gets 500"
        yield method.finding(verb, so, do="set it to POST", fix=method.set(path, "POST"))
    if kind.is_one_of("COGNITO_USER_POOLS", "CUSTOM") and authorizer.is_absent:
        so = "but no AuthorizerId says by which authorizer, so API Gateway refuses it"
        yield method.finding(kind, so, do="add the AuthorizerId")
    # People write "AWS::NoValue" as a text too.
    elif kind.text == "NONE" and (isinstance(authorizer, Link) or authorizer.text not in (None, "", "AWS::NoValue")):
        so = "so AuthorizerId has no effect, and everybody may call the method"
        yield method.finding(kind, so, do="set it to CUSTOM or COGNITO_USER_POOLS, as the authorizer is")


@check.on("AWS::ApiGatewayV2::Api")
def api(api: Resource) -> Findings:
    expression = api.get("RouteSelectionExpression")
    if api.get("ProtocolType").text == "WEBSOCKET" and expression.is_absent:
        so = "which a WebSocket API needs, so API Gateway refuses it"
        yield api.finding(expression, so, do="set it to $request.body.action, for example")


@check.on("AWS::ApiGateway::RestApi")
def document(api: Resource) -> Findings:
    for path, verb, operation in integrations.undefined(api):
        message = f"has no integration for {verb} {path}, so the API can't be deployed"
        yield api.finding(
            operation, message, of="Body", do="add x-amazon-apigateway-integration, of type mock if need be"
        )


BAD = """
Resources:
  Work: {Type: AWS::Lambda::Function}
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: GET, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
---
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: HTTP_PROXY, Uri: "https://shop.example/orders"}}}
---
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: CUSTOM, Integration: {Type: MOCK}}}
---
Resources:
  Users: {Type: AWS::ApiGateway::Authorizer, Properties: {Type: COGNITO_USER_POOLS, ProviderARNs: [!ImportValue Users]}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, AuthorizerId: !Ref Users, Integration: {Type: MOCK}}}
---
Resources:
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET}}
---
resource "aws_lambda_function" "work" {}

resource "aws_api_gateway_integration" "get" {
  type                    = "AWS_PROXY"
  integration_http_method = "GET"
  uri                     = aws_lambda_function.work.invoke_arn
}
---
resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}
---
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, RestApiId: !ImportValue Api, ResourceId: a}}
---
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  body = jsonencode({ openapi = "3.0.1", paths = { "/orders" = { get = { x-amazon-apigateway-integration = { type = "mock" } }, post = { responses = {} } } } })
}
"""

GOOD = """
Parameters: {Operation: {Type: String}}
Resources:
  Shop: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, paths: {/orders: {parameters: [], get: {x-amazon-apigateway-integration: {type: mock}}, post: !Ref Operation}}}}}
  Other: {Type: AWS::ApiGateway::RestApi, Properties: {Body: {openapi: 3.0.1, paths: {/orders: {get: {responses: {}}}}}}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Other, HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: MOCK}}}
---
Transform: [Authorize]
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: MOCK}}}
---
Parameters: {Verb: {Type: String}, Kind: {Type: String}, Authorizer: {Type: String}}
Resources:
  Work: {Type: AWS::Lambda::Function}
  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: CUSTOM, AuthorizerId: !Ref Authorizer, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Unknown: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: !Ref Kind, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: !Ref Verb, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
  Object: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS, IntegrationHttpMethod: GET, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:s3:path/orders/a"}}}
  Options: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: OPTIONS, AuthorizationType: NONE, Integration: {Type: MOCK}}}
  None: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, AuthorizerId: AWS::NoValue, Integration: {Type: MOCK}}}
  Signed: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: AWS_IAM, Integration: {Type: MOCK}}}
  Http: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: shop, ProtocolType: HTTP}}
  Chat: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}}}}
  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {RouteSelectionExpression: $request.body.action, Routes: {order: {FunctionArn: !GetAtt Orders.Arn}}}}
---
resource "aws_lambda_function" "work" {}

resource "aws_api_gateway_integration" "get" {
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.work.invoke_arn
}

resource "aws_api_gateway_integration" "options" {
  type = "MOCK"
}

resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}
"""

FIXED = """
-  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: GET, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
+  Get: {Type: AWS::ApiGateway::Method, Properties: {HttpMethod: GET, AuthorizationType: NONE, Integration: {Type: AWS_PROXY, IntegrationHttpMethod: POST, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Work.Arn}/invocations"}}}
---
-  integration_http_method = "GET"
+  integration_http_method = "POST"
"""
