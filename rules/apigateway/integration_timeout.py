"""A function behind an API should answer while the API waits.

A REST API waits 29 s for an answer, an HTTP API 30 s. If the function may run longer, the caller gets a 504 (of an HTTP API
a 503) while the function works on, and often repeats the request. A timeout that is a second longer is not reported: hardly any run ends in it.

What to do: let the function finish in time, or return at once and do the work asynchronously. The limit of a Regional or
private REST API can be raised with TimeoutInMillis (Terraform: timeout_milliseconds), after a quota for it. Of other APIs a
longer time is refused: of WebSocket and edge-optimized APIs above 29 s, of HTTP APIs above 30 s, and of all below 50 ms.
"""

from awslint_memo import Findings, Resource, functions, rule, waiting


@rule(
    level="advice",
    since="0.2",
    resource="AWS::Lambda::Function",
    memo="そのリージョン内のすべてのエンドユーザーに向けて高パフォーマンスな接続を提供します",
    aws="apigateway/latest/developerguide/limits.html",
)
def check(function: Resource) -> Findings:
    timeout = functions.timeout(function)
    slack = 1  # chosen: 30 s is a usual timeout, and 29 s what a REST API waits
    waits = [wait for wait in waiting.waits(function) if timeout.above(wait.milliseconds / 1000 + slack)]
    if waits:
        shortest = min(waits, key=lambda wait: wait.milliseconds)
        seconds = f"{shortest.milliseconds / 1000:g} s"
        status = 503 if shortest.api.type == "AWS::ApiGatewayV2::Api" else 504
        wait = f"{shortest.api.title} waits {seconds} for an answer"
        message = f"but {wait}, then the caller gets a {status} while it works on"
        yield function.finding(timeout, message, unit="s", do="set it lower, or answer before the work is done")


@check.on(
    "AWS::ApiGateway::Method", "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "AWS::ApiGatewayV2::Integration"
)
def refused(resource: Resource) -> Findings:
    for value, most in waiting.refused(resource):
        is_short = value.below(waiting.SHORTEST_WAIT)
        least = f"at least {waiting.SHORTEST_WAIT} ms"
        so = f"but API Gateway accepts {least if is_short else f'at most {most} ms for this API'}, and refuses it"
        says = so if value.route else f"waits {value.text} ms in its document, {so}"
        do = f"set it to {least if is_short else f'at most {most}'}"
        yield resource.finding(value, says, unit="ms", do=do, level="error")


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {Timeout: 60}}
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      HttpMethod: POST
      Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {Timeout: 32, CodeUri: ., Events: {Post: {Type: HttpApi, Properties: {Path: /orders, Method: post}}}}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  timeout       = 900
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id          = aws_apigatewayv2_api.shop.id
  integration_uri = aws_lambda_function.orders.invoke_arn
}
---
resource "aws_apigatewayv2_api" "chat" {
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id               = aws_apigatewayv2_api.chat.id
  timeout_milliseconds = 30000
}
---
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, Body: {paths: {/orders: {get: {x-amazon-apigateway-integration: {type: mock, timeoutInMillis: 60000}}}}}}}
---
Resources:
  Get: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !ImportValue api, Integration: {Type: MOCK, TimeoutInMillis: 29}}}
"""

GOOD = """
Parameters: {Timeout: {Type: Number}, Waits: {Type: Number}}
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: shop, EndpointConfiguration: {Types: [REGIONAL]}}}
  Fast: {Type: AWS::Lambda::Function, Properties: {Timeout: 30}}
  OfFast: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: POST, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fast.Arn}/invocations"}}}
  Unknown: {Type: AWS::Lambda::Function, Properties: {Timeout: !Ref Timeout}}
  OfUnknown: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: POST, Integration: {Type: AWS_PROXY, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Unknown.Arn}/invocations"}}}
  Slow: {Type: AWS::Lambda::Function, Properties: {Timeout: 120}}
  Raised: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: POST, Integration: {Type: AWS_PROXY, TimeoutInMillis: 120000, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Slow.Arn}/invocations"}}}
  AnyWait: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: GET, Integration: {Type: AWS_PROXY, TimeoutInMillis: !Ref Waits, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Slow.Arn}/invocations"}}}
  Sent: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: PUT, Integration: {Type: AWS, RequestParameters: {integration.request.header.X-Amz-Invocation-Type: "'Event'"}, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Slow.Arn}/invocations"}}}
  Streamed: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Api, HttpMethod: PATCH, Integration: {Type: AWS_PROXY, ResponseTransferMode: STREAM, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2021-11-15/functions/${Slow.Arn}/response-streaming-invocations"}}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  timeout       = 31
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id          = aws_apigatewayv2_api.shop.id
  integration_uri = aws_lambda_function.orders.invoke_arn
}

resource "aws_lambda_function" "batch" {
  function_name = "batch"
  timeout       = 900
}

resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "batch" {
  api_id          = aws_apigatewayv2_api.chat.id
  integration_uri = aws_lambda_function.batch.invoke_arn
}
"""
