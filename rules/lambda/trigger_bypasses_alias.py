"""A trigger of a function that has an alias should invoke the alias.

A trigger that names the function itself runs $LATEST. The alias then has no effect: a new upload is live at once, and
neither a split of traffic nor a return to the previous version changes what runs.

What to do: name the alias instead of the function (its Ref or arn; for an API its invoke address), also in the
permission, which a trigger by alias needs. SAM does it for the events of a function with AutoPublishAlias.
"""

from awslint_memo import Findings, Resource, Value, aliases, invocations, rule


@rule(
    level="warning",
    resource=(
        "AWS::Events::Rule",
        "AWS::IoT::TopicRule",
        "AWS::S3::Bucket",
        "AWS::Scheduler::Schedule",
        "AWS::SNS::Subscription",
        "AWS::SNS::Topic",
        "AWS::Lambda::EventSourceMapping",
        "AWS::Lambda::Url",
        "AWS::ApiGatewayV2::Api",
        "AWS::ApiGatewayV2::Integration",
        "AWS::ApiGateway::Method",
        "AWS::ApiGateway::RestApi",
    ),
    memo="エイリアスごとに異なる Lambda 関数のバージョンを指定できるため",
    aws="lambda/latest/dg/using-aliases.html",
)
def check(invoker: Resource) -> Findings:
    for one in invocations.past_aliases(invoker):
        yield from past(invoker, one.function, one.value, "invokes")


@check.on("AWS::Lambda::Permission")
def permission(permission: Resource) -> Findings:
    for one in invocations.past_aliases(permission):
        # The permission that belongs to a trigger is corrected with the trigger.
        if invocations.is_only_permitted_past_aliases(permission, one.function):
            yield from past(permission, one.function, one.value, "lets others invoke")


def past(invoker: Resource, function: Resource, value: Value, does: str) -> Findings:
    """The finding about a resource that names a function where the function has aliases."""
    found = [alias for alias in aliases.aliases(function) if not aliases.is_latest(alias)]
    if not found:
        return
    names = " and ".join(alias.get("Name").text or alias.name for alias in found)
    what, remedy = ("alias", "name the alias") if len(found) == 1 else ("aliases", "name an alias")
    yield invoker.finding(
        value,
        f"{does} {function.title} without its {what} {names}, so $LATEST runs",
        do=remedy,
        related=[(found[0], f"an alias of {function.title}")],
    )


BAD = """
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: !GetAtt Version.Version, Name: live}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !GetAtt Orders.Arn, EventSourceArn: !ImportValue queue}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  Get: {Type: AWS::ApiGateway::Method, Properties: {Integration: {Uri: !Sub "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Orders.Arn}/invocations"}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Orders, Principal: apigateway.amazonaws.com}}
---
Resources:
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: orders, FunctionVersion: "7", Name: live}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: orders, Principal: s3.amazonaws.com}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live}}
  Chat: {Type: AWS::Serverless::WebSocketApi, Properties: {RouteSelectionExpression: $request.body.action, Routes: {order: {FunctionArn: !GetAtt Orders.Arn}}}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  publish       = true
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = "7"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id           = "a"
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.orders.invoke_arn
}
"""

GOOD = """
Parameters: {Target: {Type: String}}
Transform: AWS::Serverless-2016-10-31
Resources:
  Served: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Get: {Type: Api, Properties: {Path: /, Method: get}}, Daily: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}
  Orders: {Type: AWS::Lambda::Function, Properties: {FunctionName: orders}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Orders, FunctionVersion: "7", Name: live}}
  Mapping: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Live, EventSourceArn: !ImportValue queue}}
  Other: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Sub "${Orders}:live", EventSourceArn: !ImportValue queue}}
  Rule: {Type: AWS::Events::Rule, Properties: {Targets: [{Id: a, Arn: !Sub "${Orders.Arn}:live"}, {Id: b, Arn: "arn:aws:lambda:eu-west-1:111122223333:function:orders:live"}]}}
  Unknown: {Type: AWS::Lambda::EventSourceMapping, Properties: {FunctionName: !Ref Target, EventSourceArn: !ImportValue queue}}
---
Transform: AWS::Serverless-2016-10-31
Resources:
  # The subscription that SAM makes invokes the alias, whatever else is permitted.
  Alert: {Type: AWS::Serverless::Function, Properties: {AutoPublishAlias: live, Events: {Alarm: {Type: SNS, Properties: {Topic: !ImportValue alarms}}}}}
  Permission: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Alert, Principal: sns.amazonaws.com}}
---
resource "aws_lambda_function" "orders" {
  function_name = "orders"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.orders.arn
  function_version = "7"
}

resource "aws_lambda_permission" "s3" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "s3.amazonaws.com"
  qualifier     = aws_lambda_alias.live.name
}

resource "aws_api_gateway_integration" "get" {
  rest_api_id = "a"
  uri         = aws_lambda_alias.live.invoke_arn
}
"""
